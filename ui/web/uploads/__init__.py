"""Uploads: files that visitors bring, kept on disk until they are in the library, whoever closes the page meanwhile."""
