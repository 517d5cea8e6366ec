"""Design surgeries: drop-in or slots, notes that become project actions."""
