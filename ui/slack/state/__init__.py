"""What the bot remembers in the library's database: events taken up, conversations, rules, preferences."""
