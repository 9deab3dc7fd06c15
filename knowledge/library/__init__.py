"""The one store of truth: every source with its raw file; importing, fetching, and the versions of its tables."""
