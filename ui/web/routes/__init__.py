"""The addresses of the web application, one module for each kind of page; the JSON API beside them."""
