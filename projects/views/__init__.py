"""Pages of agreed actions and projects."""
