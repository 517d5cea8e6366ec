"""Forms of this room: words into values, and nothing is saved."""
