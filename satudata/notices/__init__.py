"""Notices: one digest per Produsen Data and day, of what is new, what is over and what is still open."""
