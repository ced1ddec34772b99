"""The fixed words of Great Expectations' pages in Indonesian; what it says of a rule is the contract's own sentence already."""

from __future__ import annotations

import re
from typing import Any

WORDS = {
    "Overview": "Ringkasan",
    "Table-Level Expectations": "Seluruh tabel",
    "Expectation Suite:": "Aturan:",
    "Data asset:": "Tabel:",
    "Status:": "Hasil:",
    "Succeeded": "lolos semua",
    "Failed": "ada yang gagal",
    "Statistics": "Hitungan",
    "Evaluated Expectations": "Aturan yang dihitung",
    "Successful Expectations": "Lolos",
    "Unsuccessful Expectations": "Gagal",
    "Success Percent": "Persen lolos",
    "Show more info...": "Keterangan lain",
    "Info": "Keterangan",
    "Great Expectations Version": "Versi Great Expectations",
    "Run Name": "Batch",
    "Run Time": "Dinilai pada",
    "Batch Markers": "Penanda",
    "Batch Spec": "Tabel yang dinilai",
    "Status": "Hasil",
    "Expectation": "Aturan",
    "Observed Value": "Yang ditemukan",
    "\n\n$unexpected_count unexpected values found. $unexpected_percent of $element_count total rows.":
        "\n\n$unexpected_count dari $element_count baris melanggar ($unexpected_percent).",
}  # fmt: skip
UNEXPECTED = "% unexpected"
_SHARE = re.compile(r"≈?(\d+(?:\.\d+)?)%")
COUNTS = ("unexpected_count", "element_count")
AS_IS = ("styling", "content_block_type", "tag")


def in_indonesian(document: dict[str, Any]) -> dict[str, Any]:
    """A rendered document with its fixed words translated."""
    return {key: value if key in AS_IS else _count(value) if key in COUNTS else _said(value) for key, value in document.items()}


def _count(value: object) -> object:
    """A number of rows with Indonesian thousands, whatever the locale of the machine made of it."""
    digits = re.sub(r"[.,\s]", "", str(value))
    return f"{int(digits):,}".replace(",", ".") if isinstance(value, str | int) and digits.isdecimal() else _said(value)


def _share(found: re.Match[str]) -> str:
    """A share as a reader needs it: two decimals at most, and never 0 or 100 percent of what is not none or all."""
    exact = float(found[1])
    shown = f"{exact:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return "kurang dari 0,01%" if shown == "0" and exact else "lebih dari 99,99%" if shown == "100" and exact < 100 else f"{shown}%"  # noqa: PLR2004


def _said(part: object) -> object:
    if isinstance(part, dict):
        return in_indonesian(part)
    if isinstance(part, list):
        return [_said(one) for one in part]
    if isinstance(part, str):
        if part.endswith(UNEXPECTED):
            return f"{_SHARE.sub(_share, part.removesuffix(UNEXPECTED) + '%')} melanggar"
        return _SHARE.sub(_share, part) if _SHARE.fullmatch(part) else WORDS.get(part, part)
    return part
