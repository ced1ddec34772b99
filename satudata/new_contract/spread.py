"""Headers that are values: years, months and days across a table, or every pair of two lists; they become rows.

The pattern that is written must match these headers and no others of the table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from extractors.coerce.calendar_names import month_number
from extractors.table.header import BETWEEN
from satudata.new_contract.amounts import amounts_of
from satudata.new_contract.figures import ENOUGH, figures
from satudata.new_contract.moments import moments
from satudata.new_contract.sample import Column
from satudata.new_contract.signs import without_signs

_MONTH = r"[a-z]{3,9}"
_TOKENS: tuple[tuple[str, str, str, str], ...] = (
    ("tanggal", r"\d{4}-\d{2}-\d{2}", "YYYY-MM-DD", "hari"),
    ("tanggal", r"\d{1,2} ?/ ?\d{1,2} ?/ ?\d{4}", "D/M/YYYY", "hari"),
    ("tanggal", r"\d{1,2}-\d{1,2}-\d{4}", "D-M-YYYY", "hari"),
    ("tanggal", rf"\d{{1,2}} {_MONTH} \d{{4}}", "D MMMM YYYY", "hari"),
    ("minggu", rf"{_MONTH} \d{{4}} \([iv]+\)", "MMM YYYY (W)", "minggu_bulan"),
    ("bulan", rf"{_MONTH} \d{{4}}", "MMMM YYYY", "bulan"),
    ("bulan", rf"{_MONTH}[- ]\d{{2}}", "MMM-YY", "bulan"),
    ("bulan", r"\d{4}-\d{2}", "YYYY-MM", "bulan"),
    ("semester", r"semester [i12]+ (?:tahun )?\d{4}", "Semester S YYYY", "semester"),
    ("triwulan", r"(?:triwulan|tw) [iv1-4]+ (?:tahun )?\d{4}", "Triwulan Q YYYY", "triwulan"),
    ("tahun", r"(?:19|20)\d{2}", "YYYY", "tahun"),
)
"""Name of the group, its pattern, the notation, the grain; what says most first."""
_SEPARATORS = (" > ", "_", " - ", "-")
_TOTAL = re.compile(r"(?:jumlah|total|jml)(?: .{1,20})?", re.IGNORECASE)
_SEX = {"l", "p", "laki", "laki-laki", "perempuan", "pria", "wanita", "lk", "pr", "laki_laki"}
PLAIN_MONTH = "nama_bulan"
_FOOTNOTES = re.compile(r"[\s*†()\[\]]*")
"""Signs behind some of the headers, as in 2024*: a figure that is not final."""


@dataclass(frozen=True)
class Spread:
    """Headers to be turned into rows."""

    pattern: str
    headers: tuple[str, ...]
    groups: tuple[str, ...]
    time: tuple[str, str, str] | None = None
    """(group, notation, grain) of the group that is a time; PLAIN_MONTH alone has no year."""
    missing: str = "drop"
    totals: tuple[str, ...] = ()
    """Headers that only add up others of these."""


def spread_of(columns: Sequence[Column]) -> Spread | None:
    """The headers that are values; None in a table that is long already."""
    figured = [column for column in columns if _is_figures(column)]
    return _by_time(figured, columns) or _by_month(figured) or _by_levels(figured, columns) or _by_pairs(figured, columns)


def total_beside(spread: Spread, columns: Sequence[Column]) -> str | None:
    """The header that states each row's total of what is spread; None where none does."""
    amounts = amounts_of(columns, (), None)
    wide = [amounts[header] for header in spread.headers if header in amounts]
    for header, stated in amounts.items():
        if header not in spread.headers and _TOTAL.fullmatch(header.strip()) and len(wide) > 1:
            sums = [sum((each[i] or Decimal(0) for each in wide), Decimal(0)) for i in range(len(stated))]
            if all(total is None or total == added for total, added in zip(stated, sums, strict=True)):
                return header
    return None


def _is_figures(column: Column) -> bool:
    texts = without_signs(column.filled)
    return not texts or figures(texts).share >= ENOUGH


def _by_time(figured: Sequence[Column], columns: Sequence[Column]) -> Spread | None:
    for name, token, notation, grain in _TOKENS:
        found: dict[str, re.Match[str]] = {}
        for column in figured:
            match = re.search(rf"(?<![\w]){token}(?![\w])|(?<=_){token}$", column.header, re.IGNORECASE)
            if match and moments([match[0]], notation):
                found[column.header] = match
        filled = [column for column in figured if column.filled]
        if len(found) > 1 or (len(found) == 1 and _is_lone_measure(found, filled, columns)):
            return _timed(found, name, token, notation, grain, columns)
    return None


def _is_lone_measure(found: dict[str, re.Match[str]], figured: Sequence[Column], columns: Sequence[Column]) -> bool:
    """A single year across is a header only where nothing else in the table is a figure."""
    (header, match), *_ = found.items()
    return len(columns) > 1 and [column.header for column in figured] in ([header], []) and len(header) - len(match[0]) <= 6


def _timed(
    found: dict[str, re.Match[str]], name: str, token: str, notation: str, grain: str, columns: Sequence[Column]
) -> Spread | None:  # fmt: skip
    before = {header[: match.start()] for header, match in found.items()}
    behind = {header[match.end() :] for header, match in found.items()}
    usual, count = Counter(header[: match.start()] for header, match in found.items()).most_common(1)[0]
    if len(before) > 1 and 1 < count == len(found) - len(before) + 1:
        alike = {header: match for header, match in found.items() if header[: match.start()] == usual}
        return _timed(alike, name, token, notation, grain, columns)
    if len(behind) > 1 and not all(map(_FOOTNOTES.fullmatch, behind)):
        return None
    tail = r"\W*" if len(behind) > 1 else _pattern(behind.pop())
    time = f"(?P<{name}>{token})"
    shared = _common_start(list(before))
    varies = len(before) > 1
    group = f"{_pattern(shared)}(?P<kelompok>.+?){_pattern(_common_end([text[len(shared) :] for text in before]))}" if varies else ""
    pattern = f"^{group or _pattern(before.pop())}{time}{tail}$"
    return _checked(Spread(pattern, tuple(found), ("kelompok", name) if varies else (name,), (name, notation, grain)), columns)


def _by_month(figured: Sequence[Column]) -> Spread | None:
    """Januari ... Desember across, the year standing elsewhere."""
    months = [column.header for column in figured if month_number(column.header)]
    if len({month_number(header) for header in months}) < 3:
        return None
    names = "|".join(map(_pattern, months))
    return Spread(f"^(?P<{PLAIN_MONTH}>{names})$", tuple(months), (PLAIN_MONTH,), (PLAIN_MONTH, "MMMM", "bulan"))


def _by_levels(figured: Sequence[Column], columns: Sequence[Column]) -> Spread | None:
    """Heads above heads: every combination of what stands on each level, one of them perhaps a time."""
    whole = {column.header: tuple(column.header.split(BETWEEN)) for column in figured if BETWEEN in column.header}
    totals = tuple(header for header, parts in whole.items() if any(map(_TOTAL.fullmatch, parts[1:])))
    split = {header: parts for header, parts in whole.items() if header not in totals}
    if len({len(parts) for parts in split.values()}) != 1:
        return None
    levels = [list(dict.fromkeys(level)) for level in zip(*split.values(), strict=True)]
    if len(split) < 4 or set(split.values()) != set(product(*levels)) or sum(len(level) > 1 for level in levels) < 2:
        return None
    times = [_time_of(level) for level in levels]
    names = _level_names(levels, times)
    texts = [time[3] if time and name else _either(level) for name, time, level in zip(names, times, levels, strict=True)]
    pattern = BETWEEN.join(f"(?P<{name}>{text})" if name else text for name, text in zip(names, texts, strict=True))
    time = next(((name, time[1], time[2]) for name, time in zip(names, times, strict=True) if name and time), None)
    found = Spread(f"^{pattern}$", tuple(split), tuple(filter(None, names)), time, missing="keep", totals=totals)
    return _checked(found, columns)


def _time_of(texts: Sequence[str]) -> tuple[str, str, str, str] | None:
    """(name of the group, notation, grain, pattern) of texts that are all times of one notation."""
    for name, token, notation, grain in _TOKENS:
        if all(re.fullmatch(token, text, re.IGNORECASE) and moments([text], notation) for text in texts):
            return name, notation, grain, token
    return None


def _level_names(levels: Sequence[Sequence[str]], times: Sequence[tuple[str, str, str, str] | None]) -> list[str]:
    """The name of each level's group; '' for a level that says the same above all columns."""
    names: list[str] = []
    for level, time in zip(levels, times, strict=True):
        usual = "jenis_kelamin" if {text.casefold() for text in level} <= _SEX else "kelompok"
        wanted = time[0] if time and time[0] not in names else usual
        count = sum(name.startswith(wanted) for name in names)
        names.append("" if len(level) < 2 else f"{wanted}_{count + 1}" if count else wanted)
    return names


def _by_pairs(figured: Sequence[Column], columns: Sequence[Column]) -> Spread | None:
    """Headers that are every pair of two lists, joined alike."""
    headers = [column.header for column in figured]
    for separator in _SEPARATORS:
        for cut in (_first, _last):
            pairs = {header: cut(header, separator) for header in headers if separator in header}
            left, right = dict.fromkeys(pair[0] for pair in pairs.values()), dict.fromkeys(pair[1] for pair in pairs.values())
            if (
                len(left) > 1
                and len(right) > 1
                and len(pairs) == len(left) * len(right)
                and set(pairs.values()) == set(product(left, right))
            ):
                names = _pair_names(list(left), list(right))
                pattern = f"^(?P<{names[0]}>{_either(left)}){_pattern(separator)}(?P<{names[1]}>{_either(right)})$"
                return _checked(Spread(pattern, tuple(pairs), names, missing="keep"), columns)
    return None


def _first(header: str, separator: str) -> tuple[str, str]:
    head, _, tail = header.partition(separator)
    return head, tail


def _last(header: str, separator: str) -> tuple[str, str]:
    head, _, tail = header.rpartition(separator)
    return head, tail


def _pair_names(left: Sequence[str], right: Sequence[str]) -> tuple[str, str]:
    names: list[str] = []
    for values in (left, right):
        wanted = "jenis_kelamin" if {value.casefold() for value in values} <= _SEX else "kelompok"
        names.append(wanted if wanted not in names else f"{wanted}_2")
    return names[0], names[1]


def _either(values: Sequence[str] | dict[str, None]) -> str:
    return "|".join(map(_pattern, values))


def _pattern(text: str) -> str:
    """A text as a pattern, with nothing escaped that need not be."""
    return re.sub(r"([.^$*+?{}\[\]\\|()])", r"\\\1", text)


def _common_start(texts: Sequence[str]) -> str:
    shared = min(texts)
    while not all(text.startswith(shared) for text in texts):
        shared = shared[:-1]
    return shared[: max((shared.rfind(mark) + 1 for mark in " _>-"), default=0)] if len(texts) > 1 else shared


def _common_end(texts: Sequence[str]) -> str:
    return _common_start([text[::-1] for text in texts])[::-1]


def _checked(spread: Spread, columns: Sequence[Column]) -> Spread | None:
    """The spread, where its pattern takes these headers and no other."""
    taken: Callable[[str], object] = re.compile(spread.pattern, re.IGNORECASE).search
    return spread if [column.header for column in columns if taken(column.header)] == list(spread.headers) else None
