"""Making the shipped weights anew; not part of any command."""
