"""A free condition over one row (`rule: sql`), read word by word and written again as SQL: true where a row is wrong.

It looks like SQL and is a small part of it: columns, numbers, texts, comparisons, arithmetic, and/or/not, case, a few functions. Dividing
by nothing gives null, so no row can make a condition fail.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from contracts.condition.parts import Part, alike, column_part, needs, pattern_part, text_part, whole_number
from contracts.condition.words import (
    COMPARISONS,
    FUNCTIONS,
    MOST_NESTED,
    OF_ONE_KIND,
    PATTERNS,
    ConditionError,
    Kind,
    Token,
    refuse_query,
    words_of,
)
from contracts.models.columns import ColumnType


class Condition(NamedTuple):
    """A condition that was understood."""

    sql: str
    columns: tuple[str, ...]
    """The columns it speaks of, each once."""


def read_condition(text: str, columns: Mapping[str, ColumnType], zone: str = "UTC") -> Condition:
    """The SQL of a condition over columns of these types. Raises ConditionError: not ours, of another kind, or about no column."""
    words = words_of(text)
    refuse_query(words, columns)
    reader = _Reader(words, columns, zone)
    part = needs("logika", reader.whole(), "syarat")
    if not reader.used:
        raise ConditionError("syarat tidak menyebut kolom apa pun", "syarat yang benar bila barisnya salah, misalnya harga > 2 * modal")
    return Condition(f"({part.sql})", tuple(dict.fromkeys(reader.used)))


class _Reader:
    """The words not read yet. Each method reads one level, from the weakest tie to the strongest."""

    def __init__(self, words: list[Token], columns: Mapping[str, ColumnType], zone: str) -> None:
        self.words, self.columns, self.zone = words, columns, zone
        self.used: list[str] = []
        self.depth = 0

    def whole(self) -> Part:
        part = self._either()
        if self.words[0].sort != "end":
            raise ConditionError(f"`{self.words[0].text}` tidak pada tempatnya", "satu syarat; sambungkan dengan and atau or")
        return part

    def _take(self, *texts: str) -> str | None:
        """The next word, if it is one of these signs or keywords."""
        if self.words[0].sort in ("sign", "keyword") and self.words[0].text in texts:
            return self.words.pop(0).text
        return None

    def _must(self, text: str) -> None:
        if self._take(text) is None:
            raise ConditionError(f"`{self.words[0].text or 'akhir syarat'}` di tempat `{text}`", f"`{text}` di tempat itu")

    def _chain(self, inner: Callable[[], Part], word: str) -> Part:
        part = inner()
        while self._take(word):
            left, right = needs("logika", part, word), needs("logika", inner(), word)
            part = Part(f"({left.sql} {word} {right.sql})", "logika")
        return part

    def _either(self) -> Part:
        self.depth += 1
        if self.depth > MOST_NESTED:
            raise ConditionError("syarat terlalu bertingkat", f"paling banyak {MOST_NESTED} tingkat tanda kurung")
        part = self._chain(lambda: self._chain(self._negated, "and"), "or")
        self.depth -= 1
        return part

    def _negated(self) -> Part:
        nots = 0
        while self._take("not"):
            nots += 1
        part = self._compared()
        return Part(f"(not {needs('logika', part, 'not').sql})", "logika") if nots % 2 else part

    def _compared(self) -> Part:
        left = self._sum()
        if sign := self._take(*COMPARISONS):
            a, b = alike((left, self._sum()), sign)
            return Part(f"({a.sql} {COMPARISONS[sign]} {b.sql})", "logika")
        if sign := self._take(*PATTERNS):
            return Part(f"({needs('teks', left, sign).sql} {PATTERNS[sign]} {pattern_part(self._primary()).sql})", "logika")
        if self._take("is"):
            no = "not " if self._take("not") else ""
            word = self._take("null", "true", "false")
            if word is None or (word != "null" and left.kind != "logika"):
                raise ConditionError("`is` tanpa null, true, atau false yang cocok", "is null atau is not null")
            return Part(f"({left.sql} is {no}{word})", "logika")
        no = "not " if self._take("not") else ""
        if word := self._take("in", "between", "like", "ilike"):
            return Part(f"({no}{self._among(left, word)})", "logika")
        if no:
            raise ConditionError("`not` di tengah syarat", "not in, not between, atau not like")
        return left

    def _among(self, left: Part, word: str) -> str:
        if word == "in":
            self._must("(")
            one, *others = alike((left, *self._list(")")), word)
            return f"{one.sql} in ({', '.join(part.sql for part in others)})"
        if word == "between":
            low = self._sum()
            self._must("and")
            one, low, high = alike((left, low, self._sum()), word)
            return f"{one.sql} between {low.sql} and {high.sql}"
        pattern = self._primary()
        if pattern.kind != "teks" or pattern.said is None or "\\" in pattern.said:
            raise ConditionError(f"pola {word} harus ditulis langsung, tanpa \\", "misalnya like 'Kota %'")
        return f"{needs('teks', left, word).sql} {word} {pattern.sql}"

    def _list(self, end: str) -> list[Part]:
        parts = [self._either()]
        while self._take(","):
            parts.append(self._either())
        self._must(end)
        return parts

    def _sum(self) -> Part:
        part = self._product()
        while sign := self._take("+", "-", "||"):
            part = _added(part, sign, self._product())
        return part

    def _product(self) -> Part:
        part = self._signed()
        while sign := self._take("*", "/", "%"):
            a, b = needs("angka", part, sign).sql, needs("angka", self._signed(), sign).sql
            part = Part({"*": f"({a} * {b})", "/": f"({a} / nullif({b}, 0))", "%": f"mod({a}, nullif({b}, 0))"}[sign], "angka")
        return part

    def _signed(self) -> Part:
        minus = 0
        while sign := self._take("-", "+"):
            minus += sign == "-"
        part = self._primary()
        while self._take("::"):
            part = _cast(part, self.words.pop(0))
        return Part(f"(- {needs('angka', part, '-').sql})", "angka") if minus % 2 else part

    def _primary(self) -> Part:
        word = self.words.pop(0)
        if word.sort == "number":
            return Part(f"{word.text}::numeric", "angka", word.text)
        if word.sort == "text":
            return text_part(word.text)
        if word.sort == "keyword" and word.text in ("true", "false"):
            return Part(word.text, "logika")
        if word.sort == "keyword" and word.text == "null":
            return Part("null", "kosong")
        if word == Token("keyword", "case"):
            return self._case()
        if word == Token("sign", "("):
            part = self._either()
            self._must(")")
            return part
        if word.sort in ("name", "quoted"):
            return self._called(word.text) if word.sort == "name" and self._take("(") else self._column(word.text)
        raise ConditionError(f"`{word.text or 'akhir syarat'}` tidak pada tempatnya", "kolom, angka, teks di antara ' ', atau tanda kurung")

    def _column(self, name: str) -> Part:
        if name not in self.columns:
            raise ConditionError(f"kolom `{name}` tidak ada", f"salah satu dari {', '.join(list(self.columns)[:20])}")
        self.used.append(name)
        return column_part(name, self.columns[name], self.zone)

    def _called(self, name: str) -> Part:
        if name not in FUNCTIONS and name not in OF_ONE_KIND:
            raise ConditionError(f"fungsi `{name}` tidak dikenal", f"salah satu dari {', '.join((*FUNCTIONS, *OF_ONE_KIND))}")
        given = self._list(")")
        if name in OF_ONE_KIND:
            parts = alike(given, name)
            if len(parts) < OF_ONE_KIND[name] or (name == "nullif" and len(parts) > 2):
                raise ConditionError(f"`{name}` dengan {len(parts)} isian", "nullif(a, b)")
            return Part(f"{name}({', '.join(part.sql for part in parts)})", next((p.kind for p in parts if p.kind != "kosong"), "kosong"))
        return _applied(name, given)

    def _case(self) -> Part:
        whens: list[Part] = []
        results: list[Part] = []
        while self._take("when"):
            whens.append(needs("logika", self._either(), "when"))
            self._must("then")
            results.append(self._either())
        last = self._either() if self._take("else") else Part("null", "kosong")
        self._must("end")
        if not whens:
            raise ConditionError("`case` tanpa when", "case when syarat then nilai else nilai end")
        *thens, other = alike((*results, last), "case")
        told = " ".join(f"when {when.sql} then {then.sql}" for when, then in zip(whens, thens, strict=True))
        return Part(f"(case {told} else {other.sql} end)", next((p.kind for p in (*thens, other) if p.kind != "kosong"), "kosong"))


def _added(left: Part, sign: str, right: Part) -> Part:
    if sign == "||":
        return Part(f"({needs('teks', left, sign).sql} || {needs('teks', right, sign).sql})", "teks")
    if left.kind == "tanggal" and (days := whole_number(right, 100_000)):
        return Part(f"({left.sql} {sign} {days})", "tanggal")
    if sign == "-" and left.kind == "tanggal" and right.kind != "angka":
        return Part(f"({left.sql} - {needs('tanggal', right, sign).sql})::numeric", "angka")
    return Part(f"({needs('angka', left, sign).sql} {sign} {needs('angka', right, sign).sql})", "angka")


def _cast(part: Part, word: Token) -> Part:
    if word.text == "text":
        return Part(f"{part.sql}::text", "teks")
    if word.text == "date" and part.kind in ("tanggal", "waktu"):
        return needs("tanggal", part, "::date")
    if word.text in ("numeric", "integer") and part.kind == "angka":
        return part
    raise ConditionError(f"{part.kind} tidak dapat dijadikan `{word.text}`", "::text; tipe lain disebut di `type:` kolomnya")


def _applied(name: str, given: list[Part]) -> Part:
    takes, gives, sql = FUNCTIONS[name]
    if name == "round" and len(given) == 1:
        given = [*given, Part("0", "angka", "0")]
    if len(given) != len(takes):
        raise ConditionError(f"`{name}` dengan {len(given)} isian", f"{name}({', '.join(takes)})")
    parts = [_whole(name, part) if kind == "bulat" else needs(_kind(kind), part, name).sql for kind, part in zip(takes, given, strict=True)]
    return Part(sql.format(*parts), gives)


def _kind(name: str) -> Kind:
    return "angka" if name == "angka" else "teks" if name == "teks" else "tanggal"


def _whole(name: str, part: Part) -> str:
    number = whole_number(part, 1_000)
    if number is None:
        raise ConditionError(f"isian `{name}` harus bilangan bulat yang ditulis langsung", "misalnya left(kode, 2)")
    return number
