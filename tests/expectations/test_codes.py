"""Prevents an unknown region from stopping a batch, and from passing as known."""

from __future__ import annotations

from tests.expectations.conftest import Bench

REGIONS = [
    ("61", "Kalimantan Barat", "provinsi", None), ("61.05", "Kabupaten Sintang", "kabupaten_kota", "61"),
    ("61.05.01", "Sintang", "kecamatan", "61.05"), ("61.05.02", "Tempunak", "kecamatan", "61.05"), ("35", "Jawa Timur", "provinsi", None),
]  # fmt: skip


def regions(bench: Bench) -> None:
    for code, name, level, parent in REGIONS:
        bench.conn.execute(
            "insert into ops.reference_item (reference, code, name, level, parent) values ('wilayah', %s, %s, %s, %s) on conflict do nothing",
            [code, name, level, parent],
        )
        bench.conn.execute(
            "insert into ops.reference_form (reference, level, form, code) values ('wilayah', %s, ops.normal_name(%s), %s) on conflict do nothing",
            [level, name, code],
        )


def test_rows_without_a_known_code_wait_and_are_accepted(bench: Bench) -> None:
    regions(bench)
    dataset = bench.dataset({"kode": {"type": "wilayah", "level": "kecamatan", "within": "61.05"}})
    texts = ["Tempunak", "tempunak", "61.05.01", "Atlantis", "Atlantis", "61.05.99", None]
    judged = bench.judge(dataset, [{"kode": text} for text in texts])
    assert (judged.verdict.state, judged.aside, judged.broken) == ("accepted", {}, {"code.kode": 3})
    result = judged.result("code.kode")
    assert (result.checked, result.severity, result.source) == (6, "warn", "gx")
    assert result.observed == "61.05.99; atlantis"
    assert result.expectation_type == "expect_column_codes_to_be_known"


def test_a_code_whose_list_is_not_loaded_passes_with_a_warning_of_its_own(bench: Bench) -> None:
    """Nothing is loaded below Jawa Timur here: 35.71.01 may be right."""
    regions(bench)
    judged = bench.judge(bench.dataset({"kode": {"type": "wilayah"}}), [{"kode": "35.71.01"}, {"kode": "61.05.01"}])
    assert judged.broken == {"code_unchecked.kode": 1}
    assert judged.result("code_unchecked.kode").observed == "35.71.01"


def test_a_text_of_a_personal_column_is_not_repeated(bench: Bench) -> None:
    """A village somebody lives in, under a column that says it is an address."""
    regions(bench)
    dataset = bench.dataset({"kode": {"type": "wilayah", "level": "kecamatan", "within": "61.05", "pribadi": "alamat"}})
    judged = bench.judge(dataset, [{"kode": "Jalan Mawar 7"}, {"kode": "Jalan Melati 8"}])
    assert judged.broken == {"code.kode": 2}
    assert "Jalan" not in f"{judged.result('code.kode')}"
    assert judged.result("code.kode").observed == "(disamarkan)"


def test_a_reference_column_is_resolved_in_its_list(bench: Bench) -> None:
    bench.conn.execute(
        "insert into ops.reference_item (reference, code, name) values ('komoditas', 'beras', 'Beras') on conflict do nothing"
    )
    bench.conn.execute(
        "insert into ops.reference_form (reference, level, form, code) values ('komoditas', '', 'beras', 'beras') on conflict do nothing"
    )
    judged = bench.judge(
        bench.dataset({"barang": {"type": "code", "reference": "komoditas"}}), [{"barang": "Beras"}, {"barang": "it's 100% :x \\d"}]
    )
    assert judged.broken == {"code.barang": 1}
    assert judged.result("code.barang").observed == "it's 100% :x \\d"


def test_a_code_without_dots_among_dotted_ones_is_of_the_other_system(bench: Bench) -> None:
    """6105010001 is a desa by BPS, and another one by Kemendagri; where nobody writes dots it is how the agency writes."""
    dataset = bench.dataset({"kode": {"type": "wilayah", "system": "kemendagri"}})
    dotted = [{"kode": f"35.71.01.{1001 + number}"} for number in range(12)]
    judged = bench.judge(dataset, [*dotted, {"kode": "3571011013"}])
    assert judged.aside == {13: ["code.kode.tulisan"]}
    assert judged.messages[13] == ['Kolom kode berisi "3571011013"; seharusnya kode bertitik seperti baris lain; tanpa titik itu kode BPS.']
    assert bench.judge(dataset, [{"kode": row["kode"].replace(".", "")} for row in dotted]).aside == {}
    assert bench.judge(dataset, [*dotted[:8], {"kode": "3571011013"}]).aside == {}


def test_one_region_spelt_in_several_ways_has_one_figure(bench: Bench) -> None:
    """Each was accepted, and one of the figures was published by chance. Who says the same twice is believed, and so is each other region."""
    regions(bench)
    columns = {"kode": {"type": "wilayah", "level": "kecamatan", "within": "61.05"}, "jenis": {"type": "text"}, "n": {"type": "integer"}}
    dataset = bench.dataset(columns, key=["kode", "jenis"])
    said = [("Sintang", 12), ("SINTANG", 15), ("Kec. Sintang", 99), ("61.05.01", 44), ("Tempunak", 7), ("61.05.02", 7), ("Atlantis", 1)]
    judged = bench.judge(
        dataset,
        [{"id": "1", "kode": kode, "jenis": "a", "n": n} for kode, n in said] + [{"id": "1", "kode": "61.05.01", "jenis": "b", "n": 5}],
    )
    assert judged.aside == {row: ["unique.kode_jenis.ejaan"] for row in (1, 2, 3, 4)}
    assert judged.messages[1] == [
        'Kunci kode "Sintang", jenis "a"; seharusnya hanya dipakai satu baris, bagaimanapun nama atau kodenya dieja. '
        "Juga di baris 2, baris 3, baris 4, dengan ejaan lain."
    ]
