"""Views of this room: sentences."""
