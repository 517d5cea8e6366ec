"""Dates as people in the NHS write them: the day first."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, g:ia"
TIME_FORMAT = "g:ia"
SHORT_DATE_FORMAT = "j F Y"
DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d"]
