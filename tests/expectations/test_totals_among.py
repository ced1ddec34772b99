"""Prevents a total among the classes of its own breakdown from doubling every sum, and a class from being lost by its name."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from contracts.dataset import Dataset
from expectations.measuring.totals_among import totals_among
from expectations.rules.judged import Judged
from expectations.verdict import History
from tests.expectations.conftest import DAY, Bench

COLUMNS: dict[str, Any] = {
    "kecamatan": {"type": "text"}, "bulan": {"type": "date"}, "jenis": {"type": "text"}, "jumlah": {"type": "integer"},
}  # fmt: skip
RULE, MAY, JUNE = "total.jenis.kelas", date(2025, 5, 1), date(2025, 6, 1)
PLACES = ("Mojoroto", "Pesantren", "Kota")
CLASSES = ("NIB", "PBG", "Reklame")
Rows = list[dict[str, Any]]


def permits(bench: Bench, jenis: dict[str, Any] | None = None, more: dict[str, Any] | None = None, **contract: Any) -> Dataset:
    columns = COLUMNS | {"jenis": COLUMNS["jenis"] | (jenis or {})} | (more or {})
    return bench.dataset(columns, key=["kecamatan", "bulan", "jenis"], **contract)


def row(place: str, jenis: str, jumlah: int | None, bulan: date = JUNE, **more: Any) -> dict[str, Any]:
    return {"kecamatan": place, "bulan": bulan, "jenis": jenis, "jumlah": jumlah, **more}


def details() -> Rows:
    """Two months of three kecamatan, three kinds each; the figures of a place are 4k + 1, 4k + 2, 4k + 3."""
    return [
        row(place, jenis, 4 * nth + part, bulan)
        for bulan in (MAY, JUNE)
        for nth, place in enumerate(PLACES)
        for part, jenis in enumerate(CLASSES, start=1)
    ]


def of_june(label: str, wrong: int = 0) -> Rows:
    return [row(place, label, 12 * nth + 6 + wrong * (nth == 2)) for nth, place in enumerate(PLACES)]


@pytest.mark.parametrize(
    "label", ["Total Izin", "Total (NIB+PBG)", "Semua Izin", "Jumlah izin", "NIB + PBG + Reklame", "Keseluruhan izin", "SUB TOTAL izin"]
)
def test_a_class_that_states_the_sum_of_the_others_is_set_aside(bench: Bench, label: str) -> None:
    """Fails when the newest month is counted twice because its total has a word more than a total."""
    judged = bench.judge(permits(bench), [*details(), *of_june(label)])
    assert judged.aside == {number: [RULE] for number in (19, 20, 21)}
    assert judged.messages[19] == [
        f'Kolom jenis berisi "{label}"; seharusnya sebuah rincian, bukan jumlahnya. Angkanya di antara baris dengan kecamatan dan bulan yang sama tepat '
        "jumlah baris lain, sehingga semua jumlah menjadi ganda. Sebut di `rows` kontrak dengan `is: drop` bila memang jumlah, dengan `is: data` bila data."
    ]
    assert (judged.verdict.state, judged.verdict.closes, judged.result(RULE).rule) == ("accepted", True, "total")


@pytest.mark.parametrize(
    "rows",
    [
        [row(place, "Total Fertility Rate", 3) for place in PLACES], of_june("Semua Umur", wrong=1), of_june("Jumlah Penduduk", wrong=-1),
        of_june("Totalindo"), of_june("Reklame Total"), [row("Gampeng", "Total Izin", 14)],
    ],
    ids=["no sum", "no sum in one place", "an indicator", "a name", "a name at its end", "nothing beside it"],
)  # fmt: skip
def test_a_class_whose_figures_are_its_own_stays(bench: Bench, rows: Rows) -> None:
    """Fails when a thing vanishes because its name begins as a total does."""
    assert bench.judge(permits(bench), [*details(), *rows]).aside == {}


def test_rows_that_are_all_nought_prove_nothing(bench: Bench) -> None:
    assert bench.judge(permits(bench), [row("Kota", jenis, 0) for jenis in (*CLASSES, "Total Izin")]).aside == {}


def test_one_row_beside_it_is_no_proof(bench: Bench) -> None:
    """Fails when a shop is lost that sells as much as the only other one."""
    rows = [row("Kota", "Sinar", 5), row("Kota", "Total Jaya", 5), row("Pesantren", "Sinar", 7), row("Pesantren", "Total Jaya", 7)]
    assert bench.judge(permits(bench), rows).aside == {}


def test_every_figure_must_be_the_sum(bench: Bench) -> None:
    """Fails when a row is a total by one figure of two, or none where it leaves one of them empty."""
    dataset = permits(bench, more={"luas": {"type": "decimal"}})
    rows = [one | {"luas": "1.25"} for one in details()]
    found = [
        bench.judge(dataset, [*rows, *(one | {"luas": luas} for one in of_june("Total Izin"))]).broken for luas in ("3.75", None, "1.25")
    ]
    assert found == [{RULE: 3}, {RULE: 3}, {}]


def test_two_totals_of_one_group_are_both_known(bench: Bench) -> None:
    """Fails when each keeps the other from adding up, or a class that is called so is left out of the sum it is a part of."""
    rows = [*details(), *of_june("Semua Izin"), *of_june("Total Izin")]
    assert set(bench.judge(permits(bench), rows).aside) == set(range(19, 25))
    named = [row("Kota", "Total Jaya", 4), row("Kota", "Sinar", 2), row("Kota", "Total toko", 6)]
    assert set(bench.judge(permits(bench), named).aside) == {3}


def test_what_cannot_be_read_or_stands_twice_proves_nothing(bench: Bench) -> None:
    """Fails when one unreadable figure of one place lets the totals of all places in."""
    rows = [*details(), *of_june("Total Izin")]
    rows[9] |= {"jumlah": None, "_cacat": {"jumlah": "satu"}}
    assert [number for number, ids in bench.judge(permits(bench), rows).aside.items() if RULE in ids] == [19, 20, 21]
    twice = [*details(), *of_june("Total Izin"), row("Kota", "NIB", 99)]
    assert [number for number, ids in bench.judge(permits(bench), twice).aside.items() if RULE in ids] == [19, 20, 21]
    alone = [*details(), *of_june("Total Izin"), row("Gampeng", "Total Izin", 14)]
    assert set(bench.judge(permits(bench), alone).aside) == {19, 20, 21}


@pytest.mark.parametrize(
    "contract",
    [
        {"jenis": {"in": [*CLASSES, "Total Izin"]}}, {"checks": [{"rule": "in_set", "column": "jenis", "values": [*CLASSES, "Total Izin"]}]},
        {"jenis": {"from": "Jenis"}, "rows": [{"is": "data", "where": {"Jenis": "^Total"}}]}, {"rows": [{"is": "data", "where": {"jenis": "Izin$"}}]},
        {"rows": [{"is": "total", "where": {"jenis": "^JUMLAH$"}, "of": ["jumlah"]}]},
        {"rows": [{"is": "drop", "where": {"jenis": "^TOTAL$"}, "why": "uji"}]},
    ],
    ids=["listed", "in a set", "data by its header", "data by its column", "a rule for totals", "totals are dropped"],
)  # fmt: skip
def test_what_the_contract_says_of_such_a_label_counts(bench: Bench, contract: dict[str, Any]) -> None:
    """Fails when nothing an author writes lets the row be loaded, or two rules judge one label."""
    assert bench.judge(permits(bench, **contract), [*details(), *of_june("Total Izin")]).aside == {}


def test_a_rule_for_totals_that_does_not_see_a_label_does_not_speak_of_it(bench: Bench) -> None:
    """Fails when a rule for JUMLAH is enough for `Semua Izin` to be counted twice."""
    rules = [
        {"is": "total", "where": {"jenis": "^JUMLAH$"}, "of": ["jumlah"]},
        {"is": "total", "where": {"kecamatan": "^TOTAL$"}, "of": ["jumlah"]},
    ]
    assert len(bench.judge(permits(bench, rows=rules), [*details(), *of_june("Semua Izin")]).aside) == 3
    assert len(bench.judge(permits(bench, rows=rules[1:]), [*details(), *of_june("Total Izin")]).aside) == 3


def test_a_table_of_one_key_column_is_one_group(bench: Bench) -> None:
    dataset = bench.dataset({"n": {"type": "integer"}})
    judged = bench.judge(dataset, [{"id": "a", "n": 1}, {"id": "b", "n": 2}, {"id": "Jumlah desa", "n": 3}])
    assert judged.messages[3] == [
        'Kolom id berisi "Jumlah desa"; seharusnya sebuah rincian, bukan jumlahnya. Angkanya tepat jumlah baris lain, sehingga semua jumlah menjadi ganda. '
        "Sebut di `rows` kontrak dengan `is: drop` bila memang jumlah, dengan `is: data` bila data."
    ]


def test_a_batch_without_such_a_label_is_not_summed(bench: Bench) -> None:
    """Fails when every batch pays for what almost none holds."""
    dataset = permits(bench)
    table = bench.stage(dataset, [*details(), row("Kota", "Totalindo", 6)])
    assert totals_among(bench.conn, Judged(dataset, table, DAY, History())) is None
    assert bench.conn.execute("select to_regclass(%s)", [table.replace(".b_", ".t_")]).fetchone() == (None,)
