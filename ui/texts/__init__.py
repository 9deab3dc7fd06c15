"""What the surfaces say around his words, in every language we speak: one file per language and one loader."""
