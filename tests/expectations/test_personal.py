"""Prevents somebody's number from being published in a remark, from being repeated by whoever finds it, and a sum from being taken for it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.expectations.conftest import Bench

NIK = "3571021708900003"
FOUND = {
    "nik": f"a.n. Siti {NIK}", "woman": "3571025708900003", "only": NIK, "last of february": "3571022902960001", "in groups": "3571 0217 0890 0003",
    "by parts": "35.71.02.170890.0003", "with dashes": "357102-170890-0003", "second number": f"1234567890123456 dan {NIK}", "after a colon": f"NIK:{NIK}.",
    "mobile": "hub. 0812-3456-7890", "mobile plain": "081234567890", "mobile abroad": "+62 812 3456 7890", "wa": "wa.me/6281234567890",
    "a figure's zero": f"{NIK}.0", "with commas": "3571,0217,0890,0003", "with slashes": "357102/170890/0003", "underlined": "3571_021708900003",
    "with dots in the middle": "3571·02·170890·0003", "with spaces around": "3571 - 0217 - 0890 - 0003", "a list": f"1234567890123456,{NIK}",
    "full width": "３５７１０２１７０８９００００３", "arabic": "٣٥٧١٠٢١٧٠٨٩٠٠٠٠٣", "mobile full width": "０８１２３４５６７８９０",
    "mobile as in a link": "6281234567890", "mobile of a link in groups": "62812.3456.7890", "mobile in brackets": "(0812) 34567890",
    "mobile abroad in brackets": "+62 (812) 3456-7890", "email spelt out": "siti.aminah[at]contoh.com",
    "email with a dot spelt out": "siti.aminah (AT) contoh (dot) co.id",
    "email apart": "siti.aminah @ contoh.com", "email full width": "siti.aminah＠contoh.com",
    "email": "siti.aminah@contoh.co.id", "email in text": "kirim ke <a_b+c@x-y.com>",
}  # fmt: skip
NOBODY = {
    "sum": "1234567890123456", "sum of rupiah": f"Rp{NIK}", "rupiah with space": f"Rp {NIK}", "thousands": "3.571.021.708.900.003", "decimals": f"{NIK},50",
    "unknown region": "9971021708900003", "no kecamatan": "3571001708900003", "no such day": "3571023102900003", "no such month": "3571021713900003",
    "no leap year": "3571022902950001", "no serial": "3571021708900000", "longer": f"{NIK}7", "shorter": NIK[:-1], "landline": "(0354) 682345",
    "number with 08": "2081234567890", "amount": "Rp 6281234567890", "thousands of 62": "628.123.456.789",
    "amount with decimals": "628123456789,50", "years": "1971,1981,1991,2001", "price": "5 dus @ 10.kg", "letter": "nomor 081/45/435.100/2024",
    "in brackets": "air (m3) dan (km) 12", "money in full width": "Ｒｐ１２３４５６７８９０１２３４５６",
    "date": "2008-08-17 08:12:34", "phone is no nik": "0354682345682345",
    "at": "harga @ 5000", "handle": "@dinkes", "code": "61.05.08.1234", "empty": "", "decimal": "0,812345678901",
}  # fmt: skip


@pytest.fixture(autouse=True)
def region(bench: Bench) -> None:
    bench.conn.execute(
        """insert into ops.reference_item (reference, code, name, level) values ('wilayah', '35.71', 'Kota Kediri', 'kabupaten_kota')
           on conflict do nothing"""
    )


def found_in(bench: Bench, texts: dict[str, str], **check: Any) -> set[str]:
    checks = [{"rule": "personal_data", "severity": "quarantine", **check}]
    judged = bench.judge(bench.dataset({"t": {"type": "text"}}, key=["t"], checks=checks), [{"t": text} for text in texts.values()])
    return {name for number, name in enumerate(texts, start=1) if number in judged.aside}


def test_finds_whom_a_text_names(bench: Bench) -> None:
    assert set(FOUND) - found_in(bench, FOUND) == set()


def test_takes_no_sum_and_no_office_for_a_person(bench: Bench) -> None:
    assert found_in(bench, NOBODY) == set()


def test_a_batch_that_names_somebody_is_refused(bench: Bench) -> None:
    """The columns that may hold it are looked at, those declared and those not asked about are not."""
    columns = {"t": {"type": "text"}, "u": {"type": "text"}, "nik": {"type": "text", "pribadi": "nik"}, "n": {"type": "integer"}}
    rows = [{"t": NIK, "u": "x@yz.go.id", "nik": NIK, "n": 1}, {"t": "aman", "u": "aman", "nik": NIK, "n": 7}]
    judged = bench.judge(bench.dataset(columns, checks=[{"rule": "personal_data"}]), rows)
    assert (judged.verdict.state, judged.broken) == ("failed", {"personal_data": 1})
    message = "1 dari 2 baris, pertama baris 1: Baris memuat NIK atau nomor KK di kolom t, alamat surel di kolom u; seharusnya tanpa data pribadi."
    assert judged.result("personal_data").message == message
    rows[1]["n"] = int(NIK)
    judged = bench.judge(bench.dataset(columns, checks=[{"rule": "personal_data", "columns": ["n"]}]), rows)
    assert judged.broken == {"personal_data": 1, "personal_data.kontak_orang": 1, "personal_data.n": 1}


@pytest.mark.parametrize("kind", ["integer", "decimal", "percent", "latitude", "longitude"])
def test_a_figure_that_is_somebodys_number_is_refused(bench: Bench, kind: str) -> None:
    """Prevents a NIK from being published by a column of numbers; sums as long as one, and longer, are figures."""
    columns = {"t": {"type": "text"}, "n": {"type": kind}}
    sums = [{"n": 1234567890123456}, {"n": int(NIK) * 10}, {"n": -int(NIK)}, {"n": 7}, {"n": None}]
    judged = bench.judge(bench.dataset(columns), [{"t": str(number), **row} for number, row in enumerate(sums)])
    assert {rule for rule in judged.broken if rule.startswith("personal")} == set()
    judged = bench.judge(bench.dataset(columns), [{"t": "a", "n": 7}, {"t": "b", "n": int(NIK)}])
    assert (judged.verdict.state, judged.broken["personal_data"]) == ("failed", 1)
    assert NIK not in str(judged.result("personal_data").message)
    assert "NIK atau nomor KK di kolom n" in str(judged.result("personal_data").message)


def test_nobody_need_ask_for_it(bench: Bench) -> None:
    """A NIK refuses the batch; a number that may be an office's sets its row aside, the others come in."""
    columns = {"t": {"type": "text"}, "hp": {"type": "text", "pribadi": "telepon"}, "n": {"type": "integer"}}
    rows = [
        {"t": "Puskesmas Pule (081234567890)"},
        {"t": "Puskesmas Tugu (0355) 791234", "hp": "081234567890"},
        {"_cacat": {"n": "x@yz.go.id"}},
    ]
    judged = bench.judge(bench.dataset(columns), rows)
    assert judged.verdict.state == "accepted"
    assert judged.aside == {1: ["personal_data.kontak_orang"], 3: ["castable.n", "personal_data.kontak_orang"]}
    assert judged.messages[1] == [
        "Baris memuat nomor telepon di kolom t; seharusnya tanpa data pribadi (bila itu kontak kantor, kontrak menyebut kolomnya dalam aturan personal_data)."
    ]
    judged = bench.judge(bench.dataset(columns), [*rows, {"t": f"a.n. Siti {NIK}"}])
    assert (judged.verdict.state, judged.broken["personal_data"]) == ("failed", 1)


def test_a_contract_says_where_offices_are_called(bench: Bench) -> None:
    """The column it names is left to its own check; a NIK is nobody's office."""
    checks = [{"rule": "personal_data", "columns": ["kontak"], "severity": "warn"}]
    columns = {"t": {"type": "text"}, "kontak": {"type": "text"}}
    rows = [{"t": "Dinas A", "kontak": "081234567890"}, {"t": "Dinas B, 081234567890", "kontak": "dinas@contoh.id"}]
    judged = bench.judge(bench.dataset(columns, checks=checks), rows)
    assert (judged.verdict.state, judged.aside) == ("accepted", {2: ["personal_data.kontak_orang"]})
    judged = bench.judge(bench.dataset(columns, checks=checks), [*rows, {"t": "Dinas C", "kontak": NIK}])
    assert (judged.verdict.state, judged.broken["personal_data"]) == ("failed", 1)
    judged = bench.judge(bench.dataset(columns, checks=[{"rule": "personal_data", "severity": "warn"}]), [{"t": NIK, "kontak": NIK}])
    assert (judged.verdict.state, judged.broken) == ("accepted", {"personal_data": 1})


@pytest.mark.parametrize("name", FOUND)
def test_no_rule_repeats_what_it_finds(bench: Bench, name: str) -> None:
    """Not in a sentence on the row, not in the ledger, not in the words over the batch; whatever rule looks at the cell."""
    columns = {"t": {"type": "text"}, "n": {"type": "integer"}, "kode": {"type": "wilayah", "level": "kecamatan"}}
    checks = [
        {"rule": "personal_data", "severity": "quarantine"}, {"rule": "regex", "column": "t", "pattern": "^aman$"},
        {"rule": "unique", "columns": ["t"]}, {"rule": "in_set", "column": "t", "values": ["aman"]}, {"rule": "junk", "columns": ["t"]},
        {"rule": "range", "column": "n", "range": [0, 9]},
    ]  # fmt: skip
    rows = [{"t": FOUND[name], "n": int(NIK), "kode": FOUND[name]}, {"t": FOUND[name], "_cacat": {"n": FOUND[name]}}]
    judged = bench.judge(bench.dataset(columns, checks=checks), rows)
    assert set(judged.aside) == {1, 2}
    said = f"{judged.messages} {judged.verdict.message} " + " ".join(f"{r.observed} {r.message}" for r in judged.verdict.results)
    secrets = [part for part in ("7089", "1708", "0890", "3456", "aminah", "a_b", "2902") if part in FOUND[name]]
    assert [part for part in secrets if part in said.replace("1234567890123456", "")] == []


def test_the_place_of_a_row_is_told_without_the_number_in_it(bench: Bench) -> None:
    """A row that a header speaks of stands at that header: whoever is named there is named in every sentence on the row."""
    place = f"baris 2 kolom S {NIK}"
    judged = bench.judge(bench.dataset({"n": {"type": "integer", "range": [0, 9]}}), [{"n": 10, "_lokasi": place}])
    assert (
        judged.result("range.n").message
        == "1 dari 1 baris, pertama baris 2 kolom S (disamarkan): Kolom n berisi 10; seharusnya antara 0 dan 9."
    )
    assert NIK not in f"{judged.verdict.message} {judged.messages}"


@pytest.mark.parametrize("kind", ["wilayah", "code", "unreadable"])
def test_finds_whom_a_code_or_an_unreadable_cell_names(bench: Bench, kind: str) -> None:
    """Such a text would wait for a code in a list that people read, or stand in the file of rows set aside."""
    column = {
        "wilayah": {"type": "wilayah", "level": "kecamatan"},
        "code": {"type": "code", "reference": "komoditas"},
        "unreadable": {"type": "integer"},
    }
    dataset = bench.dataset(
        {"k": column[kind], "d": {"type": "integer", "pribadi": "telepon"}}, checks=[{"rule": "personal_data", "severity": "quarantine"}]
    )
    text = f"Mojoroto HP {FOUND['mobile plain']}"
    rows = [{"k": text}, {"k": None}] if kind != "unreadable" else [{"_cacat": {"k": text}}, {"_cacat": {"d": text}}]
    judged = bench.judge(dataset, rows)
    assert [row for row, rules in judged.aside.items() if "personal_data" in rules] == [1]


FIGURES = ["112.0812345678901", "-7.0812345678", "0.1234567890123456", "62.08123456789", "628123456789.5"]


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_is_told_whole(bench: Bench, figure: str) -> None:
    checks = [{"rule": "range", "column": "m", "range": [10000000000000, None]}]
    judged = bench.judge(bench.dataset({"m": {"type": "decimal"}}, checks=checks), [{"m": figure}])
    assert figure.replace(".", ",") in judged.messages[1][0]


def test_a_region_that_joins_the_list_is_found_in_rows_judged_before(bench: Bench) -> None:
    """The rule asks the list, so it is asked about every row, also where only news is judged."""
    from expectations.rules.judged import Judged
    from expectations.rules.of_contract import rules_of

    dataset = bench.dataset({"t": {"type": "text"}}, checks=[{"rule": "personal_data", "severity": "quarantine"}])
    judged = Judged(dataset, "staging_load.b_1", bench.run_date, bench.history, news="staging_load.n_1")
    (rule,) = (rule for rule in rules_of(judged) if rule.rule == "personal_data")
    assert judged.place(rule) == "staging_load.b_1"
