"""One timed run of ours inside a warm process: imports are left out, as they are of the peers.

    python -m bench.load.ours stage|accept CONTRACT [--date D]

`stage` is fetch + archive + parse + coerce + stage; `accept` the whole way. Prints one JSON object with seconds and counts.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping
from datetime import date
from typing import Any

from contracts.registry import load_dataset
from expectations.judge import preload
from extractors.parse import parse
from extractors.source_file import SourceFile
from satudata.extract import extract
from satudata.load import load
from satudata.session import archive, warehouse
from warehouse.ledger import stored_fetches
from warehouse.stage import batch_number, fill


def stage(contract: str, found: Mapping[str, Any]) -> int:
    """Parse, coerce and stage what was fetched; the staging table is dropped again outside of the timing of its caller."""
    dataset = load_dataset(contract)
    with warehouse() as conn, batch_number(conn) as number:
        (fetched,) = stored_fetches(conn, found["loads"][0])
        with archive().local(fetched.sha256) as path:
            parsed = parse(dataset, [SourceFile(path, fetched.file_name or "", fetched.url, 1, fetched.ended_at)])
            fill(conn, number, [(c.name, c.pg_type) for c in parsed.columns], parsed.chunks())
        return parsed.report.staged


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("mode", choices=["stage", "accept"])
    parser.add_argument("contract")
    parser.add_argument("--date", type=date.fromisoformat, default=date(2026, 6, 1))
    options = parser.parse_args()
    preload()
    with warehouse():
        pass
    started = time.perf_counter()
    found = extract(options.contract, run_date=options.date)
    if options.mode == "stage":
        result: dict[str, Any] = {"staged": stage(options.contract, found)}
    else:
        result = load(found, found["loads"][0]) if found["loads"] else {"state": "unchanged"}
    print(json.dumps({"seconds": time.perf_counter() - started, **result}, default=str))


if __name__ == "__main__":
    main()
