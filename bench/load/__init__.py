"""The benchmark of loading."""
