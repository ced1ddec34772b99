"""How the cells of an XLSX workbook show their numbers: as days, as times elapsed, or as another power of ten than they hold.

A cell that holds 0.12 and shows 12% says 12%, as its neighbour does that was typed as the text ``12%``. What people see counts: by the same rule a
format that hides three digits (``#,##0,``) says thousands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from zipfile import ZipFile

from lxml import etree
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format


class Time(Enum):
    """A number that is shown as time."""

    MOMENT = "day or time of day"
    ELAPSED = "hours and minutes elapsed"


Shown = Time | int
"""Time, or the power of ten by which what is shown is greater than what is held."""
_UNSCALED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
"""Of a format: texts, escaped signs, spaces and fillings, colours and conditions."""
_THOUSANDS = re.compile(r"[0#?](,+)(?![0#?,])")


def shown_otherwise(container: ZipFile) -> Mapping[str, Shown]:
    """Numbers of the cell styles (as written in ``s=``) that show a number otherwise than as it is held -> how."""
    if "xl/styles.xml" not in container.namelist():
        return {}
    with container.open("xl/styles.xml") as stream:
        root = etree.parse(stream, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    own = {entry.get("numFmtId"): entry.get("formatCode", "") for entry in root.iter("{*}numFmt")}
    cell_formats = next(root.iter("{*}cellXfs"), ())
    codes = [own.get(entry.get("numFmtId")) or BUILTIN_FORMATS.get(int(entry.get("numFmtId", 0)), "") for entry in cell_formats]
    return {str(i): shown for i, shown in enumerate(map(shown_by, codes)) if shown}


def shown_by(code: str) -> Shown:
    """What a number format does to a number; 0 where it shows it as it is."""
    if is_timedelta_format(code):
        return Time.ELAPSED
    if is_date_format(code):
        return Time.MOMENT
    first = _UNSCALED.sub("", code).split(";")[0]
    hidden = _THOUSANDS.search(first)
    return 2 * first.count("%") - (3 * len(hidden[1]) if hidden else 0)
