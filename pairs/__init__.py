"""The hall: matching, and pairs over time."""
