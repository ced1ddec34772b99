"""One timed run of dlt over the clean copy: same server, same column types, its shipped settings, no validation. Runs in .venv-bench.

python bench/load/dlt_peer.py arrow|default URL POSTGRES_URL FOLDER
"""

from __future__ import annotations

import csv
import itertools
import json
import os
import sys
import time
from collections.abc import Iterator
from typing import Any

os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"

import dlt  # noqa: E402 - the setting above is read at import
import pyarrow as pa  # noqa: E402
import pyarrow.csv as pa_csv  # noqa: E402
import requests  # noqa: E402

TYPES = {"periode": pa.date32(), "nilai": pa.decimal128(20, 2)}
HINTS = {"periode": {"data_type": "date"}, "nilai": {"data_type": "decimal", "precision": 20, "scale": 2}}
NAMES = ("kode_wilayah", "periode", "indikator", "klasifikasi", "nilai", "satuan", "opd", "catatan")


def arrow_rows(url: str) -> Iterator[pa.Table]:
    """Tables as pyarrow reads them from the response."""
    with requests.get(url, stream=True, timeout=60) as response:
        types = {name: TYPES.get(name, pa.string()) for name in NAMES}
        with pa_csv.open_csv(response.raw, convert_options=pa_csv.ConvertOptions(column_types=types)) as reader:
            for batch in reader:
                yield pa.Table.from_batches([batch])


def dict_rows(url: str) -> Iterator[list[dict[str, Any]]]:
    """Lists of 10,000 dicts."""
    with requests.get(url, stream=True, timeout=60) as response:
        rows = csv.DictReader(response.iter_lines(decode_unicode=True))
        while page := list(itertools.islice(rows, 10_000)):
            yield page


def main() -> None:
    """Run and print."""
    kind, url, postgres, folder = sys.argv[1:]
    rows = {"arrow": arrow_rows, "default": dict_rows}[kind]
    pipeline = dlt.pipeline(
        f"acuan_{kind}", destination=dlt.destinations.postgres(postgres), dataset_name=f"dlt_{kind}", pipelines_dir=folder
    )
    resource = dlt.resource(rows(url), name="angka", columns=HINTS, write_disposition="append")
    started = time.perf_counter()
    pipeline.run(resource)
    print(json.dumps({"seconds": time.perf_counter() - started}))


if __name__ == "__main__":
    main()
