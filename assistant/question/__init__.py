"""What somebody asks: checked, its language and topic told, and what it limits: times, occasions, other people."""
