"""A quote handed on with everything a stranger needs to verify it: what is certified, signing, verification."""
