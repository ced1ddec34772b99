"""*Cadangan*: a second place that holds the database and the archive, checked, and the way back from it."""
