"""File formats: bytes become a document of blocks, every character with its place in the raw file."""
