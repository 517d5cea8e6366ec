"""Words of pages turned into values; nothing is saved here."""
