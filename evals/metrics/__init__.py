"""Every figure the suite prints, each a small pure function with a worked example and its source."""
