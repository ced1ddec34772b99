"""How large and how deep a YAML file may be, so that one file can never take down the loader that reads all of them.

The C parser follows nesting by recursion: a hundred kilobytes of ``[`` end the whole process, and a few aliases of aliases fill the
memory. Nothing that a person writes comes near these limits.
"""

from __future__ import annotations

import re

import yaml


class YamlBroken(Exception):
    """The text is not YAML, holds nothing, or goes beyond what is read."""

    def __init__(self, line: int, problem: str, should_be: str) -> None:
        super().__init__(problem)
        self.line, self.problem, self.should_be = line, problem, should_be


MOST_BYTES = 2_000_000
MOST_DEPTH = 30
MOST_VALUES = 100_000
"""Keys and values in all, those counted again that an alias repeats."""
SURELY_SHALLOW = 2_000
"""Each level costs one of these characters at least, and so many levels harm nobody."""
_OPENING = re.compile(r"[\[{:?-]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Neither PostgreSQL nor a terminal takes them; YAML can write them as an escape."""


def check_size(text: bytes) -> None:
    """Raises: `YamlBroken` for a file too large to be one that a person wrote."""
    if len(text) > MOST_BYTES:
        problem = f"berkas berukuran {len(text) / 1e6:.1f} MB".replace(".", ",")
        raise YamlBroken(1, problem, f"paling banyak {MOST_BYTES // 1_000_000} MB; data ditaruh di berkas sumber, bukan di kontrak")


def check_nesting(text: str) -> None:
    """Find out without recursion how deep a text goes, before anything follows it down.

    Raises: `YamlBroken` with the line on which it becomes too deep; a parser error is left to the reading proper.
    """
    if sum(1 for _ in _OPENING.finditer(text)) <= SURELY_SHALLOW:
        return
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MOST_DEPTH:
                check_depth(depth, event.start_mark.line + 1 if event.start_mark else 1)
    except yaml.YAMLError:
        return


def check_depth(depth: int, line: int) -> None:
    """Raises: `YamlBroken` for more levels than a contract has."""
    if depth > MOST_DEPTH:
        raise YamlBroken(line, f"daftar dan pemetaan bersarang lebih dari {MOST_DEPTH} tingkat", "susunan yang lebih datar")


def check_count(values: int, line: int) -> None:
    """Raises: `YamlBroken` for more keys and values than one file may have."""
    if values > MOST_VALUES:
        problem = f"berkas berisi lebih dari {MOST_VALUES:,} nilai".replace(",", ".")
        raise YamlBroken(line, problem, "berkas yang lebih kecil, tanpa jangkar (& dan *) yang diulang-ulang")


def check_text(text: str, line: int) -> None:
    """Raises: `YamlBroken` for a character that no database and no screen can show."""
    if found := _CONTROL.search(text):
        raise YamlBroken(line, f"nilai memuat karakter kendali \\x{ord(found[0]):02x}", "teks biasa tanpa karakter kendali")
