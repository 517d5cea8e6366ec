"""Forms of this room: words become values; nothing is saved."""
