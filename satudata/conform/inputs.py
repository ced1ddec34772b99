"""Everything a release depends on, as one fingerprint: while it stays the same a transform has nothing to do and dbt is not started."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from psycopg import Connection

import warehouse
from contracts.models.pemda import Retired, retired_name
from contracts.references import references_sha256
from contracts.settings import settings
from warehouse.ledger import loaded_datasets
from warehouse.pins import seen_up_to
from warehouse.releases import ReleaseInput, pin_name

PROJECT = Path(__file__).resolve().parents[2] / "dbt_project"
WAREHOUSE = Path(warehouse.__file__).parent
PUBLISHING = (
    "candidate.py", "captured_keys.py", "closing.py", "code_columns.py", "data_tables.py", "figure_history.py", "forgotten_figures.py", "hidden.py",
    "personal.py", "publish.py", "publish_diff.py", "published.py", "raw_codes.py", "references.py", "row_changes.py", "table_keys.py",
    "table_versions.py", "withdrawn.py",
)  # fmt: skip
"""Modules of the warehouse that decide what a release says; the SQL they call is in the migrations."""
ALWAYS = (
    "select coalesce(max(mapping_id), 0) from ops.mapping",
    "select md5(string_agg(sha256, '|' order by number)) from ops.migration",
)
"""What decides about every dataset alike."""
REWRITTEN = (
    "select coalesce(max(act_id), 0) from ops.act where kind ~ '^(release|quarantine)[.]'",
    "select count(*) filter (where state = 'returned') || ' ' || count(*) filter (where state = 'superseded') from ops.batch",
)
"""What changes rows that a candidate may have seen already, beside accepting newer ones."""
GENERATED = {"target", "logs", "dbt_packages"}


def release_input(conn: Connection, run_date: date, retired: Mapping[str, Retired] = MappingProxyType({})) -> ReleaseInput:
    """The input of a release made now: the cut, the pins, and fingerprints of them, of the references and of all together.

    The cut is the last settled accept number that a batch has; no number below it can appear later. A release is never judged as of an earlier
    day than the last: fetching an old day once more must not take the days since out of the calendar. Of what was `retired` by then nothing is seen.
    """
    last_date = conn.execute("select max(run_date) from ops.release where state = 'published'").fetchone()
    if last_date and last_date[0]:
        run_date = max(run_date, last_date[0])
    cut_no = int(_text(conn, "select coalesce(max(accept_no), 0) from ops.batch where accept_no <= ops.settled_no()"))
    pins = {pin_name(*publisher): up_to for publisher, up_to in seen_up_to(conn).items()}
    gone = {name for name, end in retired.items() if end.sejak <= run_date}
    loaded = loaded_datasets(conn) if gone else ()
    pins |= {pin_name(*publisher): 0 for publisher in loaded if publisher[0] in gone or retired_name(*publisher) in gone}
    references = references_sha256()
    files, year = list(_files()), str(run_date.year)
    others = _digest([str(cut_no), references, year, *_ledger(conn), _standing(conn, run_date), *files])
    ground = _digest([references, year, *(_text(conn, query) for query in (*ALWAYS, *REWRITTEN)), *files])
    return with_pins(ReleaseInput(cut_no, run_date, pins, "", references, others, "", ground), pins)


def with_pins(given: ReleaseInput, pins: Mapping[str, int]) -> ReleaseInput:
    """The same input seen through other pins."""
    pins = dict(sorted(pins.items()))
    pins_digest = _digest([json.dumps(pins)])
    return replace(given, pins=pins, pins_digest=pins_digest, inputs_digest=_digest([given.others_digest, pins_digest]))


def tested_with(conn: Connection) -> str:
    """Fingerprint of all but batches and pins that decides whether a dataset passes its tests: lists, mappings, the model itself."""
    return _digest([references_sha256(), *(_text(conn, query) for query in ALWAYS), *_files()])


def _ledger(conn: Connection) -> Iterable[str]:
    """What people and loads have decided beside accepting batches: mappings, returned batches, contracts as registered, how conflicts are settled."""
    for query in (
        *ALWAYS,
        "select coalesce(max(act_id), 0) from ops.act where starts_with(kind, 'release.')",
        """select coalesce(string_agg(state || n, ',' order by state), '')
           from (select state, count(*) n from ops.batch where accept_no is not null group by 1) s""",
        "select md5(coalesce(string_agg(d::text, '|' order by d.dataset_id), '')) from ops.dataset d",
        "select md5(coalesce(string_agg(c::text, '|' order by c.dataset_id, c.position), '')) from ops.dataset_column c",
        "select md5(coalesce(string_agg(r::text, '|' order by r.dataset, r.item), '')) from ops.reconciliation r",
        "select coalesce(max(decision_id), 0) from ops.decision",
    ):
        yield _text(conn, query)


def _standing(conn: Connection, run_date: date) -> str:
    """Who is late by that day, and how the scores stand: a day on which nobody becomes late changes nothing."""
    return _text(
        conn,
        "select md5(coalesce(string_agg(s::text, '|' order by s.dataset, s.penerbit), '')) from ops.release_schedule(%s) s",
        [run_date],
    ) + _text(conn, "select md5(coalesce(string_agg(m::text, '|' order by m.pemda, m.opd, m.day), '')) from ops.score_moved m")


def _files() -> Iterable[str]:
    """The model itself, what publishes it, and what the registry says about pemda, OPD and data items."""
    sources = settings().sources
    for path in [
        *_project_files(),
        *(WAREHOUSE / name for name in PUBLISHING),
        *sorted(sources.glob("*/pemda.yml")),
        *sorted(sources.glob("*/opd.yml")),
        *sorted(sources.glob("*/daftar_data.yml")),
    ]:
        yield path.name + hashlib.sha256(path.read_bytes()).hexdigest()


def model_digest() -> str:
    """Fingerprint of the dbt project."""
    return _digest(path.name + hashlib.sha256(path.read_bytes()).hexdigest() for path in _project_files())


def _project_files() -> list[Path]:
    return sorted(
        path
        for path in PROJECT.rglob("*")
        if path.is_file() and path.suffix in (".sql", ".yml") and not GENERATED & set(path.relative_to(PROJECT).parts)
    )


def _text(conn: Connection, query: str, values: Sequence[object] = ()) -> str:
    row = conn.execute(query.encode(), values).fetchone()
    return str(row[0]) if row else ""


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
