"""Numbers of persons written into columns of text. All are invented: no serial number of theirs was ever given out."""

from __future__ import annotations

import random
from collections.abc import Callable

from bench.corruption.case import Case, Variant
from bench.corruption.document import NotApplicable


def nik(rng: random.Random) -> str:
    """Region 32.73.01, a valid day of birth (a woman's day + 40), a serial number."""
    day = rng.randint(1, 28) + rng.choice((0, 40))
    return f"327301{day:02d}{rng.randint(1, 12):02d}{rng.randint(50, 99)}{rng.randint(1, 9999):04d}"


def phone(rng: random.Random) -> str:
    """A mobile number."""
    return f"0812{rng.randint(10_000_000, 99_999_999)}"


def mail(rng: random.Random) -> str:
    """An address of mail."""
    return f"warga{rng.randint(1, 9999)}@contoh.co.id"


def written_in(make: Callable[[random.Random], str], text: str) -> Variant:
    """Write it into a text column; `{}` is the number, `{0}` what stood there."""

    def apply(case: Case) -> None:
        if not case.roles.texts:
            raise NotApplicable("no text")
        column = case.rng.choice(list(case.roles.texts))
        case.hurt(column, lambda cell: text.format(cell, make(case.rng)))

    return apply


PERSONAL = {
    "NIK": written_in(nik, "{1}"),
    "NIK di belakang nama": written_in(nik, "{0} {1}"),
    "telepon": written_in(phone, "{0} HP {1}"),
    "surel": written_in(mail, "{0} ({1})"),
}
