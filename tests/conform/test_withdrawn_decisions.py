"""A withdrawn figure is not read either where agencies differed about it: in the decisions, the conflicts, and the minutes printed again."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from satudata.conflicts.acts import Asked, decide
from satudata.releases import withdraw
from satudata.releases.foresee import foresee_rows
from satudata.transform import transform
from tests.conform.conftest import Gudang
from tests.conform.disputed import penduduk, stok, write_registry
from warehouse.minutes import week_of

DAY = date(2026, 6, 2)
SEPAUK, TEMPUNAK, KELURAHAN, OTHER = "61.05.03", "61.05.02", "36.73.01.1001", "36.73.01.1002"
WEEK = date(2026, 6, 1), date(2026, 6, 7)


@pytest.fixture(autouse=True)
def day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", (tmp_path / "arsip").as_uri())
    monkeypatch.setenv("SATUDATA_HARI_INI", "2026-06-02")


def decisions(gudang: Gudang) -> dict[str, float]:
    return dict(gudang.rows("select berita_acara, nilai_diputuskan::float from mart.rekonsiliasi"))  # type: ignore[arg-type]


def told(gudang: Gudang) -> str:
    """All that readers, agencies at the table and records of releases say of figures that differed, in one text."""
    with gudang.database.connect("loader") as conn:
        minutes = [week_of(conn, pemda, *WEEK)[:2] for pemda in ("61.05", "36.73")]
    said = [
        gudang.rows(query, "owner")
        for query in (
            "select to_jsonb(m) - 'diperbarui_pada' from mart.rekonsiliasi m", "select to_jsonb(k) from quality.konflik k",
            "select to_jsonb(k) - 'diambil_pada' from quality.konflik_angka k", "select to_jsonb(m) - 'diperbarui_pada' from mart.neraca_pangan m",
            "select before, after from ops.release_row where table_name in ('rekonsiliasi', 'fct_indikator')",
        )
    ]  # fmt: skip
    return json.dumps([minutes, said], default=str)


def number_of(gudang: Gudang, wilayah: str) -> int:
    return int(gudang.value(f"select conflict_id from ops.conflict where kode_wilayah = '{wilayah}'", "owner"))


def cell(gudang: Gudang, wilayah: str) -> dict[str, str]:
    (keys,) = gudang.rows(
        f"""select indikator_key::text, wilayah_key::text, periode_key::text from mart.fct_indikator join mart.dim_wilayah using (wilayah_key)
            where kode_wilayah = '{wilayah}'"""
    )
    return dict(zip(("indikator_key", "wilayah_key", "periode_key"), keys, strict=True))


def ends(gudang: Gudang, wilayah: str) -> list[tuple[object, ...]]:
    return gudang.rows(
        f"""select c.state, e.note, d.ended_why from ops.conflict c left join ops.decision d using (objek)
            join ops.conflict_event e on e.conflict_id = c.conflict_id and e.event = 'selesai' where c.kode_wilayah = '{wilayah}'""",
        "owner",
    )


def test_a_withdrawn_cell_is_told_by_no_decision_and_no_conflict(gudang: Gudang) -> None:
    """One story, because a build costs ten seconds: a cell that was decided, then one that is open; what stays is still told."""
    write_registry(gudang)
    gudang.accept("serang.bps.penduduk", [penduduk(KELURAHAN, 7150), penduduk(OTHER, 5311)])
    gudang.accept("serang.disdukcapil.penduduk", [penduduk(KELURAHAN, "7.456"), penduduk(OTHER, "5.722")])
    transform(DAY)
    decide(number_of(gudang, KELURAHAN), Asked(None, "7223", "forum", "BA/2"), "W")
    transform(DAY)
    assert decisions(gudang) == {"BA/2": 7223}
    assert all(figure in told(gudang) for figure in ("7150", "7456", "7223", "5311", "5722"))
    match = cell(gudang, KELURAHAN)
    assert foresee_rows(["fct_indikator"], match)["anew"]["rekonsiliasi"] == 1
    assert withdraw.withdraw_rows(["fct_indikator"], match, "W", "rumah aman")["rebuilt"]
    assert decisions(gudang) == {}
    assert not [figure for figure in ("7150", "7456", "7.456", "7223") if figure in told(gudang)]
    assert ends(gudang, KELURAHAN) == [("selesai", "Angkanya ditarik.", "Angkanya ditarik.")]
    assert all(figure in told(gudang) for figure in ("5311", "5722")), "what nobody withdrew is told on"
    _open_conflict_is_told_by_nobody_at_once(gudang, cell(gudang, OTHER))
    gudang.accept("serang.bps.penduduk", [penduduk(KELURAHAN, 7151), penduduk(OTHER, 5312)])
    transform(DAY)
    assert not [figure for figure in ("7151", "7456", "7.456") if figure in told(gudang)], "nor what the agencies say of it later"
    assert len(ends(gudang, KELURAHAN)) == 1


def _open_conflict_is_told_by_nobody_at_once(gudang: Gudang, match: dict[str, str]) -> None:
    """Before any build without it, or where that fails."""
    noted = "insert into ops.withdrawal (table_name, match, by, at, reason) values ('fct_indikator', %s::jsonb, 'W', now(), 'x')"
    with gudang.database.connect("owner") as conn, conn.transaction(force_rollback=True):
        conn.execute(noted, [json.dumps(match)])
        for view in ("konflik", "konflik_angka"):
            assert conn.execute(f"select count(*) from quality.{view} where pemda = '36.73'".encode()).fetchone() == (0,)


def test_a_withdrawn_dataset_is_told_by_no_decision_and_no_conflict(gudang: Gudang) -> None:
    """Its figure was held while a third agency had joined: those that are left differ on, and nobody is told what the conflict remembers of it."""
    write_registry(gudang)
    gudang.accept("sintang.dkp.stok", [stok(SEPAUK, 40), stok(TEMPUNAK, 50)])
    gudang.accept("sintang.bulog.stok", [stok(SEPAUK, 4321), stok(TEMPUNAK, 8642)])
    transform(DAY)
    decide(number_of(gudang, SEPAUK), Asked("bulog", None, "forum", "BA/3"), "W")
    decide(number_of(gudang, TEMPUNAK), Asked("bulog", None, "forum", "BA/4"), "W")
    transform(DAY)
    assert decisions(gudang) == {"BA/3": 4321, "BA/4": 8642}
    gudang.accept("sintang.kecamatan.stok", [stok(TEMPUNAK, 60)], penerbit=TEMPUNAK)
    transform(DAY)
    held = "select status_rekonsiliasi, nilai_ton from mart.fct_neraca_pangan join mart.dim_wilayah using (wilayah_key) where kode_wilayah = '61.05.02'"
    assert gudang.rows(held) == [("ditahan", 8642)]
    assert withdraw.withdraw_dataset("sintang.bulog.stok", "W", "tanpa dasar")["rebuilt"]
    assert decisions(gudang) == {}
    assert not [figure for figure in ("4321", "8642") if figure in told(gudang)]
    assert ends(gudang, SEPAUK) == [("selesai", "Tinggal satu OPD yang melaporkan.", "Tinggal satu OPD yang melaporkan.")]
    assert gudang.rows("select pelapor, nilai from quality.konflik_angka order by 1", "owner") == [
        ("61.05/dkp", 50), ("61.05/kecamatan/61.05.02", 60)]  # fmt: skip
