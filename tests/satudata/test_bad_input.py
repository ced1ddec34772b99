"""Prevents bad input from harming anything: whatever a site, an office or an attacker puts at an address, a run ends with a verdict in the
ledger and a sentence that names the file and the next step; what is in `raw` and `mart` stands, nothing is left behind, memory stays small.

The tables come first: case, error class, what was at the address, words of the sentence; refused is exit code 1 and state `failed` where
nothing else is said. `satudata run` itself plays each of them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.satudata import bad_input_files as f
from tests.satudata.bad_input_ground import Case, Ground, Played
from tests.satudata.bad_input_kinds import (
    ASCII,
    DECLARED,
    INBOX,
    LAST,
    LINKED,
    LOCKED,
    NAMED,
    ONE,
    PRICES,
    REGIONS,
    STRICT,
    TEXTS,
    TOTAL,
    UNTIL_EMPTY,
    file,
    site,
)
from tests.servers.hostile import dead_host

MOST_MB = 600

CASES = [
    site("host_mati", "/data.csv", "HostUnreachable", "/data.csv", "sambungan ditolak", "jalankan lagi", ALAMAT_UJI=dead_host()),
    site("status_404", "/status/404", "HttpStatusError", "/status/404", "404", "peramban"),
    site("status_500", "/status/500", "HttpStatusError", "/status/500", "500", "jalankan lagi nanti"),
    site("diam", "/silent", "FetchTimeout", "/silent", "Jalankan lagi", SATUDATA_TIMEOUT="0.3"),
    site("menetes", "/drip", "FetchTimeout", "/drip", "Jalankan lagi", SATUDATA_TOTAL_TIMEOUT="1"),
    site("judul_menetes", "/drip-headers", "FetchTimeout", "/drip-headers", "Jalankan lagi", SATUDATA_TOTAL_TIMEOUT="1"),
    site("berputar", "/loop", "TooManyRedirects", "/loop", "url"),
    site("halaman_galat", "/error-page", "ErrorPage", "/error-page", "Situs sedang dalam perbaikan", "peramban"),
    site("halaman_masuk", "/login", "ErrorPage", "/login", "Masuk | Portal Data", "peramban"),
    site("terputus", "/truncated", "TruncatedDownload", "/truncated", "Jalankan lagi"),
    site("potongan_terputus", "/chunked-cut", "TruncatedDownload", "/chunked-cut", "Jalankan lagi"),
    site("bom_gzip", "/gzip-bomb/400", "TooLarge", "/gzip-bomb/400", "SATUDATA_MAX_BYTES", SATUDATA_MAX_BYTES="100000000"),
    site("satu_gigabyte_kosong", "/nothing/1000", "TooLarge", "/nothing/1000", "SATUDATA_MAX_BYTES"),
    site("mengaku_gigabyte", "/nothing/1000/declared", "TooLarge", "/nothing/1000/declared", "SATUDATA_MAX_BYTES"),
    site("ke_berkas_lokal", "/to/302?url=file:///etc/passwd", "UnsafeUrl", "file:///etc/passwd", "http(s)"),
    site("bukan_http", "/not-http", "HostUnreachable", "/not-http", "Periksa"),
    site("sandi_tak_diminta", "/packed/br", "HostUnreachable", "/packed/br", "Periksa"),
    site("tanpa_kredensial", "/data.csv", "CredentialsMissing", "/data.csv", "kunci_uji", "Isi", kind=LOCKED),
    site("halaman_kurang", "/pages-short", "IncompletePages", "pages-short", "23 dari 30", "source.pages", kind=DECLARED),
    site("halaman_lebih", "/pages-long", "MoreThanDeclared", "pages-long", "23", "source.pages", kind=DECLARED),
    site("halaman_bolong", "/pages-hole", "IncompletePages", "pages-hole", "source.pages", kind=LAST),
    site("halaman_galat_kedua", "/pages-page", "ErrorPage", "pages-page", "504", kind=LAST),
    site("halaman_rusak", "/pages-broken", "BadJson", "pages-broken", "hubungi", kind=LAST),
    site("halaman_sama", "/pages-same", "RepeatedPages", "pages-same", "source.pages", kind=UNTIL_EMPTY),
    site("halaman_tanpa_akhir", "/pages-endless", "TooLarge", "pages-endless", kind=UNTIL_EMPTY, SATUDATA_MAX_BYTES="1000"),
    site("tautan_memutar", "/link-loop", "RepeatedPages", "link-loop", "source.pages", kind=LINKED),
    site("tautan_keluar", "/link-away?to=http://lain.invalid/data", "UnsafeUrl", "lain.invalid", "situs lain", kind=LINKED),
    site("tautan_lokal", "/link-away?to=file:///etc/passwd", "UnsafeUrl", "file:///etc/passwd", kind=LINKED),
    file("kosong", "EmptyFile", lambda: b"", "unggah"),
    file("hanya_spasi", "EmptyFile", lambda: b" \r\n\t\n" * 1000, "unggah"),
    file("hanya_judul", "ZeroRows", lambda: b"kode;tanggal;harga\n", "baris data", "unggah"),
    file("nol_rekaman", "ZeroRows", lambda: f.document([]), as_="data.json", kind=ONE),
    file("gambar", "WrongFormat", lambda: b"\x89PNG\r\n\x1a\n" + bytes(64), "gambar PNG"),
    file("nul_di_awal", "WrongFormat", lambda: f.with_rows(("k\x0090", "1 Juni 2026", "5\x0000")), "biner"),
    file("surat", "WrongFormat", lambda: b"%PDF-1.7\n" + bytes(64), "PDF"),
    file("cadangan_sql", "MissingColumn", lambda: b"create table harga (kode text);\ninsert into harga values ('x');\n" * 99),
    file("zip_keluar_folder", "WrongFormat", lambda: f.archive("../../../../tmp/../etc/harga.csv"), "arsip ZIP"),
    file("xlsx_terkunci", "EncryptedFile", f.locked_workbook, "tanpa kata sandi", as_="harga.xlsx"),
    file("xlsx_terpotong", "WrongFormat", lambda: f.xlsx()[:-2000], as_="harga.xlsx"),
    file("bom_zip", "ZipBomb", f.zip_bomb, "mengembang", "menyimpan ulang", as_="harga.xlsx"),
    file("bom_xml", "WrongFormat", f.xml_bomb, "rusak", as_="harga.xlsx"),
    file("sepuluh_ribu_kolom", "TooManyColumns", lambda: f.csv([["1"] * 10_000], [f"k{n}" for n in range(10_000)]), "10.000", "5.000"),
    file("sepuluh_ribu_kolom_xlsx", "TooManyColumns", lambda: f.xlsx([f"k{n}" for n in range(10_000)] for _ in range(3)), "10.000", as_="harga.xlsx"),
    file("kolom_hilang", "MissingColumn", lambda: f.csv(header=("kode", "tanggal", "stok")), "harga", "from"),
    file("judul_menipu", "MissingColumn", lambda: f.csv(header=("k\u043ede", "tanggal", "harga")), "kode", "(U+043E)"),
    file("satu_baris_raksasa", "WrongFormat", lambda: b"kode;tanggal;harga" + b"x" * (100 << 20), "16 MB"),
    file("pemisah_saja", "TooManyColumns", lambda: b"x;" * (7 << 20), "7.340.033", "Periksa"),
    file("pemisah_tanpa_akhir", "WrongFormat", lambda: b";" * (60 << 20), "16 MB"),
    file("baris_kosong_saja", "EmptyFile", lambda: b"\n" * (100 << 20)),
    file("penyandian_lain", "BadEncoding", lambda: f.csv().replace(b"k07", "k\u00e9".encode()), "ascii", "source.encoding", kind=ASCII),
    file("json_terpotong", "BadJson", lambda: f.document()[:300], "terpotong", "hubungi", as_="data.json", kind=ONE),
    file("json_dalam", "BadJson", f.deep_document, "terlalu dalam", as_="data.json", kind=ONE),
    file("json_pindah", "RecordsNotFound", lambda: b'{"galat": null, "isi": []}', "data", "source.records", as_="data.json", kind=ONE),
    file("json_kunci_ganda", "BadJson", lambda: b'{"data": [{"id": 1, "id": 2}]}', "dua kali", as_="data.json", kind=ONE),
    file("jumlah_tak_cocok", "TotalMismatch", lambda: f.with_rows(("JUMLAH", "", "497.501")), "497", "Tanyakan OPD", kind=TOTAL),
    file("baris_kembar", "DuplicateRows", lambda: f.with_rows(f.ROWS[3]), "kembar", kind=STRICT),
    file("kolom_tertukar", "ColumnRetyped", lambda: f.csv([(a, c, b) for a, b, c in f.ROWS]), "Cocokkan contoh"),
    file("kunci_kosong", "TooManyQuarantined", lambda: f.changed(0, lambda _: ""), "dikarantina", state="held"),
    file("semua_salah", "TooManyQuarantined", lambda: f.changed(2, lambda v: "9" + v + ".000"), "40 dari 40", state="held"),
    file("rumus_tanpa_nilai", "ColumnRetyped", f.formulas, "40 dari 40", "buka buku kerja itu di program lembar kerja", as_="harga.xlsx"),
    file("menyusut", "BatchShrunk", lambda: f.csv(f.ROWS[:4]), "4", "20", "Tanyakan OPD", state="held"),
    file("judul_kembar", "BatchHeld", lambda: f.csv([(*row, "5") for row in f.ROWS], (*f.HEADER, "harga")), "lebih dari satu kali", state="held"),
    file("pemisah_campur", "TooManyQuarantined", lambda: f.csv(f.ROWS[:20]) + b"\n" + f.csv(f.ROWS[20:], cut=","), state="held"),
]  # fmt: skip
"""What is refused or held: nothing that readers see may change."""

ASIDE = [
    file("kunci_ganda", None, lambda: f.with_rows(("k07", "2 Juni 2026", "77.777")),
         counts={"quarantined": 2, "closed": 0}, aside=('Kunci kode "k07"', "hanya dipakai satu baris")),
    file("tak_terbaca", None, lambda: f.with_rows(("k90", "1 Juni 2026", "1.2x")), counts={"quarantined": 1}, aside=('Kolom harga_rp berisi "1.2x"',)),
    file("tanggal_mustahil", None, lambda: f.with_rows(("k90", "31 Februari 2026", "500")), counts={"quarantined": 1}, aside=("31 Februari 2026",)),
    file("tak_hingga", None, lambda: f.with_rows(("k90", "1 Juni 2026", "1e999")), counts={"quarantined": 1}, aside=("1e999",)),
    file("terlalu_besar", None, lambda: f.with_rows(("k90", "1 Juni 2026", "9" * 20)), counts={"quarantined": 1}, aside=("9" * 20,)),
    file("jauh_di_depan", None, lambda: f.with_rows(("k90", "31 Desember 9999", "500")), counts={"quarantined": 1}, aside=("9999-12-31",)),
    file("sel_raksasa", None, lambda: f.with_rows(("k90", "1 Juni 2026", "5" * (5 << 20))), counts={"quarantined": 1}, aside=("5…",)),
    file("kunci_raksasa", None, lambda: f.with_rows(("x" * (5 << 20), "1 Juni 2026", "500")), counts={"quarantined": 1}, aside=("x…",)),
    file("byte_nul", None, lambda: f.late(b"to\0ko"), counts={"accepted": 10_001, "unchanged": 40}),
    file("byte_rusak_di_akhir", None, lambda: f.late(b"toko\xe9"), counts={"accepted": 10_001, "unchanged": 40}),
    file("sejuta_baris_berformat", None, f.empty_styled_rows, as_="harga.xlsx", counts={"accepted": 0, "unchanged": 40, "read": 40}),
    file("suntikan", None, lambda: f.with_rows(("'), drop schema raw cascade --", "1 Juni 2026", "500"), ("%s %(x)s {0} $1", "1 Juni 2026", "500")),
         kind=TEXTS, counts={"accepted": 2, "unchanged": 40}),
    file("judul_suntikan", None, lambda: f.csv((*f.ROWS, ("=cmd|' /C calc'!A0", "1 Juni 2026", "500")), ("100% {kode} %s", "tanggal", "harga")), kind=NAMED,
         counts={"accepted": 1, "unchanged": 40}),
    file("huruf_menipu", None, lambda: f.with_rows(("k\u200b07", "2 Juni 2026", "500")), counts={"quarantined": 2}, aside=('Kunci kode "k07"', "satu baris")),
    file("xml_membaca_berkas", None, f.xml_reads_file, as_="harga.xlsx", counts={"unchanged": 39, "quarantined": 1}, aside=("kosong",)),
    file("judul_tak_kasatmata", None, lambda: f.csv(header=("ko\u200bde", "tang\u202egal", "harga")), counts={"accepted": 0, "unchanged": 40}),
    file("wilayah_tak_dikenal", None, lambda: f.csv((*f.REGIONS, ("Antah Berantah", "7")), ("desa", "jiwa")), kind=REGIONS,
         counts={"accepted": 1, "unchanged": 5, "waiting": 1}),
    file("wilayah_raksasa", None, lambda: f.csv((*f.REGIONS, ("x" * (5 << 20), "7")), ("desa", "jiwa")), kind=REGIONS,
         counts={"quarantined": 1, "waiting": 0}, aside=("x…",)),
    file("sel_lebih", None, lambda: f.with_rows(("k90", "1 Juni 2026", "500", "sisa")), counts={"quarantined": 1}, aside=("sel di luar judulnya: sisa",)),
    file("sel_kurang", None, lambda: f.csv((("k90", "1 Juni 2026"), *f.ROWS)), counts={"quarantined": 1}, aside=("lebih pendek daripada",)),
    file("kutip_tersesat", None, f.stray_quotes, counts={"accepted": 1, "quarantined": 2}, aside=("(hapus atau gandakan tanda kutip",) * 2),
    file("label_jumlah_lain", None, lambda: f.with_rows(*((a, "1 Juni 2026", b) for a, b in f.SUMMARIES)), kind=TOTAL,
         counts={"quarantined": 2}, aside=("`is: total`, atau `is: data` bila memang nama", "`is: drop` bila rata-rata")),
    file("json_nan", None, f.nan_document, as_="data.json", kind=ONE, counts={"quarantined": 1}, aside=("NaN",)),
]  # fmt: skip
"""What is accepted but for the rows that are wrong."""

USAGE = [
    ("dataset_tak_dikenal", ["run", "uji.dinas.hrga"], 2, ("Dataset `uji.dinas.hrga` tidak dikenal", "uji.dinas.harga", "satudata source list"), {}),
    ("id_berbahaya", ["run", "../../etc/passwd"], 2, ("Dataset `../../etc/passwd` tidak dikenal", "satudata source list"), {}),
    ("id_sql", ["run", "'; drop table ops.batch --"], 2, ("Dataset `'; drop table ops.batch --` tidak dikenal", "satudata source list"), {}),
    ("kontrak_rusak", ["run", "uji.dinas.rusak"], 2, ("rusak.yml", "satudata source check"), {}),
    ("tanpa_id", ["run"], 2, ("Salah: ", "satudata source list",), {}),
    ("alamat_tanpa_nilai", ["run", "uji.dinas.harga"], 2, ("ALAMAT_UJI", "pemda.yml"), {}),
    ("gudang_mati", ["run", "uji.dinas.harga"], 3, ("tidak dapat dihubungi", "SATUDATA_DATABASE_URL"),
     {"SATUDATA_DATABASE_URL": "postgresql://x:rahasia@127.0.0.1:1/x", "ALAMAT_UJI": "http://127.0.0.1:1/x"}),
]  # fmt: skip
"""What the caller did wrong: name, arguments, exit code, words of the sentence, environment."""
REAL = [
    ("dssd_sidoarjo_bangunan_gedung.xls", "WrongFormat", lambda real: real[: len(real) // 2]),
    ("bandarlampung_dinsos_dtks_2023.xlsx", "WrongFormat", lambda real: real[: len(real) // 2]),
    ("bandarlampung_dinsos_dtks_2023.xlsx", "WrongFormat", lambda real: real[:3000] + bytes(2000) + real[5000:]),
    ("pesisirbarat_penduduk_2021_sem1.json", "BadJson", lambda real: real[: len(real) // 2]),
    ("pihps_telur_pasar_jabar.csv", "MissingColumn", lambda real: real[len(real) // 2 :]),
]  # fmt: skip
"""Published files, cut or overwritten: name, error class, what became of it."""


@pytest.fixture(scope="module")
def ground(server: Path, _template: str, tmp_path_factory: pytest.TempPathFactory):
    cases = [*CASES, *ASIDE]
    made = Ground(server, tmp_path_factory.mktemp("bad_input"), [*{case.kind.name: case.kind for case in cases}.values(), INBOX])
    made.site.files |= {case.path: case.body for case in cases if case.body}
    yield made
    made.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_bad_input_changes_nothing_and_is_told(ground: Ground, case: Case) -> None:
    refused(ground, case)


def refused(ground: Ground, case: Case) -> None:
    """Play a case and assert on all that a refusal must leave, and must leave alone."""
    played = ground.play(case)
    written = played.fetch if case.step == "fetch" else played.batch
    assert written, played.printed
    assert (written["error_class"], played.exit, written["outcome" if case.step == "fetch" else "state"]) == (case.error, 1, case.state), (
        played.printed
    )
    assert [word for word in case.says if word not in written["message"]] == [], written["message"]
    assert written["message"] in played.printed
    unchanged = {table for table in played.before if case.state == "failed" or not table.startswith("raw.")}
    assert {table for table in unchanged if played.before[table] != played.after.get(table)} == set()
    assert played.batch is None or case.step == "batch"
    left_nothing(played)


@pytest.mark.parametrize("case", ASIDE, ids=lambda case: case.name)
def test_what_is_wrong_is_set_aside_and_the_rest_is_accepted(ground: Ground, case: Case) -> None:
    played = ground.play(case)
    assert played.batch, played.printed
    assert (played.exit, played.batch["state"]) == (0, "accepted"), played.printed
    assert {name: played.batch[name] for name in case.counts} == case.counts
    assert len(played.aside) == len(case.aside)
    for row, part in zip(played.aside, case.aside, strict=True):
        assert part in " ".join(row["messages"])
        assert row["lokasi"]
    left_nothing(played)


def left_nothing(played: Played) -> None:
    """No traceback, no staging table, no heap of memory."""
    assert "Traceback" not in played.printed
    assert played.staging == []
    assert played.peak_mb < MOST_MB


@pytest.mark.parametrize(("arguments", "code", "says", "environment"), [case[1:] for case in USAGE], ids=[case[0] for case in USAGE])
def test_what_the_caller_does_wrong_is_said(
    ground: Ground, arguments: list[str], code: int, says: tuple[str, ...], environment: dict[str, str]
) -> None:
    broken = ground.tmp / "sources" / "uji" / "dinas" / "rusak.yml"
    broken.write_text("title: Rusak\nsource: {kind: file}\n")
    found, printed = ground.command(arguments, environment)
    broken.unlink()
    assert (found, "Traceback" in printed) == (code, False), printed
    assert [word for word in says if word not in printed] == [], printed
    assert "rahasia" not in printed


@pytest.mark.parametrize("what", ["tautan", "penerbit_asing", "di_luar_folder"])
def test_the_inbox_takes_only_files_of_known_publishers(ground: Ground, what: str) -> None:
    """A link would let whoever may write there read any file of the machine; an unknown folder is a delivery nobody would ever see."""
    folder = ground.tmp / "inbox" / INBOX.dataset
    path = {
        "tautan": folder / "61.05" / "passwd.csv",
        "penerbit_asing": folder / "99.99" / "harga.csv",
        "di_luar_folder": folder / "nyasar.csv",
    }[what]
    path.parent.mkdir(exist_ok=True)
    path.symlink_to("/etc/passwd") if what == "tautan" else path.write_bytes(f.csv())
    stray = path.parent if what == "penerbit_asing" else path
    case = Case(what, "UnknownInboxFile", (stray.name, "Pindahkan"), INBOX, "", step="fetch")
    try:
        refused(ground, case)
    finally:
        path.unlink()
        if what == "penerbit_asing":
            stray.rmdir()


@pytest.mark.parametrize(("name", "error", "damaged"), REAL)
def test_a_published_file_that_was_damaged(ground: Ground, shared: Path, name: str, error: str, damaged: Callable[[bytes], bytes]) -> None:
    """Played into the same source: what a cut or overwritten file looks like does not depend on its contract."""
    kind = ONE if name.endswith(".json") else PRICES
    path = f"/berkas/asli/{name}"
    ground.site.files[path] = lambda: damaged((shared / "data" / name).read_bytes())
    refused(ground, Case(name, error, (name,), kind, path))
