"""Visits to each other's work: expectations, host, debrief, reflection."""
