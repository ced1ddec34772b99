"""The fixed words of Great Expectations' pages in Indonesian; what it says of a rule is the contract's own sentence already."""

from __future__ import annotations

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
AS_IS = ("styling", "content_block_type", "tag")


def in_indonesian(document: dict[str, Any]) -> dict[str, Any]:
    """A rendered document with its fixed words translated."""
    return {key: value if key in AS_IS else _said(value) for key, value in document.items()}


def _said(part: object) -> object:
    if isinstance(part, dict):
        return in_indonesian(part)
    if isinstance(part, list):
        return [_said(one) for one in part]
    if isinstance(part, str):
        return f"{part.removesuffix(UNEXPECTED)}% melanggar" if part.endswith(UNEXPECTED) else WORDS.get(part, part)
    return part
