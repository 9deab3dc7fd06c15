"""Text apart from any document: sentences, words, languages, and two texts laid side by side."""
