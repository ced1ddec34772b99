"""Prevents memory from growing with the file: five times the rows may cost at most 15 % more, in every format that can be large."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.extractors.formats import workbooks

CONTRACT = """
id: uji.memori
title: Memori
source: {{kind: file, url: x, records: data.*}}
write: snapshot
key: [a]
columns:
{columns}
"""
NAMES = [f"kolom_{i}" for i in range(8)]
READ = """
import sys
from collections.abc import Callable
from pathlib import Path
from contracts.registry import load_dataset
from extractors.report import ParseReport
from extractors.source_file import SourceFile
from extractors.table.long import long_chunks
report = ParseReport()
rows = sum(len(chunk.lokasi) for chunk in long_chunks(load_dataset(sys.argv[1]), [SourceFile(Path(sys.argv[2]), "a")], report))
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))  # ru_maxrss counts what started us
print(rows, peak)
"""


def values(i: int) -> list[str]:
    return [
        f"61.05.{i % 99:02d}",
        f"{i % 28} Mei 2024",
        f"indikator {i % 50}",
        "kelas",
        f"{i}.{i % 1000:03d},5",
        "jiwa",
        "dinas",
        f"catatan {i}",
    ]


def write_csv(path: Path, rows: int) -> None:
    with path.open("w") as file:
        file.write(";".join(NAMES) + "\n")
        file.writelines(";".join(values(i)) + "\n" for i in range(rows))


def write_json(path: Path, rows: int) -> None:
    with path.open("w") as file:
        file.write('{"data": [')
        file.writelines(("," if i else "") + json.dumps(dict(zip(NAMES, values(i), strict=True))) for i in range(rows))
        file.write('], "jumlah": 1}')


def write_xlsx(path: Path, rows: int) -> None:
    """Every cell a shared text, and every eighth of them met once only: the case in which a workbook's own tables grow."""
    texts = [*NAMES, "sama", *(f"catatan {i}" for i in range(rows))]
    lines = [b"<row>" + b"".join(b'<c t="s"><v>%d</v></c>' % i for i in range(8)) + b"</row>"]
    lines += [b"<row>" + b'<c t="s"><v>8</v></c>' * 7 + b'<c t="s"><v>%d</v></c></row>' % (9 + i) for i in range(rows)]
    shared = "".join(f"<si><t>{text}</t></si>" for text in texts).encode()
    workbooks.raw_xlsx(path, b"".join(lines), texts=shared)


def peak_kb(folder: Path, path: Path, rows: int) -> int:
    """Peak memory of a process of its own that reads the file."""
    contract = folder / "kontrak.yml"
    columns = "\n".join(f"  {name}: {{from: {header}, type: text}}" for name, header in zip("abcdefgh", NAMES, strict=True))
    contract.write_text(CONTRACT.format(columns=columns))
    done = subprocess.run([sys.executable, "-c", READ, contract, path], capture_output=True, text=True, check=True)
    read, peak = map(int, done.stdout.split())
    assert read == rows
    return peak


@pytest.mark.parametrize(("write", "rows"), [(write_csv, 200_000), (write_json, 40_000), (write_xlsx, 20_000)], ids=["csv", "json", "xlsx"])
def test_memory_does_not_follow_the_rows(tmp_path: Path, write: Callable[[Path, int], None], rows: int) -> None:
    peaks = []
    for count in (rows, 5 * rows):
        write(tmp_path / "isi", count)
        peaks.append(peak_kb(tmp_path, tmp_path / "isi", count))
    assert peaks[1] <= 1.15 * peaks[0], peaks
    assert peaks[1] < 350_000
