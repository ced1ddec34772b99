"""A draft as YAML: the keys in the order of docs/kontrak.md, one line each, with a comment where a person should look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from satudata.new_contract.draft import ColumnDraft, Draft

_PLAIN = re.compile(r"(?:\.\.?/)?[A-Za-z_(/\u00c0-\uffff](?:[\w ./()+%&=~\u00c0-\uffff-]|:(?=\S))*")
_OTHER_TYPE = re.compile(r"(?:y|n|yes|no|true|false|on|off|null|~|\.inf|\.nan)", re.IGNORECASE)
LONGEST = 130
"""Columns of a line before a list is broken."""


def contract_text(draft: Draft) -> str:
    """The contract, as it is to be kept."""
    return "\n".join(_lines(draft)) + "\n"


def _lines(draft: Draft) -> Iterator[str]:
    yield from (f"# periksa: {note}" for note in draft.notes)
    if draft.id:
        yield f"id: {draft.id}"
    yield f"title: {scalar(draft.title)}  # periksa: judul; lalu schedule:, produsen_data:, concept: bila ada"
    yield from _block("source", draft.source)
    if draft.table:
        yield f"table: {flow(draft.table)}"
    if draft.rows:
        yield "rows:"
        yield from (f"  - {flow(rule.keys)}{_note(rule.note)}" for rule in draft.rows)
    if draft.unpivot:
        yield f"unpivot: {flow(draft.unpivot)}{_note(draft.unpivot_note)}"
    yield "columns:"
    yield from map(_column, draft.columns)
    yield from _ignored(draft.ignore)
    if draft.flags:
        yield f"flags: {flow(draft.flags)}{_note('arti tanda di belakang angka, menurut catatan di bawah tabelnya')}"
    if draft.period:
        yield f"period: {flow(draft.period)}{_note(draft.period_note)}"
    yield f"write: {draft.write}"
    yield f"key: {flow(draft.key)}{_note(draft.key_note)}"
    if draft.same_rows != "fail":
        yield f"same_rows: {draft.same_rows}{_note('ada baris yang sama persis')}"
    if not draft.extra:
        yield f"extra: ignore{_note('bidang lain dan daftar di dalam rekaman tidak dibaca')}"
    if draft.max_quarantined is not None:
        yield f"guards: {{max_quarantined: {draft.max_quarantined}}}{_note('berkas ini melewati batas bawaan 0.05; hapus bila sudah diperbaiki')}"
    if draft.checks:
        yield "checks:"
        yield from (f"  - {flow(check.keys)}{_note(check.note)}" for check in draft.checks)
    yield from (f"# periksa: {note}" for note in draft.last_notes)


def _block(name: str, keys: Mapping[str, object]) -> Iterator[str]:
    line = f"{name}: {flow(keys)}"
    if len(line) <= LONGEST:
        yield line
        return
    yield f"{name}:"
    yield from (f"  {scalar(key)}: {flow(value)}" for key, value in keys.items())


def _column(column: ColumnDraft) -> str:
    keys = dict(column.keys)
    if keys.get("from") == column.name:
        del keys["from"]
    return f"  {column.name}: {flow(keys)}{_note(column.note)}"


def _ignored(ignore: Mapping[str, str]) -> Iterator[str]:
    if ignore:
        reasons = "; ".join(dict.fromkeys(filter(None, ignore.values())))
        yield f"ignore: {flow(list(ignore))}{_note(reasons)}"


def _note(text: str) -> str:
    return f"  # periksa: {' '.join(text.split())}" if text else ""


def flow(value: object) -> str:
    """A value in one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(str(key))}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(flow, value)) + "]"
    return str(value) if isinstance(value, int | float) else scalar(str(value))


def scalar(text: str) -> str:
    """A text, quoted where YAML (of any reader, not ours alone) would take it for something else."""
    if _PLAIN.fullmatch(text) and text == text.strip() and not _OTHER_TYPE.fullmatch(text):
        return text
    if any(ord(sign) < 32 or sign in "\u0085\u2028\u2029" for sign in text):
        return '"' + "".join(_escaped(text)) + '"'
    return "'" + text.replace("'", "''") + "'"


def _escaped(text: Iterable[str]) -> Iterator[str]:
    for sign in text:
        yield f"\\u{ord(sign):04x}" if ord(sign) < 32 or sign in "\u0085\u2028\u2029" else {'"': '\\"', "\\": "\\\\"}.get(sign, sign)
