"""Prevents a command or an id that nobody can copy, because a narrow screen cut it or broke it over two lines."""

from __future__ import annotations

import pytest

from satudata.commands.listing import show

ID = "jawa_timur.dinas_pertanian_pangan.harga_produsen_beras_medium"
PROSE = "Kolom harga berisi 111, menurut dataset lain 100; tanyakan kepada dinas mana yang benar."


@pytest.mark.parametrize("width", ["60", "80", "120", "200"])
def test_an_id_stays_in_one_piece_on_any_screen(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # a terminal
    monkeypatch.setenv("COLUMNS", width)
    show(["nomor", "dataset", "aturan", "sebab"], [[7, ID, "same_as_dataset.harga", PROSE]], whole=["nomor", "dataset", "aturan"])
    said = capsys.readouterr().out
    assert ID in said
    assert "same_as_dataset.harga" in said
    assert "…" not in said


def test_what_says_nothing_is_left_out_item_by_item(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("satudata.commands.listing.NO_TERMINAL", 60)
    show(["nomor", "dataset", "tenggat", "baris", "sebab"], [[7, ID, "-", 0, PROSE]], whole=["dataset"], title="rilis 3")
    assert capsys.readouterr().out.splitlines() == ["rilis 3", "nomor 7", f"  dataset: {ID}", f"  sebab: {PROSE}"]
