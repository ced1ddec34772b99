"""Codes that people give to published texts: the list of what waits, one decision, and many of them from a sheet."""
