"""`make bench-quality`: how much of what is wrong the check stage stops, and how much of what is right it lets through."""
