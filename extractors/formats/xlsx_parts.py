"""The small parts of an XLSX workbook: its sheets, the day it counts from, and its shared texts.

Only what cells need is read (ECMA-376 part 1, chapter 18). Shared texts are kept as one run of bytes: as Python strings those of a large
sheet would cost more memory than everything else together.
"""

from __future__ import annotations

import posixpath
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO
from zipfile import ZipFile

from lxml import etree
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from extractors.marks import Run, Script, set_together

RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
SCRIPTS: dict[str, Script] = {"superscript": "super", "subscript": "sub"}
STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True)
class SheetPart:
    """One worksheet of a workbook: its name, whether people see it, and where in the container it stands."""

    name: str
    visible: bool
    part: str


def elements(stream: IO[bytes], *tags: str) -> Iterator[etree._Element]:
    """Elements of these local names as they end, each forgotten once the next is asked for. No entity, no network, no huge node."""
    for _, element in etree.iterparse(stream, tag=[f"{{*}}{tag}" for tag in tags], resolve_entities=False, no_network=True):
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def sheet_parts(container: ZipFile) -> list[SheetPart]:
    """The worksheets in their order; chart sheets are none."""
    with container.open("xl/_rels/workbook.xml.rels") as stream:
        targets = {
            relation.get("Id"): posixpath.normpath(posixpath.join("xl", relation.get("Target", ""))).replace("xl//xl", "xl").lstrip("/")
            for relation in etree.parse(stream, _parser()).getroot()
            if str(relation.get("Type", "")).endswith("/worksheet")
        }
    with container.open("xl/workbook.xml") as stream:
        sheets = list(etree.parse(stream, _parser()).getroot().iter("{*}sheet"))
    named = [(sheet, targets.get(sheet.get(RELATION) or sheet.get(STRICT_RELATION))) for sheet in sheets]
    return [SheetPart(sheet.get("name", ""), sheet.get("state", "visible") == "visible", part) for sheet, part in named if part]


def epoch(container: ZipFile) -> datetime:
    """The day from which the workbook counts: 1900, or 1904 in workbooks born on a Mac."""
    with container.open("xl/workbook.xml") as stream:
        properties = next(etree.parse(stream, _parser()).getroot().iter("{*}workbookPr"), None)
    is_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    return MAC_EPOCH if is_1904 else WINDOWS_EPOCH


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)


class SharedTexts:
    """The texts that cells name by number."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._ends = array("Q", [0])

    @classmethod
    def of(cls, container: ZipFile) -> SharedTexts:
        """The texts of a workbook; none where it has no such part."""
        texts = cls()
        if "xl/sharedStrings.xml" in container.namelist():
            with container.open("xl/sharedStrings.xml") as stream:
                for item in elements(stream, "si"):
                    texts.add(rich_text(item))
        return texts

    def add(self, text: str) -> None:
        """One more text."""
        self._bytes += text.encode("utf-8", "replace")
        self._ends.append(len(self._bytes))

    def __getitem__(self, number: int) -> str:
        return self._bytes[self._ends[number] : self._ends[number + 1]].decode("utf-8")

    def __len__(self) -> int:
        return len(self._ends) - 1


def rich_text(item: etree._Element) -> str:
    """The text of ``<si>`` or ``<is>``: its runs together, without the phonetic guides of East Asian text."""
    nodes = [(node, node.getparent()) for node in item.iter("{*}t") if node.text]
    if len(nodes) == 1 and not nodes[0][1].tag.endswith(("}r", "}rPh")):
        return str(nodes[0][0].text)
    return set_together([Run(node.text, _script(run), _is_struck(run)) for node, run in nodes if not run.tag.endswith("}rPh")])


def _script(run: etree._Element) -> Script:
    setting = run.find("{*}rPr/{*}vertAlign")
    return SCRIPTS.get(setting.get("val", ""), "") if setting is not None else ""


def _is_struck(run: etree._Element) -> bool:
    setting = run.find("{*}rPr/{*}strike")
    return setting is not None and setting.get("val", "1") not in ("0", "false")
