"""What letters alone cannot say of a cell, as marks in its text: without them two figures of one cell would read as one.

A cell that holds a mark is no figure. The text its agency reads back holds the mark too, with a remark that says what it stands for.
"""

from __future__ import annotations

APART = "⏎"
"""A line break, or more white space than thousands ever have between them, between two digits."""
REMARKS = {APART: " (⏎ adalah ganti baris: ada dua bilangan dalam satu sel; beri tiap bilangan selnya sendiri)"}
"""Mark -> what an agency is told of it, and how to mend it."""
