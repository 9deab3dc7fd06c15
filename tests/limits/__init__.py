"""Every number that guards the promise, on each of its sides: at the limit it holds, one beyond it does not.

The numbers are written out here and not imported: a test that reads the limit from the code agrees with any limit.
"""
