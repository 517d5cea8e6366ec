"""Forms of the ground floor: words turned into values; they never save."""
