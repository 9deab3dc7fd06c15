"""What the bot does once an event is acknowledged: answers, checks, votes, settings; the workers that do it."""
