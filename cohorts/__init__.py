"""The ground floor: who takes part, as what, and when."""
