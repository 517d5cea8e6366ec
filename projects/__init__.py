"""Improvement projects: aims, milestones, next steps, agreed actions."""
