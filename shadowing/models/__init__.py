"""Visits to each other's work, and what their people make of them."""

from shadowing.models.reflections import Reflection
from shadowing.models.visits import Visit

__all__ = ["Reflection", "Visit"]
