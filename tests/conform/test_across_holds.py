"""Prevents figures that contradict others from reaching readers, and a rule that somebody was let off from holding them all the same."""

from __future__ import annotations

from datetime import date

import psycopg
import pytest

from contracts.registry import load_dataset
from satudata.conform import across
from satudata.transform import transform
from tests.conform.conftest import Gudang, tahun
from tests.conform.test_across import (
    DAY,
    EXPECT,
    KELURAHAN,
    NAMES,
    PROFIL,
    counted,
    judge,
    kecamatan,
    kelurahan,
    message,
    pins,
    profil,
    release,
    results,
    sums,
)

__all__ = ["counted"]


def test_a_waiver_lets_it_through_as_a_warning(counted: Gudang) -> None:
    """And when it ends the figures are held."""
    held = counted.accept("kediri.bps.kecamatan", kecamatan(sums() | {"35.71.01": 1}))
    waiver = """insert into ops.waiver (dataset, rule_id, reason, by, at, since, until)
                values ('kediri.bps.kecamatan', 'parts.penduduk', 'pemekaran', 'Sari', now(), '2026-05-01', %s) returning 1"""
    counted.rows(waiver.replace("%s", "'2026-06-01'"), "loader")
    judge(counted)
    query = "select severity, outcome, waiver_id is not null from ops.check_result where scope = 'lintas' order by check_result_id"
    assert counted.rows(query, "loader") == [("warn", "fail", True)]
    assert pins(counted) == {}
    judge(counted, date(2026, 6, 2))
    assert counted.rows(query, "loader")[1:] == [("hold", "fail", False)]
    assert pins(counted) == {("kediri.bps.kecamatan", ""): held - 1}


def test_a_contradiction_is_not_published(counted: Gudang) -> None:
    """The release that follows shows what agrees, and the rest once it does."""
    published = (
        "select w.kode_wilayah from mart.fct_indikator f join mart.dim_wilayah w using (wilayah_key) where w.level = 'kecamatan' order by 1"
    )
    counted.accept("kediri.bps.kecamatan", kecamatan(sums() | {"35.71.01": 1}))
    transform(DAY)
    assert counted.rows(published) == []
    assert counted.value("select count(*) from mart.fct_indikator") == len(KELURAHAN)
    counted.accept("kediri.bps.kecamatan", kecamatan(sums()))
    transform(DAY)
    assert [code for (code,) in counted.rows(published)] == sorted(sums())


def test_what_cannot_be_computed_lets_nothing_go(counted: Gudang, monkeypatch: pytest.MonkeyPatch) -> None:
    """No verdict is no proof: the contradiction stays held and told, and is judged again once it can be."""
    held = counted.accept("kediri.bps.kecamatan", kecamatan(sums() | {"35.71.01": 1}))
    judge(counted)
    with monkeypatch.context() as patch:
        patch.setattr(across, "parts", lambda *_: (_ for _ in ()).throw(psycopg.errors.DataException("galat")))
        counted.accept("kediri.bps.kota", kecamatan({"35.71": 1}))
        judge(counted)
    assert [row[2:4] for row in results(counted)] == [("parts.penduduk", "fail"), ("parts.galat", "error")]
    assert pins(counted) == {("kediri.bps.kecamatan", ""): held - 1}
    issues = "select rule_id, state from ops.issue order by 1"
    assert counted.rows(issues, "loader") == [("parts.galat", "baru"), ("parts.penduduk", "baru")]
    counted.accept("kediri.bps.kecamatan", kecamatan(sums()))
    counted.accept("kediri.bps.kota", kecamatan({"35.71": round(sum(sums().values()) / 1000, 1)}))
    judge(counted)
    assert counted.rows(issues, "loader") == [("parts.galat", "selesai"), ("parts.penduduk", "selesai")]
    assert pins(counted) == {}


def test_holds_a_batch_that_only_takes_away(gudang: Gudang) -> None:
    """Half a file in which nothing else has changed brings no row that could be held: its own ends are."""
    gudang.contract("kediri.bps.penduduk", EXPECT.replace("kelurahan", "desa_kelurahan") + PROFIL.replace("for_each: kelurahan\n", ""))
    rows = [{"kode_wilayah": NAMES[code], "nilai": 100} | tahun(2025) for code in KELURAHAN]
    whole = gudang.accept("kediri.bps.penduduk", rows)
    release(gudang)
    half = gudang.accept("kediri.bps.penduduk", rows[:23])
    with gudang.database.connect("loader") as conn:  # as a load leaves them: rows that say the same stand on
        table = load_dataset("kediri.bps.penduduk").raw_table
        conn.execute(f"delete from {table} where _from_batch = {half}".encode())
        conn.execute(
            f"update {table} set _to_batch = null where kode_wilayah = any(%s)".encode(), [[row["kode_wilayah"] for row in rows[:23]]]
        )
    judge(gudang)
    assert results(gudang)[-1][3:] == ("fail", 23)
    assert pins(gudang) == {("kediri.bps.penduduk", ""): half - 1}
    assert half - 1 >= whole


ITEM = "- {{kode: profil, nama: Profil, produsen_data: kelurahan, jadwal_rilis: '{}'}}\n"


@pytest.mark.parametrize(
    ("promise", "run_date", "said"),
    [
        ("2027-03-01", date(2026, 6, 1), None), ("2026-06-01", date(2026, 6, 1), None),
        ("2026-03-01", date(2026, 6, 1), "Periode 2025: 0 dari 46 kelurahan ada"), ("2026-02-30", date(2026, 6, 1), None),
        ("60d", date(2026, 6, 1), "Periode 2025: 0 dari 46 kelurahan ada"), ("60d", date(2026, 2, 1), None),
    ],
)  # fmt: skip
def test_a_promise_of_one_date_speaks_of_the_period_that_ends_before_it(
    gudang: Gudang, promise: str, run_date: date, said: str | None
) -> None:
    """A date still ahead stopped every transform: there is no period early enough; one that has passed asked for a year not yet over."""
    profil(gudang, PROFIL + EXPECT + "item: [profil]\n")
    (gudang.sources / "kediri" / "opd.yml").write_text("kelurahan: {nama: Kelurahan}\n")
    (gudang.sources / "kediri" / "daftar_data.yml").write_text(ITEM.format(promise))
    gudang.accept("kediri.kelurahan.profil", kelurahan(dict.fromkeys(KELURAHAN, 1), 2024), KELURAHAN[0])
    judge(gudang, run_date)
    told = message(gudang) if any(row[3] == "fail" for row in results(gudang)) else None
    assert (told is None) if said is None else told.startswith(said)
