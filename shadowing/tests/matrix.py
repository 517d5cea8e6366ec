"""Who may use which address of this room."""

from shadowing.tests import matrix_reflections

OBJECTS = {**matrix_reflections.OBJECTS}
GROW = [*matrix_reflections.GROW]
ROWS = [*matrix_reflections.ROWS]
