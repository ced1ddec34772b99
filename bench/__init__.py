"""Benchmarks: ratios against a limit and against peers in the same run, printed and written to bench/results."""
