"""A text that is written as a day should be, and names none: ``31 November 2026``, ``0000-00-00``. Told only that it is not of the form which it
has, nobody would know what to mend.
"""

from __future__ import annotations

from contracts.formats import SPECIAL, Token, tokens
from contracts.models.columns import Column
from expectations.rules.sql import literal
from extractors.coerce.calendar_names import MONTHS
from extractors.coerce.dates import DAY_FORMATS, MOMENT_FORMATS

USUAL: dict[str, tuple[str, ...]] = {"date": DAY_FORMATS, "timestamp": MOMENT_FORMATS}
"""Type of a column -> the notations that are read where its contract names none."""
NAME_OF_A_DAY = "([[:alpha:]'’]+[ ,./]+)?"
NO_SUCH_DAY = "(tanggal itu tidak ada di kalender)"


def no_such_day(text: str, column: Column) -> str | None:
    """SQL text: a remark where a text that could not be read has the form of a day, else ''; None for a column that holds no days."""
    notations = [one for one in column.format or USUAL.get(column.type, ()) if one not in SPECIAL]
    if column.type not in USUAL or column.extract or not notations:
        return None
    forms = "|".join(map(_form, notations))
    return f"case when {text} ~* {literal(f'^{NAME_OF_A_DAY}({forms})$')} then {literal(' ' + NO_SUCH_DAY)} else '' end"


def _form(notation: str) -> str:
    """A notation as a pattern of Postgres."""
    cut = tokens(notation)
    between = zip((None, *cut), cut, (*cut[1:], None), strict=False)
    return "".join(_piece(token, any(one is not None and not one.literal for one in (before, after))) for before, token, after in between)


def _piece(token: Token, runs_on: bool) -> str:
    if token.literal:
        return "".join(" *" if sign.isspace() else sign if sign.isalnum() else rf" *\{sign} *" for sign in token.text)
    if token.text in ("MMM", "MMMM"):
        return f"({'|'.join(MONTHS)})[.]?"
    if token.text == "mm":
        return "[0-9]{2}(:[0-9]{2})?"
    return f"[0-9]{{{len(token.text)}}}" if runs_on or token.text in ("YYYY", "YY") else "[0-9]{1,2}"
