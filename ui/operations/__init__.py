"""What operators watch: request ids, logs, metrics and traces of the served page and API."""
