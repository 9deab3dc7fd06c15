"""What is kept of answers: links that work after a restart, lasting names of quotes, who cites a source."""
