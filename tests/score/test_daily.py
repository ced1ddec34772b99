"""Prevents a score that nobody can check, that forgets who never sent anything, or that is kept twice."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from contracts.clock import today
from satudata.score.daily import differing, score_all
from tests.findings.conftest import GOOD
from tests.notices.conftest import Agency

REPO = Path(__file__).parents[2]
FRESH = "freshness: {warn_after: 2d, error_after: 7d}"


def measures(agency: Agency) -> dict[str, list[int] | None]:
    """The inputs of `uji.dinas.isi`, as they are kept."""
    score_all()
    return agency.all(f"select inputs -> 'uji.dinas.isi' from ops.opd_score where opd = 'dinas' and day = '{today()}'")[0][0]


def test_each_input_is_what_the_ledger_says(agency: Agency) -> None:
    agency.play(GOOD | {"k1": 500}, more=FRESH)
    assert measures(agency) == {
        "kesegaran": [2, 2], "metadata": [0, 12], "kesahihan": [9, 10], "kelengkapan": [1, 1], "keterjangkauan": [1, 3],
    }  # fmt: skip
    agency.day("2026-06-04")
    assert measures(agency)["kesegaran"] == [1, 2]
    agency.day("2026-06-09")
    assert measures(agency)["kesegaran"] == [0, 2]
    agency.play(GOOD, more=f"{FRESH}\nlicence: CC-BY-4.0")
    assert measures(agency)["kesahihan"] == [10, 10]
    assert measures(agency)["keterjangkauan"] == [2, 3]
    agency.play("<html>sedang dalam perbaikan</html>")
    assert measures(agency)["kesahihan"] == [0, 1]


def test_publishers_that_never_sent_are_not_forgotten(agency: Agency) -> None:
    source = agency.source
    source.publish(GOOD, more="for_each: [a, b, c, d]")
    (source.folder / "a.csv").write_text("kode;hari;n\nk1;2026-06-01;1\n")
    (source.folder / "isi.yml").write_text(source.contract.replace("isi.csv", '"{penerbit}.csv"'))
    agency.day("2026-06-01")
    from satudata.run import run

    run(["uji.dinas.isi"], source.day)
    found = measures(agency)
    assert (found["kelengkapan"], found["kesegaran"], found["kesahihan"]) == ([1, 4], [2, 8], [1, 1])


def test_an_agency_whose_dataset_was_never_run_has_a_score_and_one_without_datasets_has_none(agency: Agency) -> None:
    agency.source.publish(GOOD)
    (found,) = score_all()
    assert (found.opd, found.name, found.score.grade) == ("dinas", "Dinas Uji", "perunggu")
    assert found.score.measures["kesahihan"] is None
    assert found.score.score == 0


def test_metadata_counts_the_fields_that_were_handed_over(agency: Agency) -> None:
    (agency.source.folder.parent / "daftar_data.yml").write_text(
        "- {kode: x, nama: X, produsen_data: dinas, bentuk: indikator, konsep: a, definisi: b, ms_ind: {metode: m, komposit: tidak}}\n"
    )
    agency.play(GOOD, more="item: x")
    assert measures(agency)["metadata"] == [4, 12]  # konsep, definisi, metode, komposit


def test_what_is_closed_is_not_asked_to_be_reachable(agency: Agency) -> None:
    agency.play(GOOD, more="akses: tertutup")
    assert measures(agency)["keterjangkauan"] is None


def test_a_day_has_one_score_and_it_can_be_computed_again(agency: Agency) -> None:
    agency.play(GOOD | {"k1": 500}, more=FRESH)
    score_all()
    agency.play(GOOD)
    score_all()
    score_all()
    assert agency.all("select opd, day::text, formula from ops.opd_score order by day") == [
        ("dinas", "2026-06-01", "1"),
        ("dinas", "2026-06-02", "1"),
    ]
    assert differing(agency.source.conn) == []
    agency.source.conn.execute("update ops.opd_score set score = score + 0.01 where day = '2026-06-02'")
    assert [one[2].isoformat() for one in differing(agency.source.conn)] == ["2026-06-02"]
    agency.source.conn.execute("update ops.opd_score set formula = '0', score = score - 0.01 where day = '2026-06-02'")
    assert len(differing(agency.source.conn)) == 1


def test_the_command_shows_and_checks(agency: Agency) -> None:
    agency.play(GOOD)

    def command(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "satudata", "score", *words], cwd=REPO, capture_output=True, text=True)

    told = json.loads(command("--json").stdout)
    assert (told["as_of"], told["formula"], told["weights"]["kesegaran"]) == ("2026-06-01", "1", 30)
    (one,) = told["agencies"]
    assert (one["opd"], one["nama"], one["datasets"], one["grade"]) == ("dinas", "Dinas Uji", 1, "perak")
    kept = agency.all("select score from ops.opd_score")[0][0]
    assert kept == Decimal(str(one["score"]))
    assert "Dinas Uji" in command().stdout
    assert command("--periksa").returncode == 0
    agency.source.conn.execute("update ops.opd_score set grade = 'emas'")
    changed = command("--periksa")
    assert (changed.returncode, "35.71/dinas 2026-06-01" in changed.stdout) == (1, True)


@pytest.mark.parametrize("column", ["inputs", "formula", "score"])
def test_the_table_says_what_it_holds(agency: Agency, column: str) -> None:
    assert agency.all(
        f"""select col_description('ops.opd_score'::regclass, attnum) is not null from pg_attribute
            where attrelid = 'ops.opd_score'::regclass and attname = '{column}'"""
    ) == [(True,)]
