"""JSON read as it comes: elements of an array or members of an object one at a time, whatever their number.

Built on the standard library's scanner, which keeps each number's published digits, lets no object have one key twice (a value would be
lost without a word), and is told what NaN means here: a text that no number type accepts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from contracts.errors import BadJson, EmptyFile
from extractors.formats.native import exact
from extractors.formats.text_blocks import text_pieces

SPACE = re.compile(r"[ \t\n\r\ufeff]*")
CUT_OFF = 16
"""An error this near to the end of what was read may only mean that the rest was not read yet."""


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _TwiceError(next(key for i, (key, _) in enumerate(pairs) if any(key == other for other, _ in pairs[:i])))
    return members


class _TwiceError(Exception):
    """A key stands twice in one object."""


DECODER = json.JSONDecoder(parse_float=exact, parse_int=exact, parse_constant=str, object_pairs_hook=_object, strict=False)


class JsonReader:
    """One document, read once from front to back. Every method raises `BadJson` where it is broken or cut off."""

    def __init__(self, path: Path, file_name: str, encoding: str | None = None) -> None:
        self._file_name = file_name
        self._pieces = text_pieces(path, file_name, encoding)
        self._text, self._at = "", 0
        if not self.peek():
            raise EmptyFile(file_name)

    def peek(self) -> str:
        """The first character of what comes next; empty at the end."""
        if self._at < len(self._text) and (sign := self._text[self._at]) > " " and sign != "\ufeff":
            return sign
        while True:
            match = SPACE.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def value(self) -> object:
        """The next value as a whole: dict, list, text, `Number`, bool or None."""
        self.peek()
        while True:
            try:
                value, end = DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                is_open = error.msg.startswith("Unterminated string")
                if (is_open or error.pos >= len(self._text) - CUT_OFF) and self._more():
                    continue
                raise self._unreadable(error.pos, is_open or error.pos >= len(self._text)) from None
            except _TwiceError as error:
                raise self._broken(f'kunci "{error}" dua kali dalam satu objek') from None
            except RecursionError:
                raise self._broken("bersarang terlalu dalam") from None
            if end + len("e+") >= len(self._text) and self._more():
                continue  # a number may go on
            self._at = end
            return value

    def elements(self) -> Iterator[int]:
        """The positions (from 1) of an array's elements; the caller takes each element before it asks for the next."""
        self._expect("[")
        position = 0
        while self._goes_on("]", is_first=not position):
            position += 1
            yield position

    def members(self) -> Iterator[str]:
        """The keys of an object; the caller takes each value before it asks for the next key."""
        self._expect("{")
        is_first = True
        while self._goes_on("}", is_first=is_first):
            is_first = False
            key = self.value()
            if type(key) is not str:
                raise self._broken("kunci objek bukan teks")
            self._expect(":")
            yield key

    def skip(self, depth: int = 3) -> None:
        """Pass over the next value without keeping it."""
        walk = {"[": self.elements, "{": self.members}.get(self.peek()) if depth else None
        if walk is None:
            self.value()
            return
        for _ in walk():
            self.skip(depth - 1)

    def finish(self) -> None:
        """Make sure that nothing follows."""
        if self.peek():
            raise self._broken("ada teks sesudah akhir dokumen")

    def _goes_on(self, end: str, *, is_first: bool) -> bool:
        sign = self.peek()
        if sign == end:
            self._at += 1
            return False
        if not is_first:
            self._expect(",")
        return True

    def _expect(self, sign: str) -> None:
        if self.peek() != sign:
            raise self._broken(f"di tempat `{sign}` ada `{self.peek() or 'akhir berkas'}`")
        self._at += 1

    def _more(self) -> bool:
        """Read on, by as much again as still waits; what was taken is forgotten."""
        parts = [self._text[self._at :]]
        wanted, got = len(parts[0]), 0
        while got <= wanted and (piece := next(self._pieces, None)) is not None:
            parts.append(piece)
            got += len(piece)
        if got:
            self._text, self._at = "".join(parts), 0
        return got > 0

    def _unreadable(self, position: int, cut_off: bool) -> BadJson:
        return self._broken("terpotong sebelum selesai" if cut_off else f"salah tulis di dekat `{self._text[position : position + 20]}`")

    def _broken(self, reason: str) -> BadJson:
        return BadJson(self._file_name, reason)
