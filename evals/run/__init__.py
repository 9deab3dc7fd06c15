"""One run of a suite: the world it runs in, what is asked of which system, and the records it writes."""
