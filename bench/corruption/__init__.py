"""Damage as agencies do it, done to the bytes of a published file before anybody fetches it.

Knows nothing of the product: it reads and writes files by itself, so that no misreading is shared with what is measured.
"""
