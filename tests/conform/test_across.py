"""Prevents figures that contradict another dataset, or of which many are missing, from being published without anybody knowing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from contracts.references import reference_rows, regions_within
from contracts.registry import load_registry
from satudata.conform.across import judge_across
from satudata.findings.issues import listed
from satudata.notices.causes import causes
from tests.conform.conftest import Gudang, tahun

DAY = date(2026, 6, 1)
DUE = date(2026, 6, 22)
"""Fourteen working days later."""
PROFIL = """concept: indikator
for_each: kelurahan
period: {column: tahun, grain: tahun}
key: [kode_wilayah, tahun]
columns:
  kode_wilayah: {type: wilayah, level: desa_kelurahan, within: "35.71"}
  tahun: {type: period, format: YYYY}
  nilai: {type: integer, unit: jiwa, indikator: penduduk}
"""
EXPECT = "expect: {every: kelurahan, in: kode_wilayah, per: [period]}\n"
KECAMATAN = """concept: indikator
period: {column: tahun, grain: tahun}
key: [kode_wilayah, tahun]
columns:
  kode_wilayah: {type: wilayah, level: LEVEL, within: "35.71"}
  tahun: {type: period, format: YYYY}
  penduduk: {type: decimal, unit: UNIT, indikator: penduduk}
"""
KELURAHAN = regions_within("35.71", "desa_kelurahan")
NAMES = {row["kode"]: row["nama"] for row in reference_rows("wilayah")}
LINTAS = "select dataset, penerbit, rule_id, outcome, failed from ops.check_result where scope = 'lintas' and source = 'guard' order by check_result_id"


def judge(gudang: Gudang, day: date = DAY) -> bool:
    with gudang.database.connect("loader", autocommit=True) as conn:
        return judge_across(conn, load_registry().datasets.values(), day)


def profil(gudang: Gudang, text: str) -> None:
    """The form that each kelurahan hands in at an address of its own."""
    gudang.contract("kediri.kelurahan.profil", text)
    path = gudang.sources / "kediri" / "kelurahan" / "profil.yml"
    path.write_text(path.read_text().replace("berkas.csv", "{penerbit}.csv"))


def results(gudang: Gudang) -> list[tuple[Any, ...]]:
    return gudang.rows(LINTAS, "loader")


def pins(gudang: Gudang) -> dict[tuple[str, str], int]:
    rows = gudang.rows("select dataset, penerbit, up_to_no from ops.pin where kind = 'lintas'", "loader")
    return {(dataset, penerbit): up_to for dataset, penerbit, up_to in rows}


def message(gudang: Gudang) -> str:
    query = "select message from ops.check_result where scope = 'lintas' and message is not null order by check_result_id desc limit 1"
    return str(gudang.value(query, "loader"))


def report(gudang: Gudang, codes: Sequence[str], year: int = 2025, dataset: str = "kediri.kelurahan.profil") -> dict[str, int]:
    """Each of these kelurahan hands in its form; the accept number of each."""
    return {code: gudang.accept(dataset, [{"kode_wilayah": NAMES[code], "nilai": 100} | tahun(year)], penerbit=code) for code in codes}


def release(gudang: Gudang) -> None:
    """What is there is published."""
    gudang.rows(
        """insert into ops.release (cut_no, run_date, published_at, state)
           select coalesce(max(accept_no), 0), '2026-01-01', now(), 'published' from ops.batch returning 1""", "loader",
    )  # fmt: skip


def test_says_who_has_to_act_and_until_when(gudang: Gudang) -> None:
    """What no batch can know waits for somebody too: in the views, the list, the report and the digest, and in each the same day."""
    profil(gudang, PROFIL + EXPECT)
    report(gudang, KELURAHAN[1:])
    judge(gudang)
    asked = "select aturan, penanggung_jawab, tenggat from quality.temuan where tenggat is not null and dikecualikan_sampai is null"
    assert gudang.rows(asked, "steward") == [("complete", "kelurahan", DUE)]
    assert [(one["rule_id"], one["due"]) for one in listed()] == [("complete", DUE)]
    with gudang.database.connect("loader") as conn:
        assert [(cause.rule_id, cause.opd, cause.due) for cause in causes(conn)] == [("complete", "kelurahan", DUE)]


def test_names_the_kelurahan_that_is_missing_once_the_deadline_has_passed(gudang: Gudang) -> None:
    """45 of 46, each a batch of its own that knows nothing of the others; the 46th ends it."""
    profil(gudang, "freshness: {error_after: 30d}\n" + EXPECT + PROFIL)
    numbers = report(gudang, [code for code in KELURAHAN if code != "35.71.02.1008"])
    judge(gudang, date(2026, 1, 30))
    assert results(gudang) == [("kediri.kelurahan.profil", "", "complete", "skipped", 0)]
    assert pins(gudang) == {}
    judge(gudang, date(2026, 1, 31))
    assert results(gudang)[1:] == [("kediri.kelurahan.profil", "", "complete", "fail", 1)]
    assert message(gudang) == f"Periode 2025: 45 dari 46 kelurahan ada; belum ada {NAMES['35.71.02.1008']} (35.71.02.1008)."
    assert pins(gudang) == {("kediri.kelurahan.profil", code): no - 1 for code, no in numbers.items()}
    report(gudang, ["35.71.02.1008"])
    judge(gudang, date(2026, 1, 31))
    assert results(gudang)[2:] == [("kediri.kelurahan.profil", "", "complete", "pass", 0)]
    assert pins(gudang) == {}


def test_judges_only_when_something_has_changed_and_writes_only_what_differs(gudang: Gudang) -> None:
    profil(gudang, EXPECT + PROFIL)
    report(gudang, KELURAHAN[:44])
    assert judge(gudang)
    assert not judge(gudang)
    release(gudang)
    assert not judge(gudang)  # else a night after every release in which nothing came would read all figures again
    gudang.rows("update ops.release set kind = 'rollback' returning 1", "owner")
    assert judge(gudang)
    report(gudang, KELURAHAN[:1])
    assert judge(gudang)
    assert [row[3:] for row in results(gudang)] == [("fail", 2)]


def test_leaves_what_is_published_where_it_is(gudang: Gudang) -> None:
    """And holds only what came after: a late one does not appear among gaps."""
    profil(gudang, EXPECT + PROFIL)
    report(gudang, KELURAHAN[:44])
    release(gudang)
    late = report(gudang, [KELURAHAN[44]])
    judge(gudang)
    assert pins(gudang) == {("kediri.kelurahan.profil", KELURAHAN[44]): late[KELURAHAN[44]] - 1}


def test_a_silent_year_is_missing_as_a_whole(gudang: Gudang) -> None:
    profil(gudang, "freshness: {error_after: 30d}\n" + EXPECT + PROFIL)
    report(gudang, KELURAHAN, 2024)
    judge(gudang)
    assert results(gudang) == [("kediri.kelurahan.profil", "", "complete", "fail", 46)]
    assert message(gudang).startswith("Periode 2025: 0 dari 46 kelurahan ada; belum ada ")


def test_can_only_warn(gudang: Gudang) -> None:
    profil(gudang, EXPECT.replace("]}", "], severity: warn}") + PROFIL)
    report(gudang, KELURAHAN[:40])
    judge(gudang)
    assert [row[3:] for row in results(gudang)] == [("fail", 6)]
    assert pins(gudang) == {}


def test_an_issue_opens_and_closes_with_it(gudang: Gudang) -> None:
    profil(gudang, EXPECT + PROFIL)
    report(gudang, KELURAHAN[1:])
    judge(gudang)
    issue = "select rule_id, state, times from ops.issue"
    assert gudang.rows(issue, "loader") == [("complete", "baru", 1)]
    report(gudang, KELURAHAN[:1])
    judge(gudang)
    assert gudang.rows(issue, "loader") == [("complete", "selesai", 1)]


def kelurahan(figures: Mapping[str, int], year: int = 2025) -> list[dict[str, Any]]:
    return [{"kode_wilayah": NAMES[code], "nilai": figure} | tahun(year) for code, figure in figures.items()]


def kecamatan(figures: Mapping[str, float]) -> list[dict[str, Any]]:
    return [{"kode_wilayah": code, "penduduk": figure} | tahun(2025) for code, figure in figures.items()]


@pytest.fixture
def counted(gudang: Gudang) -> Gudang:
    """Each kelurahan states its population to one agency; another states that of kecamatan, in one dataset, and of the city, in a third."""
    gudang.contract("kediri.disdukcapil.kelurahan", PROFIL.replace("for_each: kelurahan\n", ""))
    gudang.contract("kediri.bps.kecamatan", KECAMATAN.replace("LEVEL", "kecamatan").replace("UNIT", "jiwa"))
    gudang.contract("kediri.bps.kota", KECAMATAN.replace("LEVEL", "kabupaten_kota").replace("UNIT", "ribu jiwa"))
    gudang.accept("kediri.disdukcapil.kelurahan", kelurahan({code: 1000 + place for place, code in enumerate(KELURAHAN)}))
    return gudang


def sums() -> dict[str, int]:
    found: dict[str, int] = {}
    for place, code in enumerate(KELURAHAN):
        found[code[:8]] = found.get(code[:8], 0) + 1000 + place
    return found


def test_what_kecamatan_and_city_state_is_what_their_parts_state(counted: Gudang) -> None:
    """Rounded to thousands, too; and a city without kecamatan figures is held against the kelurahan."""
    total = sum(sums().values())
    counted.accept("kediri.bps.kota", kecamatan({"35.71": round(total / 1000, 1)}))
    judge(counted)
    assert results(counted) == [("kediri.bps.kota", "", "parts.penduduk", "pass", 0)]
    counted.accept("kediri.bps.kecamatan", kecamatan(sums()))
    judge(counted)
    assert results(counted)[1:] == [("kediri.bps.kecamatan", "", "parts.penduduk", "pass", 0)]


def test_holds_whose_figures_came_last_where_total_and_parts_differ(counted: Gudang) -> None:
    held = counted.accept("kediri.bps.kecamatan", kecamatan(sums() | {"35.71.01": 1 + sums()["35.71.01"]}))
    judge(counted)
    assert results(counted) == [("kediri.bps.kecamatan", "", "parts.penduduk", "fail", 1)]
    assert pins(counted) == {("kediri.bps.kecamatan", ""): held - 1}
    name, wrong, right = NAMES["35.71.01"], 1 + sums()["35.71.01"], sums()["35.71.01"]
    assert f"{name} (35.71.01) 2025-01-01 s.d. 2025-12-31: {wrong} menurut kediri.bps.kecamatan, jumlah" in message(counted)
    assert f"desa/kelurahan-nya {right} menurut kediri.disdukcapil.kelurahan." in message(counted)
    counted.accept("kediri.bps.kecamatan", kecamatan(sums()))
    judge(counted)
    assert results(counted)[1:] == [("kediri.bps.kecamatan", "", "parts.penduduk", "pass", 0)]
    assert pins(counted) == {}


def test_the_parts_are_held_where_they_came_last(counted: Gudang) -> None:
    counted.accept("kediri.bps.kecamatan", kecamatan(sums()))
    release(counted)
    held = counted.accept("kediri.disdukcapil.kelurahan", kelurahan(dict.fromkeys(KELURAHAN, 900)))
    judge(counted)
    assert pins(counted) == {("kediri.disdukcapil.kelurahan", ""): held - 1}
    assert results(counted) == [("kediri.disdukcapil.kelurahan", "", "parts.penduduk", "fail", 3)]


def test_says_nothing_of_a_region_whose_parts_are_not_all_there(counted: Gudang) -> None:
    counted.accept("kediri.disdukcapil.kelurahan", kelurahan(dict.fromkeys(KELURAHAN[1:], 10)))
    counted.accept("kediri.bps.kecamatan", kecamatan(dict.fromkeys(sums(), 5)))
    judge(counted)
    assert results(counted) == [("kediri.bps.kecamatan", "", "parts.penduduk", "fail", 2)], (
        "of the kecamatan of the first one nothing is known"
    )


def test_compares_datasets_again_when_the_other_one_comes_later(gudang: Gudang) -> None:
    """The batch was judged when nobody else had said anything."""
    gudang.contract("kediri.disdukcapil.kelurahan", PROFIL.replace("for_each: kelurahan\n", ""))
    check = "checks: [{rule: same_as_dataset, dataset: kediri.disdukcapil.kelurahan, column: penduduk, other: nilai, tolerance: 1}]\n"
    gudang.contract("kediri.dinkes.penduduk", KECAMATAN.replace("LEVEL", "desa_kelurahan").replace("UNIT", "jiwa") + check)
    held = gudang.accept("kediri.dinkes.penduduk", kecamatan({KELURAHAN[0]: 1001, KELURAHAN[1]: 1500}))
    judge(gudang)
    assert [row[2:4] for row in results(gudang)] == [("same_as_dataset.penduduk.lintas", "skipped")]
    gudang.accept("kediri.disdukcapil.kelurahan", kelurahan({KELURAHAN[0]: 1000, KELURAHAN[1]: 1000}))
    judge(gudang)
    assert ("kediri.dinkes.penduduk", "", "same_as_dataset.penduduk.lintas", "fail", 1) in results(gudang)
    assert pins(gudang) == {("kediri.dinkes.penduduk", ""): held - 1}
    assert "Kolom penduduk berisi 1500, menurut kediri.disdukcapil.kelurahan 1000; seharusnya sama" in message(gudang)
