"""Quotations in whole documents, held against the library; and citations that a stranger can verify."""
