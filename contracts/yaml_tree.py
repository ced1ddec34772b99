"""YAML text as plain data in which every scalar stays text, with the line of every key kept.

``NO``, the commonest header of an Indonesian table, must not become False, nor the region code ``61.10`` the number 61.1. The C parser's
node tree holds both the text and the line marks, so one pass serves the good path and, where something is wrong, the sentence about it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import yaml

from contracts.yaml_limits import YamlBroken, check_count, check_depth, check_nesting, check_size, check_text

Plain = str | list["Plain"] | dict[str, "Plain"]
Path = tuple[str | int, ...]


class Place(NamedTuple):
    """A line (from 1) and the key path as an author would say it: ``checks[2].column``."""

    line: int
    key: str


@dataclass
class Tree:
    """The data of one YAML file and where each part of it stands."""

    data: Plain
    root: yaml.Node
    doubled: list[tuple[Path, int]]
    """Keys written twice in one mapping, with the line of the second."""

    def place(self, path: Path) -> Place:
        """Line and name of the deepest part of ``path`` that exists; the name is that of the whole path."""
        node, line = self.root, 1
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            line, node = found
        return Place(line, dotted(path))


def read_tree(text: bytes) -> Tree:
    """The tree of one YAML document.

    Raises: `YamlBroken` with the line and an Indonesian sentence.
    """
    check_size(text)
    try:
        written = text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise YamlBroken(text[: error.start].count(b"\n") + 1, "berkas bukan UTF-8", "simpan berkas sebagai UTF-8") from None
    check_nesting(written)
    try:
        root = yaml.compose(written, Loader=yaml.CBaseLoader)
    except yaml.YAMLError as error:
        raise _broken(error, written.splitlines()) from None
    if not isinstance(root, yaml.MappingNode | yaml.SequenceNode):
        raise YamlBroken(1, "berkas kosong atau hanya teks", "pasangan `kunci: nilai`")
    reader = _Reader([])
    return Tree(reader.plain(root, (), ()), root, reader.doubled)


def _broken(error: yaml.YAMLError, lines: Sequence[str]) -> YamlBroken:
    """The slips that newcomers make in words of their own, any other in those of the parser."""
    mark = getattr(error, "problem_mark", None)
    what = str(getattr(error, "problem", None) or error)
    line = mark.line + 1 if mark else 1
    near = [number for number in (line, line - 1, line + 1) if 0 < number <= len(lines)]
    tab = next((number for number in near if "\t" in lines[number - 1][: -len(lines[number - 1].lstrip()) or None]), None)
    if tab is not None:
        return YamlBroken(tab, f"YAML tidak terbaca: baris {tab} dimulai dengan tab", "pakai spasi")
    if "mapping values are not allowed" in what:
        return YamlBroken(line, "YAML tidak terbaca: ada `: ` di dalam sebuah nilai", "beri tanda kutip pada nilai yang memuat `: `")
    should_be = "periksa indentasi (spasi, bukan tab), titik dua, kurung, dan tanda kutip di sekitar baris itu"
    return YamlBroken(line, f"YAML tidak terbaca ({what})", should_be)


def dotted(path: Sequence[str | int]) -> str:
    """A path as an author would say it."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text


@dataclass
class _Reader:
    """Nodes as plain data; how much has been read so far, aliases counted as often as they are used."""

    doubled: list[tuple[Path, int]]
    values: int = 0

    def plain(self, node: yaml.Node, path: Path, above: tuple[int, ...]) -> Plain:
        line = node.start_mark.line + 1
        if id(node) in above:
            raise YamlBroken(line, "jangkar YAML menunjuk dirinya sendiri", "tulis nilainya langsung, tanpa & dan *")
        self.values += 1
        check_count(self.values, line)
        check_depth(len(path), line)
        if isinstance(node, yaml.ScalarNode):
            check_text(node.value, line)
            return str(node.value)
        above = (*above, id(node))
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(child, (*path, i), above) for i, child in enumerate(node.value)]
        return self._mapping(node, path, above)

    def _mapping(self, node: yaml.Node, path: Path, above: tuple[int, ...]) -> Plain:
        found: dict[str, Plain] = {}
        for name, line, child in _pairs(node):
            check_text(name, line)
            if name in found:
                self.doubled.append(((*path, name), line))
            found[name] = self.plain(child, (*path, name), above)
        return found


def _pairs(node: yaml.Node) -> Iterator[tuple[str, int, yaml.Node]]:
    for key, child in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise YamlBroken(
                key.start_mark.line + 1, "kunci berupa daftar atau pemetaan", "kunci berupa teks; beri tanda kutip bila memuat { atau ["
            )
        yield str(key.value), key.start_mark.line + 1, child


def _child(node: yaml.Node, step: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        # the last of doubled keys is the one whose value counts
        return next(((key.start_mark.line + 1, child) for key, child in reversed(node.value) if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line + 1, node.value[step]
    return None
