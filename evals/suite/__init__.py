"""A suite: the cases people write, the evidence they name, who speaks in their sources, and the bounds."""
