"""Servers that tests start: real ones, on loopback."""
