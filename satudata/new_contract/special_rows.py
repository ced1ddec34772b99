"""Rows that are no data: numbers of columns, totals, headings of groups. Words raise the suspicion, sums decide."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from contracts.total_words import total_words
from satudata.new_contract.amounts import amounts_of, label_column
from satudata.new_contract.draft import RowDraft
from satudata.new_contract.sample import Column
from satudata.new_contract.units import unit_named

_TOTAL = re.compile(r"\W*(?:(?:sub|grand)[ -]?total|jumlah|total|jml)\b", re.IGNORECASE)
_BRACKETED = re.compile(r"\(.*\)|\[.*\]")
_YEARS = r"^((?:19|20)\d{2})$"
_AVERAGE = re.compile(r"\W*(?:rata[ -]*rata|rerata|average)\W*", re.IGNORECASE)
_LEVEL = re.compile(r"(?P<word>kec|kecamatan|kab|kabupaten|kota|prov|provinsi|kel|kelurahan|desa)(?P<dot>\.?)\s", re.IGNORECASE)
_GIVES = {"kec": "kecamatan", "kab": "kabupaten", "kot": "kabupaten", "pro": "provinsi", "kel": "kelurahan", "des": "desa"}


@dataclass
class Special:
    """The rules found, and the rows they take."""

    rules: list[RowDraft] = field(default_factory=list)
    rows: set[int] = field(default_factory=set)
    given: str = ""
    """The column that headings give."""
    units: dict[str, str] = field(default_factory=dict)
    """Header -> the unit that stands below it."""
    measures: tuple[str, ...] = ()
    """Headers of the figures that totals speak of."""


def special_rows(columns: Sequence[Column]) -> Special:
    """The rows of a sample that are no data, each kind as a rule of ``rows:``."""
    found = Special()
    _units_below(columns, found)
    _numbers_of_columns(columns, found)
    labels = label_column(columns)
    if labels is None:
        return found
    figures = amounts_of(columns, found.rows, labels)
    found.measures = tuple(figures)
    _subtotals(labels, figures, found)
    _totals(columns, figures, found)
    _headings(columns, labels, figures, found)
    return found


def _units_below(columns: Sequence[Column], found: Special) -> None:
    """``(km2) (jiwa)`` below the header: nothing but units, some of them known."""
    first = {column.header: column.texts[0] for column in columns if column.texts and column.texts[0]}
    units = {header: unit for header, text in first.items() if (unit := unit_named(text))}
    if units and len(columns[0].texts) > 1 and all(header in units or _BRACKETED.fullmatch(text) for header, text in first.items()):
        found.units, found.rows = units, {0}
        where = {header: exactly([text]) for header, text in list(first.items())[:2]}
        found.rules.append(RowDraft({"is": "drop", "where": where, "why": "baris satuan"}))


def _numbers_of_columns(columns: Sequence[Column], found: Special) -> None:
    """``(1) (2) (3)`` below the header."""
    row = len(found.rows)
    if len(columns) < 3 or len(columns[0].texts) <= row:
        return
    first = [re.sub(r"\W|\.0$", "", column.texts[row] or "") for column in columns]
    named = [(column, text) for column, text in zip(columns, first, strict=True) if text]
    if len(named) >= 3 and _counts_on([text for _, text in named]):
        where = {column.header: rf"^\(?{text}\)?$" for column, text in (named[0], named[1])}
        if len([1 for i in range(len(columns[0].texts)) if _matches(columns, where, i)]) == 1:
            found.rows.add(row)
            found.rules.append(RowDraft({"is": "drop", "where": where, "why": "nomor kolom"}))


def _counts_on(texts: Sequence[str]) -> bool:
    start = int(texts[0]) if re.fullmatch(r"[01]", texts[0]) else -1
    return list(texts) == [str(i) for i in range(start, start + len(texts))]


def _matches(columns: Sequence[Column], where: dict[str, str], row: int) -> bool:
    texts = {column.header: column.texts[row] or "" for column in columns}
    return all(re.search(pattern, texts[header]) for header, pattern in where.items())


def _totals(columns: Sequence[Column], figures: dict[str, list[Decimal | None]], found: Special) -> None:
    for column in columns:
        marked = [i for i, text in enumerate(column.texts) if text and i not in found.rows and (_TOTAL.match(text) or total_words(text))]
        exact = [i for i in marked if total_words(column.texts[i] or "")]
        rows = exact or marked
        others = len(column.texts) - len(found.rows) - len(rows)
        if rows and others > len(rows) and (over := _agreement(rows, figures, found.rows)):
            _add_total(column, rows, over, figures, found)
        elif exact and others > len(exact):
            note = "jumlahnya tidak cocok dengan rinciannya, maka tidak dicocokkan" if figures else ""
            _add_drop(column, exact, "baris jumlah", note, found)
        averages = [i for i, text in enumerate(column.texts) if text and i not in found.rows and _AVERAGE.fullmatch(text)]
        if averages and len(averages) < len(column.texts) / 2:
            _add_drop(column, averages, "rata-rata", "", found)


def _add_total(column: Column, rows: Sequence[int], over: str, figures: dict[str, list[Decimal | None]], found: Special) -> None:
    of = [header for header, amounts in figures.items() if _agrees(rows, amounts, found.rows, over)]
    found.rules.append(
        RowDraft({"is": "total", "where": {column.header: exactly(column.texts[i] or "" for i in rows)}, "of": of, "over": over})
    )
    found.rows.update(rows)


def _add_drop(column: Column, rows: Sequence[int], why: str, note: str, found: Special) -> None:
    where = {column.header: exactly(column.texts[i] or "" for i in rows)}
    found.rules.append(RowDraft({"is": "drop", "where": where, "why": why}, note))
    found.rows.update(rows)


def _agreement(rows: Sequence[int], figures: dict[str, list[Decimal | None]], special: set[int]) -> str | None:
    """Over which rows the totals of any measure agree with their sums."""
    return next((over for over in ("all", "rows_above") if any(_agrees(rows, each, special, over) for each in figures.values())), None)


def _agrees(rows: Sequence[int], amounts: Sequence[Decimal | None], special: set[int], over: str) -> bool:
    running, seen = Decimal(0), 0
    everything = sum((a for i, a in enumerate(amounts) if a is not None and i not in special and i not in rows), Decimal(0))
    for i, amount in enumerate(amounts):
        if i in rows:
            wanted = everything if over == "all" else running
            if amount is not None and abs(amount - wanted) > Decimal("0.0001"):
                return False
            seen += amount is not None and wanted != 0
            running = Decimal(0)
        elif i not in special:
            running += amount or 0
    return seen > 0


def _subtotals(labels: Column, figures: dict[str, list[Decimal | None]], found: Special) -> None:
    """Regions among regions one level below, whose figures are the sum of the rows around them, and the total of all at the end."""
    words = [_LEVEL.match(text or "") for text in labels.texts]
    marks = {i: match["word"] for i, match in enumerate(words) if match and i not in found.rows}
    kinds = Counter(word[:3].casefold() for word in marks.values())
    kind = next(iter(kinds.most_common(1)), ("", 0))[0]
    marks = {i: word for i, word in marks.items() if word[:3].casefold() == kind}
    if not 0 < len(marks) < len(labels.texts) / 2:
        return
    rows, last = list(marks), len(labels.texts) - 1
    ends_with_total = last not in marks and _is_sum_of_all(last, rows, figures)
    special = found.rows | ({last} if ends_with_total else set())
    if (position := _position(rows, figures, special)) is None:
        return
    of = [header for header, amounts in figures.items() if _position(rows, {header: amounts}, special)]
    _group(labels, rows, position, of, found)
    if ends_with_total:
        keys: dict[str, object] = {
            "is": "total",
            "where": {labels.header: exactly([labels.texts[last] or ""])},
            "of": list(figures),
            "over": "all",
        }
        found.rules.append(RowDraft(keys))
        found.rows.add(last)


def _is_sum_of_all(last: int, rows: Sequence[int], figures: dict[str, list[Decimal | None]]) -> bool:
    return bool(figures) and all(_agrees([last], amounts, set(rows), "all") for amounts in figures.values())


def _position(rows: Sequence[int], figures: dict[str, list[Decimal | None]], special: set[int]) -> str | None:
    """Whether headings with subtotals stand before or after their rows; None where their figures are no subtotals."""
    for amounts in figures.values():
        if _agrees(rows, amounts, special, "rows_above"):
            return "after"
        length = len(amounts) - 1
        if _agrees([length - i for i in rows], amounts[::-1], {length - i for i in special}, "rows_above"):
            return "before"
    return None


def _group(labels: Column, rows: Sequence[int], position: str, of: Sequence[str], found: Special) -> None:
    match = _LEVEL.match(labels.texts[rows[0]] or "")
    assert match is not None
    found.given = _GIVES[match["word"][:3].casefold()]
    text = rf"^{match['word']}{re.escape(match['dot'])} (.+)$"
    keys: dict[str, object] = {"is": "group", "where": {labels.header: text}, "gives": found.given, "position": position}
    found.rules.append(RowDraft(keys | ({"total_of": list(of)} if of else {})))
    found.rows.update(rows)


def _headings(columns: Sequence[Column], labels: Column, figures: dict[str, list[Decimal | None]], found: Special) -> None:
    """Rows with a text and no figure at all, each before rows with figures."""
    if not figures or found.given:
        return
    texts = {column.header: column.texts for column in columns if column.header in figures}
    length = len(labels.texts)
    empty = [i for i in range(length) if i not in found.rows and labels.texts[i] and not any(each[i] for each in texts.values())]
    alone = [i for i in empty if sum(column.texts[i] is not None for column in columns) <= 2]
    if (
        not alone
        or len(alone) != len(empty)
        or len(alone) > length / 2
        or alone[-1] == length - 1
        or alone[0] != min(set(range(length)) - found.rows)
    ):
        return
    are_years = all(re.search(_YEARS, labels.texts[i] or "") for i in alone)
    found.given = "tahun" if are_years else "kelompok"
    where = {labels.header: _YEARS if are_years else "^(.+)$", next(iter(texts)): "^$"}
    found.rules.append(
        RowDraft({"is": "group", "where": where, "gives": found.given, "position": "before"}, "baris tanpa angka dianggap judul kelompok")
    )
    found.rows.update(alone)


def exactly(texts: Iterable[str]) -> str:
    """A pattern for these texts and no others."""
    escaped = [re.sub(r"([.^$*+?{}\[\]\\|()])", r"\\\1", text) for text in dict.fromkeys(texts)]
    return f"^{escaped[0]}$" if len(escaped) == 1 else f"^({'|'.join(escaped)})$"
