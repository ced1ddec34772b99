"""What was not handed over with the data, in the ledger, and the pin that keeps such data from being published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from psycopg import Connection

from warehouse.pins import pin, unpin
from warehouse.releases import Release

Gaps = Mapping[str, Sequence[str]]
"""Data item -> the fields that are missing."""


def write_gaps(conn: Connection, dataset: str, gaps: Gaps, at: datetime) -> None:
    """Make `ops.metadata_gap` say of a dataset just this; what was missing before keeps its day."""
    with conn.transaction():
        conn.execute("delete from ops.metadata_gap where dataset = %s and not item = any(%s)", [dataset, list(gaps)])
        for item, missing in gaps.items():
            conn.execute(
                """insert into ops.metadata_gap (dataset, item, missing, since) values (%s, %s, %s, %s)
                   on conflict (dataset, item) do update set missing = excluded.missing""",
                [dataset, item, list(missing), at],
            )


def keep_back_without_metadata(conn: Connection, gaps: Mapping[str, Gaps], last: Release | None, at: datetime) -> list[str]:
    """Before a release: pin every publisher of a dataset with gaps to what the last release saw of it, lift the pin of one without.

    `gaps`: every dataset of the registry, {} where nothing is missing; of others nothing changes. Returns the datasets kept back.
    """
    kept_back = []
    with conn.transaction():
        for dataset, penerbit in _publishers(conn, sorted(gaps)):
            if not gaps[dataset]:
                unpin(conn, dataset, penerbit, "metadata")
                continue
            up_to = last.seen(dataset, penerbit) if last else 0
            pin(conn, dataset, penerbit, "metadata", up_to, _reason(gaps[dataset]), at)
            kept_back.append(dataset)
        told = {row[0] for row in conn.execute("select dataset from ops.metadata_gap").fetchall()}
        for dataset, missing in gaps.items():
            if missing or dataset in told:
                write_gaps(conn, dataset, missing, at)
    return sorted(set(kept_back))


def _publishers(conn: Connection, datasets: Sequence[str]) -> list[tuple[str, str]]:
    """Those that have something in the raw tables."""
    return conn.execute(
        "select distinct dataset, penerbit from ops.batch where dataset = any(%s) and accept_no is not null order by 1, 2", [datasets]
    ).fetchall()


def _reason(gaps: Gaps) -> str:
    said = "; ".join(f"{item}: {', '.join(missing)}" for item, missing in gaps.items())
    return f"Metadata belum lengkap di daftar_data.yml ({said}); angkanya diterima dan belum terbit."
