"""`make bench`: every benchmark, one after the other, each with its own table; figures in bench/results."""

from __future__ import annotations

import importlib
import sys

PARTS = ("bench.load.__main__", "bench.validate", "bench.airflow_bench", "bench.warehouse.__main__")


def main() -> None:
    """Run all parts, or those named (load, validate, airflow_bench, warehouse)."""
    wanted = sys.argv[1:] or [part.split(".")[1] for part in PARTS]
    sys.argv = sys.argv[:1]
    for part in PARTS:
        if part.split(".")[1] in wanted:
            print(f"== {part.split('.')[1]}", flush=True)
            importlib.import_module(part).main()


if __name__ == "__main__":
    main()
