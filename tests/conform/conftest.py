"""A small registry and accepted rows put straight into raw, so that conform and publish are tested without fetching."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from contracts import clock
from contracts.registry import load_dataset
from tests.conftest import Database
from warehouse import raw_tables
from warehouse.catalogue import register
from warehouse.names import contract_columns, quote

if TYPE_CHECKING:
    from tests.conform.candidate import Candidate

SOURCE = 'source: {kind: file, url: "https://opd.contoh.go.id/berkas.csv"}\nwrite: snapshot\n'
PEMDA = {"sintang": ("61.05", "Kabupaten Sintang"), "serang": ("36.73", "Kota Serang"), "kediri": ("35.71", "Kota Kediri")}


@dataclass(frozen=True)
class Gudang:
    """A warehouse under test: contracts on disk, rows in raw, and questions to what is published."""

    database: Database
    sources: Path

    def contract(self, dataset: str, text: str) -> None:
        """Write a contract; source and write are the same for all."""
        path = self.sources.joinpath(*dataset.split(".")).with_suffix(".yml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"title: {dataset}\n{SOURCE}{text}")

    def accept(self, dataset: str, rows: Sequence[Mapping[str, Any]], penerbit: str = "") -> int:
        """Accept a batch that replaces what the publisher had; `mulai`, `akhir` of a row are its period. Lifts the pin, as a load does."""
        found = load_dataset(dataset)
        with self.database.connect("loader") as conn:
            number, (no,) = register(conn, found), conn.execute("select ops.draw_accept_no()").fetchall()[0]
            raw_tables.ensure(conn, found)
            scope = "_dataset_id = %s and _penerbit = %s and _to_batch is null"
            conn.execute(f"update {found.raw_table} set _to_batch = %s where {scope}", [no, number, penerbit])
            own = {name for name, _ in raw_tables.typed_columns(found)}
            for place, row in enumerate(rows, start=1):
                conn.execute(
                    *_insert(
                        found.raw_table, own, dict(contract_columns(found)), number, penerbit, no, place, row, found.concept is not None
                    )
                )
            conn.execute(
                """insert into ops.batch (batch_id, dataset, penerbit, content_sha256, contract_sha256, code_version, state, read, fetched, accepted,
                   unchanged, quarantined, accept_no, fetched_at, judged_at)
                   values (nextval('ops.batch_no'), %s, %s, '', %s, '', 'accepted', %s, %s, %s, 0, 0, %s, %s, %s)""",
                [dataset, penerbit, found.sha256, len(rows), len(rows), len(rows), no, clock.now(), clock.now()],
            )
            conn.execute("delete from ops.pin where dataset = %s and penerbit = %s and kind = 'batch'", [dataset, penerbit])
        return int(no)

    def rows(self, query: str, role: str = "bi_reader") -> list[tuple[Any, ...]]:
        """Ask as a reader."""
        with self.database.connect(role) as conn:
            return conn.execute(query.encode()).fetchall()

    def value(self, query: str, role: str = "bi_reader") -> Any:
        """One value, asked as a reader."""
        return self.rows(query, role)[0][0]

    def published(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every published table, without the time of its release."""
        tables = [name for (name,) in self.rows("select tablename from pg_tables where schemaname = 'mart'", "owner")]
        return {
            name: self.rows(f"select (to_jsonb(t) - '{{diperbarui_pada,terbit_pada}}'::text[])::text from mart.{quote(name)} t order by 1")
            for name in tables
        }


def _insert(
    table: str, own: set[str], types: dict[str, str], number: int, penerbit: str, no: int, place: int, row: Mapping[str, Any], concept: bool
) -> tuple[bytes, list[Any]]:
    values = {
        "_dataset_id": number, "_penerbit": penerbit, "_from_batch": no, "_row_hash": place, "_lokasi": f"baris {place}",
        "_fetched_at": row.get("diambil", "2026-06-01T00:00:00Z"), "_periode_mulai": row.get("mulai"), "_periode_akhir": row.get("akhir"),
        "_status_angka": row.get("flag"),
    }  # fmt: skip
    figures = {name: value for name, value in row.items() if name in types}
    values.update({name: value for name, value in figures.items() if name in own})
    if concept:
        values["tambahan"] = json.dumps({name: value for name, value in figures.items() if name not in own})
    names = ", ".join(map(quote, values))
    return f"insert into {table} ({names}) values ({', '.join(['%s'] * len(values))})".encode(), list(values.values())


@pytest.fixture
def gudang(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Gudang:
    """An empty warehouse with the shipped references and concepts, and three pemda."""
    sources = tmp_path / "sources"
    for folder, (kode, nama) in PEMDA.items():
        (sources / folder).mkdir(parents=True)
        (sources / folder / "pemda.yml").write_text(f'kode: "{kode}"\nnama: {nama}\n')
    monkeypatch.setenv("SATUDATA_SOURCES", str(sources))
    return Gudang(database, sources)


def tahun(year: int) -> dict[str, date]:
    """The period of a year, as the keys of a row."""
    return {"mulai": date(year, 1, 1), "akhir": date(year, 12, 31)}


def hari(day: str) -> dict[str, date]:
    """The period of a day, as the keys of a row."""
    return {"mulai": date.fromisoformat(day), "akhir": date.fromisoformat(day)}


@pytest.fixture
def candidate(gudang: Gudang, monkeypatch: pytest.MonkeyPatch) -> Iterator[Candidate]:
    """Two datasets known to the ledger; the transform after a withdrawal publishes what the candidate says."""
    from tests.conform.candidate import Candidate

    with gudang.database.connect("transformer", autocommit=True) as conn:
        conn.execute("insert into ops.cut values (0, '2026-06-02')")
        with gudang.database.connect("owner") as owner:
            owner.execute(
                "insert into ops.dataset (dataset, raw_table) values ('kota.dinas.genap', 'raw.x'), ('kota.dinas.ganjil', 'raw.x')"
            )
        made = Candidate(gudang, conn)

        def transform(_: date) -> dict[str, Any]:
            made.released(made.figures)
            return {"release_id": conn.execute("select max(release_id) from ops.release").fetchone()[0]}  # type: ignore[index]

        monkeypatch.setattr("satudata.transform.transform", transform)
        yield made
