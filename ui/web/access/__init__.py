"""Who may use the page, and how much one request may bring."""
