"""*Pemulihan*: the warehouse made again from the archive with its journal, in the order in which it came to be."""
