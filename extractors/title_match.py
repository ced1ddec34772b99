"""What stands above a table against what its contract says of all its figures: the one period of the batch, and that they are whole.

A contract with a fixed period gives every file that year, also last year's; and nobody who writes ``unit: orang`` sees that a title says
``(dalam ribuan)``. A title is no column, so it only contradicts: another year than the contract's waits for a person, the rest is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from contracts.models.contract import Contract
from contracts.placeholders import fill
from contracts.text import visible
from extractors.coerce.calendar_names import MONTHS
from extractors.coerce.periods import covered, period_reader
from extractors.report import Finding
from extractors.surroundings import Surroundings

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_LONGEST, _SHOWN = 200, 100
_NEAR = 15
"""Years around the period; one further away is a law, a vision, a name."""
_NO_TITLE = re.compile(
    r"cetak|unduh|diakses|download|print|sumber|source|peraturan|\b(?:per(?:da|bup|wal|men|pres)|uu|nomor|no\.)|undang|keputusan|revisi|diperbarui"
    r"|dibuat|update|terbit|dalam angka|copyright|©",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_SCALES = "ribu|juta|mil[iy]ar|triliun"
_THINGS = "rp|rupiah|jiwa|orang|penduduk|ton|kg|kuintal|liter|unit|ekor|ha|keluarga|kk|rumah tangga"
_SCALED = re.compile(
    rf"(?:\bdalam|\bsatuan *:?|\bunit *:?|\brp\.?|\brupiah|[(\[]) *(?:rp\.? *)?(?P<of>{_SCALES})(?:an)?\b"
    rf"|(?<![0-9])(?<![0-9] )\b(?P<things>{_SCALES})(?:an)? +(?:{_THINGS})\b"
    r"|(?:\bx *1[., ]?|[(\[] *[.,]?)(?P<noughts>000(?:[., ]?000){0,3})\b(?![0-9])",
    re.IGNORECASE,
)
_BY_NOUGHTS = {3: "ribu", 6: "juta", 9: "miliar", 12: "triliun"}


class TitleMatch:
    """Looks at what stands above the tables of a batch."""

    def __init__(self, contract: Contract, penerbit: str, nilai: Mapping[str, str]) -> None:
        self._contract = contract
        self._period, self._days = _fixed_period(contract, penerbit, nilai)
        self._scales = None if _has_own_units(contract) else _said_by(contract)
        self._years: dict[int, str] = {}
        self._scaled: dict[str, str] = {}

    def see(self, around: Surroundings) -> None:
        """The next table."""
        for text in around.titles:
            if len(text) <= _LONGEST and not _NO_TITLE.search(text):
                self._see_years(text)
                for match in _SCALED.finditer(text):
                    self._scaled.setdefault(_scale(match), text)

    def findings(self) -> Iterator[Finding]:
        """What contradicts the contract, once all tables were seen."""
        if self._days and self._years and not any(self._days[0].year <= year <= self._days[1].year for year in self._years):
            yield self._other_year(next(iter(self._years.values())))
        for scale, text in self._scaled.items():
            if self._scales is not None and not re.search(scale.replace("miliar", "mil[iy]ar"), self._scales):
                yield _other_scale(scale, text)

    def _see_years(self, text: str) -> None:
        words = {word.lower() for word in _LETTERS.findall(text)} - set(MONTHS)
        years = map(int, _YEAR.findall(text)) if self._days and words else ()
        self._years |= {year: text for year in years if self._days and abs(year - self._days[0].year) <= _NEAR and year not in self._years}

    def _other_year(self, text: str) -> Finding:
        years = ", ".join(map(str, self._years))
        message = (
            f'Di atas tabelnya tertulis "{visible(text[:_SHOWN])}", sedangkan kontrak menetapkan periode {self._period}. Periksa apakah berkas lain yang '
            "terkirim, atau betulkan `period` di kontrak; bila judulnya memang berbunyi begitu, setujui dengan `--terima period.judul`."
        )
        return Finding(
            rule="period", rule_id="period.judul", severity="hold" if len(self._years) == 1 else "warn", outcome="fail", column=None,
            checked=len(self._years), failed=len(self._years), observed=years, expected=self._period, message=message,
        )  # fmt: skip


def _other_scale(scale: str, text: str) -> Finding:
    message = (
        f'Di atas tabelnya tertulis "{visible(text[:_SHOWN])}", sedangkan tidak satu pun satuan di kontrak menyebut {scale}: angkanya mungkin terbit '
        f"terlalu kecil. Tulis satuannya, misalnya `unit: {scale} jiwa`, atau tulis di `description` bahwa angkanya utuh walau judulnya berbunyi {scale}."
    )
    return Finding(
        rule="unit_shift", rule_id="unit_shift.judul", severity="warn", outcome="fail", column=None, checked=1, failed=1, observed=scale,
        expected="satuan yang disebut kontrak", message=message,
    )  # fmt: skip


def _fixed_period(contract: Contract, penerbit: str, nilai: Mapping[str, str]) -> tuple[str, tuple[date, date] | None]:
    """The one period of a batch, and its days; none where rows have their own, or the contract says itself what to compare."""
    period = contract.period
    if period is None or period.value is None or period.must_match is not None:
        return "", None
    text = fill(period.value, penerbit, nilai)
    canonical = period_reader(None, period.grain)(text)
    return text, covered(canonical, period.grain) if canonical else None


def _has_own_units(contract: Contract) -> bool:
    """Whether the file says the unit of each figure, or the contract reads no figures."""
    return any(column.unit_from for column in contract.columns.values()) or not any(
        column.is_number for column in contract.columns.values()
    )


def _said_by(contract: Contract) -> str:
    """Every word of a contract that may name a scale."""
    texts = [contract.title, *contract.columns]
    for column in contract.columns.values():
        texts += [*(column.from_ or ()), column.unit or "", column.description or ""]
    return " ".join(texts).lower()


def _scale(match: re.Match[str]) -> str:
    if match["noughts"]:
        return _BY_NOUGHTS[sum(sign == "0" for sign in match["noughts"])]
    word = (match["of"] or match["things"]).lower()
    return "miliar" if word == "milyar" else word
