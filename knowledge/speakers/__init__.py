"""Who is speaking: reviewed speaker maps, review by a person, and which sources are the same occasion."""
