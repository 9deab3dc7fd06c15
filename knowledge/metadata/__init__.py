"""What a document tells about itself: title, date, occasion, and signs that it is no transcript or a translation."""
