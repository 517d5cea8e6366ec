"""Forms of this room turn words into values; they never save."""
