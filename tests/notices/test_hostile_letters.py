"""Prevents a file of an agency from writing headers, links or personal data into a letter of the government."""

from __future__ import annotations

from satudata.notices.plain import plain
from tests.findings.conftest import GOOD
from tests.notices.conftest import Agency, MailServer

PATTERN = "checks: [{rule: regex, column: kode, pattern: '^k'}]"
NIK = "3571010101900001"


def test_a_cell_cannot_write_headers_or_html(agency: Agency, mail: MailServer) -> None:
    hostile = '"x\u202e\r\nBcc: korban@contoh.go.id\r\n\r\n<b>http://jahat.id</b><script>alert(1)</script>"'
    agency.play(
        "kode;hari;n\n" + "".join(f"{code};2026-06-01;{n}\n" for code, n in GOOD.items()) + f"{hostile};2026-06-01;1\n", more=PATTERN
    )
    agency.tell()
    (letter,) = mail.letters
    assert letter["Bcc"] is None
    assert letter["To"] == "data@dinas.uji.go.id"
    assert letter.get_content_type() == "text/plain"
    assert 'berisi "x Bcc: (disamarkan) <b>http[:]//jahat.id</b>' in mail.texts[0]  # as text, in the midst of a line
    assert not [line for line in mail.texts[0].splitlines() if line.startswith(("Bcc", "<"))]
    assert "://" not in mail.texts[0]
    assert "\u202e" not in mail.texts[0]


def test_a_title_cannot_write_headers(agency: Agency, mail: MailServer) -> None:
    opd = agency.source.folder.parent / "opd.yml"
    opd.write_text('dinas: {nama: "Dinas\\nBcc: korban@contoh.go.id\\n\\nisi", surel: data@dinas.uji.go.id}\n')
    agency.play(GOOD | {"k1": 500})
    agency.tell()
    assert mail.letters[0]["Bcc"] is None
    assert "Bcc: korban" in mail.letters[0]["Subject"]


def test_personal_values_are_masked(agency: Agency, mail: MailServer) -> None:
    rows = GOOD | {NIK: 1, "warga@surel.contoh": 2, "081234567890": 3}
    agency.play(rows, more=PATTERN)
    agency.source.conn.execute(
        "update ops.issue set message = message || %s", [f" {NIK} dari warga@surel.contoh, 081234567890"]
    )  # as a rule might
    agency.tell()
    raw = mail.raw[0].decode() + mail.texts[0] + agency.all("select string_agg(body || subject, '') from ops.notification")[0][0]
    assert "(disamarkan)" in raw
    assert not [secret for secret in (NIK, "warga@surel.contoh", "081234567890") if secret in raw]


def test_a_line_stays_one_line_and_short() -> None:
    assert plain("a\u2028b\x00c\u200bd\te") == "a b c d e"
    assert plain("lihat HTTPS://x.contoh www.y.contoh mailto:z") == "lihat HTTPS[:]//x.contoh www[.]y.contoh mailto[:]z"
    assert len(plain("a" * 5000)) == 400
