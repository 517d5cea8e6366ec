"""The pairing bench."""
