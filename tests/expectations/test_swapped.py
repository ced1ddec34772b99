"""Prevents an agency that moves a column from publishing its women as its men."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from satudata.review.approve import approve
from satudata.run import Outcome, run
from tests.conftest import Database

REPO = Path(__file__).parents[2]
ID = "uji.dinas.penduduk"
CONTRACT = """
title: Penduduk
concept: indikator
source: {kind: inbox}
columns:
  kode_wilayah: {value: "61.05", type: wilayah}
  rt: {from: rt, type: text}
  l: {from: l, type: integer, indikator: penduduk, unit: jiwa, klasifikasi: {jenis_kelamin: laki-laki}}
  p: {from: p, type: integer, indikator: penduduk, unit: jiwa, klasifikasi: {jenis_kelamin: perempuan}}
  datang: {from: datang, type: integer, indikator: siswa, unit: orang}
  pergi: {from: pergi, type: integer, indikator: ppks, unit: orang}
  bulan: {from: bulan, type: period, format: YYYY-MM}
period: {column: bulan, grain: bulan}
write: replace_period
key: [kode_wilayah, rt, bulan]
"""
PEOPLE = {"a": (1204, 1187), "b": (980, 1013), "c": (2210, 2171), "d": (455, 478), "e": (1630, 1604), "f": (720, 733)}


@pytest.fixture
def inbox(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the agency puts its files; a month of them is accepted."""
    for part in ("concepts", "references"):
        shutil.copytree(REPO / "sources" / part, tmp_path / "sources" / part)
    (tmp_path / "sources" / "uji" / "dinas").mkdir(parents=True)
    (tmp_path / "sources" / "uji" / "dinas" / "penduduk.yml").write_text(CONTRACT)
    for name, folder in (("SOURCES", "sources"), ("INBOX", "inbox")):
        monkeypatch.setenv(f"SATUDATA_{name}", str(tmp_path / folder))
    monkeypatch.setenv("SATUDATA_ARCHIVE_URL", (tmp_path / "arsip").as_uri())
    inbox = tmp_path / "inbox" / ID
    inbox.mkdir(parents=True)
    assert gets(inbox, "2026-01", PEOPLE).state == "accepted"
    return inbox


def gets(inbox: Path, bulan: str, people: dict[str, tuple[int, int]], swapped: Iterable[str] = (), moves: str = "900,300") -> Outcome:
    rows = [f"{rt},{','.join(map(str, found[::-1] if rt in swapped else found))},{moves},{bulan}" for rt, found in people.items()]
    (inbox / f"{bulan}.csv").write_text("\n".join(["rt,l,p,datang,pergi,bulan", *rows]))
    return run([ID])[0]


@pytest.mark.parametrize("bulan", ["2026-01", "2026-02"], ids=["sent again", "the next month"])
def test_a_file_whose_columns_changed_places_waits_until_somebody_says_so(inbox: Path, bulan: str) -> None:
    held = gets(inbox, bulan, PEOPLE, PEOPLE)
    assert held.state == "held"
    assert "Angka kolom l dan p tampak tertukar: 6 dari 6 baris" in (held.message or "")
    approve(int(held.batches[-1]["batch_id"]), "walidata", "Walidata", "yang lama tertukar", ["swapped.l.p"])
    assert gets(inbox, "2026-03", PEOPLE, PEOPLE).state == "accepted"


def test_columns_that_stayed_are_believed(inbox: Path) -> None:
    """A month later, two rows put right, twice as many; and who came and who went, which are no classes of one count, cross."""
    grown = {rt: (round(men * 1.002), women + 3) for rt, (men, women) in PEOPLE.items()}
    assert gets(inbox, "2026-02", grown).state == "accepted"
    assert gets(inbox, "2026-03", grown, "ab").state == "accepted"
    assert gets(inbox, "2026-04", {rt: (2 * men, 2 * women) for rt, (men, women) in grown.items()}).state == "accepted"
    assert gets(inbox, "2026-05", grown, moves="300,900").state == "accepted"
