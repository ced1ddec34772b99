"""The draft held against the whole file by the parser itself, and mended until it holds: guesses come from a sample, verdicts do not."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from contracts import clock
from contracts.dataset import Dataset
from contracts.errors import BrokenContract, SatudataError
from contracts.registry import load_dataset
from extractors.parse import parse
from extractors.report import Finding
from extractors.source_file import SourceFile
from satudata.new_contract.contract_text import contract_text
from satudata.new_contract.draft import ColumnDraft, Draft, RowDraft
from satudata.new_contract.given import Given
from satudata.new_contract.keys import key_of
from satudata.new_contract.measured_checks import add_measured_checks
from satudata.new_contract.signs import sign_keys, signs_in

MOST_ROUNDS = 4
MOST_ROWS = 400_000
"""Rows up to which a file is read to its end for a guess."""
TOLERABLE = 0.05
"""Share of rows that a batch may have set aside (guards.max_quarantined)."""
HOPELESS = 0.2
"""Share of unreadable cells from which a type is no type."""


@dataclass
class Reading:
    """What the parser made of the file under a draft."""

    rows: pa.Table
    faults: dict[str, Counter[str]] = field(default_factory=dict)
    """Column -> texts that are not of its type."""
    faulty: frozenset[int] = frozenset()
    findings: list[Finding] = field(default_factory=list)
    is_whole: bool = True
    without_period: int = 0


def prove(draft: Draft, source: Given, folder: Path) -> None:
    """Mend the draft until the file is read by it: types, signs, totals, key. What cannot be mended becomes a note."""
    for _ in range(MOST_ROUNDS):
        try:
            reading = read(dataset_of(draft, folder), source)
        except SatudataError as error:
            if not _simpler(draft, error):
                return
            continue
        if not _mend(draft, reading):
            _take_key(draft, reading)
            add_measured_checks(draft, reading.rows)
            return


def dataset_of(draft: Draft, folder: Path) -> Dataset:
    """The draft as a contract; without its pages, of which only the first is at hand. Raises: `BrokenContract`."""
    source = {key: value for key, value in draft.source.items() if key != "pages"} | {"url": "berkas"}
    path = folder / "rancangan.yml"
    path.write_text(contract_text(replace(draft, source=source)), encoding="utf-8")
    return load_dataset(path)


def read(dataset: Dataset, source: Given) -> Reading:
    """The rows of the file as they would be staged. Raises: `ContentError`."""
    parsed = parse(dataset, [SourceFile(source.path, source.file_name, source.url, 0, clock.now())])
    names = list(dataset.contract.columns)
    kept: list[pa.Table] = []
    found = Reading(pa.table({}))
    rows, faulty = 0, set()
    for chunk in parsed.chunks():
        for i in np.flatnonzero(chunk.column("_cacat").is_valid().to_numpy()):
            faulty.add(rows + int(i))
            for name, text in json.loads(chunk.column("_cacat")[int(i)].as_py()).items():
                found.faults.setdefault(name, Counter())[text or ""] += 1
        if dataset.contract.period:
            found.without_period += chunk.column("_periode_mulai").null_count
        kept.append(chunk.select(names))
        rows += chunk.num_rows
        if rows >= MOST_ROWS:
            found.is_whole = False
            break
    found.rows, found.faulty, found.findings = pa.concat_tables(kept), frozenset(faulty), list(parsed.report.findings)
    return found


def _simpler(draft: Draft, error: SatudataError) -> bool:
    """Give up the boldest guess after an error; False where none is left."""
    note = _told(error)
    for part in ("rows", "unpivot", "period"):
        if getattr(draft, part):
            _give_up(draft, part)
            draft.notes.append(f"tebakan `{part}` dicabut ({note})")
            return True
    draft.notes.append(f"belum terbaca dengan kontrak ini ({note})")
    return False


def _told(error: SatudataError) -> str:
    """The error without what only we know: a draft has no path that its reader could open."""
    if isinstance(error, BrokenContract):
        return "; ".join(f"{problem.key}: {problem.problem}" for problem in error.problems[:3])
    return " ".join(error.message.split())[:200]


def _give_up(draft: Draft, part: str) -> None:
    if part == "rows":
        draft.rows = []
        draft.columns = [column for column in draft.columns if "group" not in column.keys]
    elif part == "unpivot":
        value = draft.unpivot["value"]
        draft.columns = [column for column in draft.columns if column.name != value and "header" not in column.keys]
        draft.unpivot = {}
    else:
        around = {column.name for column in draft.columns if {"title", "file_name"} & set(column.keys)}
        draft.columns = [column for column in draft.columns if column.name not in around]
        draft.period = {}
    for column in draft.columns:
        if str(column.keys.get("within", "")).isidentifier() and column.keys["within"] not in draft.names:
            del column.keys["within"]
    if draft.period.get("column") not in draft.names:
        draft.period = {}
    draft.columns = draft.columns or [ColumnDraft("isi", {"from": "isi", "type": "text"})]
    draft.key = [name for name in draft.key if name in draft.names] or [draft.columns[0].name]


def _mend(draft: Draft, reading: Reading) -> bool:
    """Whether the draft was changed and has to be read by again."""
    changed = [_mend_column(draft, draft.column(name), texts, reading) for name, texts in reading.faults.items()]
    changed += [_mend_total(draft, finding) for finding in reading.findings if finding.rule == "total" and finding.outcome == "fail"]
    if draft.period and reading.without_period > HOPELESS * reading.rows.num_rows:
        draft.period = {}
        changed.append(True)
    return any(changed)


def _mend_column(draft: Draft, column: ColumnDraft, texts: Counter[str], reading: Reading) -> bool:
    signs = signs_in(texts)
    if signs:
        for key, value in sign_keys(signs).items():
            column.keys[key] = [*column.keys.get(key, []), *value]  # type: ignore[misc]
        return True
    rows = reading.rows.num_rows
    if column.type == "text" and "codes" not in column.keys:
        return False
    if texts.total() > HOPELESS * rows or (draft.period.get("column") != column.name and texts.total() > TOLERABLE * rows):
        example = next(iter(texts))
        if draft.unpivot.get("value") == column.name:
            column.keys = {"type": "text"}
        else:
            column.as_text(f"tipe tidak dapat ditebak, misalnya {example!r}")
            _not_summed(draft, column.name)
        if draft.period.get("column") == column.name:
            draft.period = {}
        return True
    column.note = f"{texts.total()} sel tidak terbaca, misalnya {next(iter(texts))!r}"
    return False


def _mend_total(draft: Draft, finding: Finding) -> bool:
    """A sum that does not agree is not compared, and said so: the batch would fail by it."""
    for rule in draft.rows:
        for key in ("of", "total_of"):
            of = rule.keys.get(key)
            if isinstance(of, list) and finding.column in of and finding.checked:
                of.remove(finding.column)
                rule.note = f"jumlah {finding.column} tidak cocok: {finding.message}"
                if not of:
                    _without_sums(rule, key)
                return True
    return False


def _not_summed(draft: Draft, name: str) -> None:
    """No total speaks of a column that turned out to hold no figures."""
    for rule in draft.rows:
        for key in ("of", "total_of"):
            of = rule.keys.get(key)
            if isinstance(of, list) and name in of:
                of.remove(name)
                if not of:
                    _without_sums(rule, key)


def _without_sums(rule: RowDraft, key: str) -> None:
    del rule.keys[key]
    if rule.keys["is"] == "total":
        where: Mapping[str, object] = rule.keys["where"]  # type: ignore[assignment]
        rule.keys = {"is": "drop", "where": where, "why": "baris jumlah yang tidak cocok"}


def _take_key(draft: Draft, reading: Reading) -> None:
    sound = np.array([i not in reading.faulty for i in range(reading.rows.num_rows)], bool)
    rows = reading.rows.filter(pa.array(sound)) if sound.any() else reading.rows
    key = key_of(draft, rows)
    draft.key = key.columns
    if key.same_rows:
        draft.same_rows = "collapse"
    if key.doubles:
        draft.key_note = f"{key.doubles} baris berkunci sama; tambahkan kolom yang membedakannya"
    elif key.is_forced:
        draft.key_note = "belum pasti: tidak ada kolom selain angka yang membedakan semua baris"
    elif not reading.is_whole:
        draft.key_note = f"unik pada {reading.rows.num_rows} baris pertama"
    aside = (len(reading.faulty) + 2 * key.doubles) / max(1, reading.rows.num_rows)
    if TOLERABLE < aside <= HOPELESS:
        draft.max_quarantined = math.ceil(aside * 100 + 1) / 100
