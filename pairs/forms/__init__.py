"""Words into values; nothing here is saved."""
