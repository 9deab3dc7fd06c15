"""HTML of the pages: the frame, a whole source, forms, and the pieces that the chat adds to an answer."""
