"""Questionnaires before and after: sealed answers, analysis, frozen reports."""
