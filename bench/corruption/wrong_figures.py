"""Single figures that went wrong on their way: separators lost, units mixed, digits dropped or doubled, words in their place."""

from __future__ import annotations

import math
from collections.abc import Callable

from bench.corruption.case import Case, Variant
from bench.corruption.document import Cell, NotApplicable
from bench.corruption.figures import changed, figure_of


def scaled(change: Callable[[float], float]) -> Variant:
    """Change figures by a formula; figures too small for it to show are left alone."""
    return lambda case: case.hurt(case.roles.figure, _of_some_size(changed(change, case.roles.numbers), case.roles.numbers))


def _of_some_size(change: Callable[[Cell], Cell], numbers: str) -> Callable[[Cell], Cell]:
    def apply(cell: Cell) -> Cell:
        if abs(figure_of(cell, numbers)) < 1:
            raise NotApplicable("a figure below 1")
        return change(cell)

    return apply


def text_instead(text: str) -> Variant:
    """Put a text where a figure stood; `{}` is the figure."""
    return lambda case: case.hurt(case.roles.figure, lambda cell: text.format(str(cell)))


def without_decimal_sign(case: Case) -> None:
    """191,10 becomes 19110."""
    case.hurt(case.roles.figure, _decimal(case, lambda text, sign: text.replace(sign, "")))


def other_decimal_sign(case: Case) -> None:
    """191,10 becomes 191.10: a point that this publisher uses for thousands, or not at all."""
    case.hurt(case.roles.figure, _decimal(case, lambda text, sign: text.replace(sign, "." if sign == "," else ",")))


def doubled_decimal_sign(case: Case) -> None:
    """191,10 becomes 1,91,10."""
    case.hurt(case.roles.figure, _decimal(case, lambda text, sign: text[0] + sign + text[1:]))


def _decimal(case: Case, change: Callable[[str, str], str]) -> Callable[[Cell], Cell]:
    sign = "," if case.roles.numbers == "id" else "."
    if not case.roles.decimals:
        raise NotApplicable("whole figures")

    def apply(cell: Cell) -> Cell:
        text = str(cell)
        if sign not in text or figure_of(cell, case.roles.numbers) == 0 or not text[0].isdigit():
            raise NotApplicable(text)
        return change(text, sign)

    return apply


def only_leading(figure: float) -> float:
    """22500 -> 22. Raises NotApplicable for a figure of two digits, of which nothing is lost."""
    if abs(figure) < 100:
        raise NotApplicable(str(figure))
    return float(str(int(abs(figure)))[:2])


def without_first(figure: float) -> float:
    """32000 -> 2000."""
    rest = str(int(abs(figure)))[1:]
    return float(rest) if rest else figure


SCALE = {
    "dibagi 1000 ke bawah": scaled(lambda x: float(math.floor(x / 1000))),
    "dibagi 1000 satu desimal": scaled(lambda x: round(x / 1000, 1)),
    "dibagi 1000 tiga desimal": scaled(lambda x: round(x / 1000, 3)),
}
UNITS = {
    "kali 1000": scaled(lambda x: x * 1000),
    "kali 100": scaled(lambda x: x * 100),
    "dibagi 10": scaled(lambda x: round(x / 10, 2)),
}
DECIMALS: dict[str, Variant] = {
    "koma hilang": without_decimal_sign,
    "koma jadi titik": other_decimal_sign,
    "koma ganda": doubled_decimal_sign,
}
DIGITS = {
    "nol kelebihan": scaled(lambda x: x * 10),
    "dua angka pertama saja": scaled(only_leading),
    "angka pertama hilang": scaled(without_first),
}
LETTERS = {"huruf di dalam": text_instead("{}a4"), "galat lembar kerja": text_instead("#REF!"), "kata": text_instead("tidak tahu")}
SIGNS = {"tad": text_instead("tad"), "NULL": text_instead("NULL"), "tanda kosong ganda": text_instead("---")}
NEGATIVE = {"minus": scaled(lambda x: -x), "kurang seribu": scaled(lambda x: -1000 - x), "minus satu": scaled(lambda _: -1.0)}
