"""The post room: what is due, composed, sent once, and seen by the lead."""
