"""From a question to ranked passages, and how sure we are that they answer it."""
