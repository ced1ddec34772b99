"""Does a text file end where its publisher ended it? A transfer that broke off leaves a last line without an end, and often a short one.

Nothing else tells: half a CSV is a CSV. What such a file lacks would be closed as gone, and a figure cut in two (12345 -> 123) looks like one.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.formats.dialect import delimiter_of, records
from extractors.formats.text_blocks import encoding_of
from extractors.report import Finding

TAIL_BYTES, LONGEST_SHOWN = 1 << 16, 60
NEARLY_ALL = 0.9
_NOTE = re.compile(r"[:*(]")
AGAIN = "Minta pengirim mengirim ulang berkas yang utuh."
COMPARE = "Cocokkan baris itu dengan sumbernya; bila berkasnya utuh, terima dengan `--terima declared.akhir_berkas`."


@dataclass(frozen=True)
class LastLine:
    """A last line that nothing ends, beside the lines before it."""

    file_name: str
    text: str
    cells: int
    width: int
    """Cells of nearly all lines before it; 0 where they have no common width."""
    begins_like_others: bool = False
    """Whether it may be the beginning of their first cell: not longer, and no note (`Sumber: ...`, `*) ...`)."""

    @property
    def is_cut(self) -> bool:
        """Fewer cells than every other line; a single one may be a note below the table."""
        return 1 < self.cells < self.width

    @property
    def may_be_cut(self) -> bool:
        """Perhaps the beginning of one more line."""
        return self.cells == 1 < self.width and self.begins_like_others


def last_line(path: Path, file_name: str, encoding: str | None = None, delimiter: str | None = None) -> LastLine | None:
    """The last line of a text file where it has no end; None where it has one, as it has in nearly every file."""
    with path.open("rb") as file:
        codec = encoding or encoding_of(file.read(4096))
        file.seek(max(0, path.stat().st_size - TAIL_BYTES) & ~3)  # a multiple of any width of a letter
        tail = file.read()
    text = codecs.decode(tail, codec, "replace").replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip() or text.endswith("\n"):
        return None
    whole, _, last = text.rpartition("\n")
    whole = whole.partition("\n")[2] if len(tail) == TAIL_BYTES else whole  # the first line of the tail may have lost its beginning
    rows = records(whole + "\n", cut := delimiter or delimiter_of(whole + "\n"))
    (width, lines), *_ = Counter(len(row) for row in rows if row).most_common(1) or [(0, 0)]
    longest = max((len(row[0]) for row in rows if row and len(row) == width), default=0)
    begins_like_others = bool(rows and rows[-1]) and len(last) <= longest and not _NOTE.search(last)
    return LastLine(
        file_name, last, len(records(last, cut)[0]) if last else 0, width if lines >= NEARLY_ALL * len(rows) else 0, begins_like_others
    )


def cut_off(lines: Sequence[LastLine]) -> Iterator[Finding]:
    """A finding for each file whose last line proves that it was cut off; held where a person has to say so."""
    for line in lines:
        if line.is_cut or line.may_be_cut:
            yield Finding(
                rule="declared", rule_id="declared.akhir_berkas", severity=None if line.is_cut else "hold", outcome="fail", column=None,
                checked=1, failed=1, observed=f"{line.cells} sel", expected=f"{line.width} sel",
                message=f"Berkas {line.file_name} {'terputus' if line.is_cut else 'mungkin terputus'}: baris terakhirnya, "
                f"\"{line.text[:LONGEST_SHOWN]}\", hanya berisi {line.cells} dari {line.width} sel dan tidak diakhiri ganti baris. "
                f"{AGAIN if line.is_cut else COMPARE}",
            )  # fmt: skip
