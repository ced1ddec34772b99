"""What letters alone cannot say of a cell, as marks in its text: without them two things of one cell would read as one figure.

A cell that holds a mark is no figure. The text its agency reads back holds the mark too, with a remark that says what it stands for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

APART = "⏎"
"""A line break, or more white space than thousands ever have between them, between two digits."""
STRUCK = "~~"
"""Around digits that are struck out."""
UNCALCULATED = "[rumus tanpa hasil]"
"""Stands for a formula whose result was not saved with it."""
Script = Literal["", "super", "sub"]
DIGITS = "0123456789"
SUPER, SUB = "⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"
RAISED = str.maketrans(DIGITS, SUPER)
SCRIPTS = {"super": RAISED, "sub": str.maketrans(DIGITS, SUB)}
REMARKS = {
    APART: " (⏎ adalah ganti baris: ada dua bilangan dalam satu sel; beri tiap bilangan selnya sendiri)",
    STRUCK: " (~~ mengapit tulisan yang dicoret; hapus yang tidak berlaku lagi)",
    f"[0-9][{SUPER}{SUB}]|[{SUPER}{SUB}][0-9]": " (angka kecilnya tanda catatan kaki? pindahkan ke luar sel, atau sebut di `flags` kontrak)",
    rf"^\{UNCALCULATED[:-1]}\]$": " (buka buku kerja itu di program lembar kerja seperti Excel, simpan, lalu kirim lagi)",
    "^#(REF!|DIV/0!|VALUE!|NAME[?]|N/A|NUM!|NULL!)$": " (rumusnya galat: perbaiki di buku kerjanya)",
    "^-?[0-9]([.,][0-9]+)?E[+][0-9]{2,3}$": " (Excel memendekkan bilangan panjang: angka di belakangnya hilang; tulis kolom itu sebagai teks, lalu kirim lagi)",
}
"""Pattern of a mark -> what an agency is told of it, and how to mend it."""
REMARKS_ON_NAMES = {
    "^[0-9]{15}0+$": " (Excel hanya menyimpan 15 angka: sisanya hilang; tulis kolom itu sebagai teks, lalu kirim lagi)",
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}$": " (Excel mengubah tulisan seperti 5-9 menjadi tanggal; tulis kolom itu sebagai teks, lalu kirim lagi)",
}
"""The same, in columns of names and codes alone."""


class Run(NamedTuple):
    """A piece of a cell that is set in one way."""

    text: str
    script: Script = ""
    struck: bool = False


def set_together(runs: Sequence[Run]) -> str:
    """The text of a cell: small digits beside others stay small (``77¹``, but ``m2``), digits that are struck out say so."""
    texts = [run.text for run in runs]
    for i, run in enumerate(runs):
        before, behind = "".join(texts[:i])[-1:], "".join(texts[i + 1 :])[:1]
        if run.script and (before.isdigit() or behind.isdigit()):
            texts[i] = run.text.translate(SCRIPTS[run.script])
        if run.struck and any(map(str.isdigit, run.text)):
            texts[i] = f"{STRUCK}{texts[i].strip()}{STRUCK}"
    return "".join(texts)
