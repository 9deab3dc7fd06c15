"""What a fresh machine knows: the quotation book and the facts written by hand, with the code that reads them."""
