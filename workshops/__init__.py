"""The facilitated series: sessions, register, materials, feedback."""
