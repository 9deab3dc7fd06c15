"""Whether words may stand alone: one set of rules for what their neighbours change, for answers and for checks."""
