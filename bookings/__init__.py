"""Sessions with places: seats, waiting list, register."""
