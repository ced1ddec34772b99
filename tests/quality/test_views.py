"""Prevents a reviewer from seeing a wrong, an unexplained or a personal thing where the checks are shown."""

from __future__ import annotations

from datetime import date

import psycopg
import pytest

from tests.quality.conftest import FIRST, NAME, NIK, City

VIEWS = "select c.relname from pg_class c where c.relnamespace = 'quality'::regnamespace and c.relkind = 'v' order by 1"


def test_every_view_and_every_column_is_explained(module_database) -> None:
    """A view added without a word about its columns is found here."""
    with module_database.connect("owner") as conn:
        silent = conn.execute(
            """select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
               where c.relnamespace = 'quality'::regnamespace and c.relkind = 'v' and a.attnum > 0
                 and (col_description(c.oid, a.attnum) is null or obj_description(c.oid) is null)"""
        ).fetchall()
    assert silent == []


@pytest.mark.parametrize("role", ["portal", "steward", "owner"])
def test_who_may_read_them(module_database, role: str) -> None:
    with module_database.connect(role) as conn:
        views = [name for (name,) in conn.execute(VIEWS).fetchall()]
        assert len(views) >= 9
        for name in views:
            conn.execute(f"select * from quality.{name} limit 1".encode())


def test_readers_of_figures_may_not(module_database) -> None:
    with module_database.connect("bi_reader") as conn, pytest.raises(psycopg.errors.InsufficientPrivilege):
        conn.execute("select * from quality.putaran")


def test_nothing_personal_is_shown_anywhere(city: City) -> None:
    """A column classed as personal, and a NIK in a column that should hold none: neither name nor number leaves, in no view."""
    for (name,) in city.ask(VIEWS):
        shown = city.ask(f"select coalesce(string_agg(v::text, ' '), '') from quality.{name} v")[0][0]
        assert NAME not in str(shown), name
        assert NIK not in str(shown), name
    assert city.ask("select raw ->> 'pencatat' from ops.quarantined_row where raw ? 'pencatat'") == [(NAME,)]  # it is there to be hidden


def test_the_name_of_a_file_or_a_sheet_tells_nobodys_number(module_database) -> None:
    """An agency calls a file after the person it is about; its report says which file, and goes to others."""
    place = f"Sheet {NIK} baris 7"
    with module_database.connect("owner") as conn:
        conn.execute(
            """insert into ops.fetch (dataset, penerbit, url, file_name, outcome, run_date, started_at, ended_at, bytes)
               values ('x.y.z', '', 'u', %s, 'new', '2026-06-01', '2026-06-01', '2026-06-01', 1)""", [f"data_{NIK}.xlsx"],
        )  # fmt: skip
        conn.execute(
            """insert into ops.batch (batch_id, dataset, content_sha256, contract_sha256, code_version, state, read, fetched, accepted, unchanged, quarantined,
               fetched_at, judged_at) values (1, 'x.y.z', '', '', '', 'accepted', 1, 1, 0, 0, 1, '2026-06-01', '2026-06-01')"""
        )
        conn.execute("insert into ops.batch_fetch (batch_id, fetch_id, halaman) select 1, fetch_id, 1 from ops.fetch")
        conn.execute(
            "insert into ops.quarantined_row (batch_id, lokasi, key, raw, rule_ids, messages) values (1, %s, '{}', '{}', '{a}', '{b}')",
            [place],
        )
        told = conn.execute("select berkas, tempat, lembar, baris_ke from quality.baris_dikarantina").fetchone()
        conn.rollback()
    assert told == ("data_(disamarkan).xlsx", "Sheet (disamarkan) baris 7", "Sheet (disamarkan)", 7)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"NIK {NIK}.", "NIK (disamarkan)."), ("35.71.01 410790 0001", "(disamarkan)"), ("a.b@c.go.id", "(disamarkan)"), ("0812-3456-7890", "(disamarkan)"),
        ("+62 812 3456 7890", "(disamarkan)"), ("3571014113900001", "3571014113900001"), ("12000", "12000"), ("2026-06-01", "2026-06-01"),
        ("35.71.01.1001", "35.71.01.1001"),
        (f"NIK{NIK}", "NIK(disamarkan)"), (f"{NIK}x", "(disamarkan)x"), ("0812.3456.7890", "(disamarkan)"), ("wa.me/6281234567890", "wa.me/(disamarkan)"),
        ("081234567890a", "(disamarkan)a"), ("112.0812345678", "112.0812345678"), ("-7.0812345678", "-7.0812345678"),
        ("1.081.234.567.890", "1.081.234.567.890"), ("Rp 3.571.014.107.900.001", "Rp 3.571.014.107.900.001"),
    ],
)  # fmt: skip
def test_what_is_masked(city: City, text: str, shown: str) -> None:
    """A number with an impossible month is no NIK; codes, dates and figures stay."""
    assert city.conn.execute("select quality.samarkan(%s)", [text]).fetchone() == (shown,)


def test_the_last_run_of_every_publisher(city: City) -> None:
    assert city.ask(
        "select dataset, penerbit, putusan, calon, diterima, tetap, karantina, perlu_tindakan from quality.putaran order by 1, 2"
    ) == [
        ("uji.dagang.harga", "", "diterima", 2, 0, 1, 1, True),
        ("uji.dagang.jalan", "", "gagal dinilai", 0, 0, 0, 0, True),
        ("uji.sosial.miskin", "", "ditahan", 2, 0, 2, 0, True),
        ("uji.sosial.profil", "35.71.01.1001", "diterima", 2, 2, 0, 0, False),
        ("uji.sosial.profil", "35.71.02.1008", "gagal diambil", 0, 0, 0, 0, True),
    ]
    assert all(sentence for (sentence,) in city.ask("select kalimat from quality.putaran"))


def test_how_old_the_data_is(city: City) -> None:
    """In working days: 2 June 2026 is a Tuesday; a source that answers without news ages."""

    def at(day: date) -> list[tuple[object, ...]]:
        return city.ask("select umur_hari, keadaan from quality.kesegaran where dataset = 'uji.dagang.harga'", day)

    assert at(FIRST) == [(0, "segar")]
    assert at(date(2026, 6, 8))[0][1] == "perlu perhatian"
    assert at(date(2026, 6, 30))[0][1] == "lewat batas"
    assert city.ask("select keadaan from quality.kesegaran where penerbit = '35.71.02.1008'") == [("belum pernah",)]


def test_who_is_missing(city: City) -> None:
    assert city.ask("select penerbit, periode_dari, keadaan, kurang from quality.kelengkapan order by 1") == [
        ("35.71.01.1001", date(2025, 1, 1), "ada", False),
        ("35.71.02.1008", date(2025, 1, 1), "belum ada", True),
    ]


def test_the_scorecard_of_an_agency(city: City) -> None:
    (row,) = city.ask(
        """select produsen, dataset, pengambilan, gagal_diambil, batch_dinilai, batch_gagal, batch_ditahan, baris_sah, baris_dikarantina, persen_sah, tren
           from quality.rapor_opd where opd = 'dagang'"""
    )
    assert row[:9] == ("Dinas Perdagangan", 2, 4, 0, 4, 1, 0, 4, 1)
    assert (float(row[9]), row[10]) == (80.0, None)


def test_evidence_for_epss(city: City) -> None:
    found = dict(city.ask("select kode_indikator, bukti from quality.bukti_epss"))
    assert len(found) == 38
    assert found["30201"] == "8 dari 10 pengambilan tersimpan dengan sidik berkasnya."
    assert found["40201"] == "Dibuktikan dengan dokumen di luar gudang data."
    assert found["10101"] == "1 dari 2 data terdaftar memiliki Standar Data lengkap."
    assert found["10201"] == "0 dari 2 data terdaftar memiliki metadata statistik lengkap."
    assert len(city.ask("select 1 from quality.bukti_epss where ada_bukti")) == 18


def test_what_metadata_is_missing(city: City) -> None:
    """Field by field, and which form it belongs to."""
    assert city.ask("select kode_data, bagian, isian, produsen from quality.kekurangan_metadata order by 1, 2, 3") == [
        ("D-1", "MS-Var", "ms_var", "Dinas Sosial"),
        ("D-2", "MS-Ind", "ms_ind", "Dinas Perdagangan"),
        ("D-2", "Standar Data", "satuan", "Dinas Perdagangan"),
    ]


def test_a_finding_grows_old(city: City) -> None:
    """What was found last night is new; the same finding of an earlier night is not."""
    assert set(city.ask("select dataset, baru_atau_lama from quality.temuan where keparahan <> 'warn'")) == {
        ("uji.dagang.harga", "baru"), ("uji.dagang.jalan", "baru"), ("uji.sosial.miskin", "baru"), ("uji.sosial.profil", "lama"),
    }  # fmt: skip


def test_a_source_that_is_down_is_one_finding_however_long(city: City) -> None:
    """Two nights without an answer are one cause since the first of them, and say what was answered."""
    ((kind, since, times, told),) = city.ask("select keparahan, sejak, kali, pesan from quality.temuan where aturan = 'ambil'")
    assert (kind, since, times) == ("source", FIRST, 2)
    assert str(told).startswith("Sumber tidak dapat diambil sejak 1 Juni 2026: ")


def test_data_that_is_late_is_a_finding_once_its_day_has_passed(city: City) -> None:
    """By its own limit, in working days; not while a finding says already why nothing comes."""
    asked = "select dataset, pesan from quality.temuan where aturan = 'segar'"
    assert city.ask(asked, date(2026, 6, 8)) == []
    ((dataset, told),) = city.ask(asked, date(2026, 6, 30))
    assert dataset == "uji.dagang.harga"
    assert told == "Data baru terakhir masuk 1 Juni 2026, 20 hari kerja yang lalu; batasnya 5."


def test_missing_metadata_is_a_finding_per_data_item(city: City) -> None:
    assert city.ask("select dataset, pesan from quality.temuan where keparahan = 'metadata' order by 1") == [
        ("uji.dagang.jalan", "Isian Standar Data dan Metadata untuk data D-2 belum diserahkan: satuan, ms_ind."),
        ("uji.sosial.miskin", "Isian Standar Data dan Metadata untuk data D-1 belum diserahkan: ms_var."),
    ]


def test_limits_are_told_without_a_tail_of_zeros(city: City) -> None:
    (row,) = city.ask("select peringatan_hari::text, batas_hari::text from quality.kesegaran where dataset = 'uji.dagang.harga'")
    assert row == ("1", "5")
