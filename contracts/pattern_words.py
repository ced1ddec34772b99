"""Why a pattern is not accepted, and how to write it instead, for the author of a contract: the compiler speaks English, and to programmers."""

from __future__ import annotations

import re
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from contracts.regex_size import MOST_NESTED, nesting

MOST_REPEATS = 255
LITERAL = "pola regex; beri \\ di depan ( ) [ ] { } . + * ? yang harfiah"
NOT_A_PATTERN = (re.error, OverflowError, RecursionError)
"""What the compiler raises for a wrong pattern, a repetition beyond its counter, and too many parentheses in each other."""


class Refusal(NamedTuple):
    """What is wrong with a pattern, and what to write instead."""

    problem: str
    should_be: str


_SAID = {
    "global flags not at the start": Refusal("penanda seperti (?i) di tengah pola", "(?i) paling depan; ia berlaku untuk seluruh pola"),
    "missing ), unterminated comment": Refusal("komentar (?# tanpa penutup", "pola tanpa komentar"),
    "missing ), unterminated subpattern": Refusal("kurung ( tanpa penutup", "tanda ) penutupnya, atau \\( bila kurung itu harfiah"),
    "unbalanced parenthesis": Refusal("kurung ) tanpa pembuka", "tanda ( pembukanya, atau \\) bila kurung itu harfiah"),
    "unterminated character set": Refusal("kurung [ tanpa penutup", "tanda ] penutupnya, atau \\[ bila kurung itu harfiah"),
    "bad character range": Refusal(
        "rentang di dalam [ ] yang terbalik atau bukan rentang", "rentang dari yang kecil, misalnya [a-z]; - harfiah ditulis \\-"
    ),
    "nothing to repeat": Refusal(
        "tanda * + ? atau { } tanpa yang diulang di depannya", "\\ di depan tanda itu bila ia harfiah, misalnya \\*"
    ),
    "multiple repeat": Refusal("dua tanda pengulangan berurutan", "satu tanda saja, atau \\ di depan yang harfiah"),
    "min repeat greater than max": Refusal("pengulangan {m,n} yang m-nya lebih besar", "{m,n} dengan m paling banyak n"),
    "the repetition number is too large": Refusal("pengulangan yang terlalu banyak", "rule: length untuk panjang teks"),
    "bad escape \\m": Refusal("\\m, yang hanya dikenal PostgreSQL", "\\b untuk batas kata"),
    "bad escape \\M": Refusal("\\M, yang hanya dikenal PostgreSQL", "\\b untuk batas kata"),
    "bad escape \\y": Refusal("\\y, yang hanya dikenal PostgreSQL", "\\b untuk batas kata"),
    "bad escape \\Y": Refusal("\\Y, yang hanya dikenal PostgreSQL", "\\B di luar batas kata"),
    "bad escape \\z": Refusal("\\z, yang tidak dikenal", "$ untuk akhir teks"),
    "bad escape \\p": Refusal("\\p, yang tidak dikenal", "[A-Za-z] atau \\w untuk huruf"),
    "bad escape (end": Refusal("\\ di akhir pola", "\\\\ bila garis miring itu harfiah"),
    "bad escape": Refusal("\\ di depan huruf yang tidak berarti apa pun", "hurufnya saja, atau \\\\ bila garis miring itu harfiah"),
    "incomplete escape": Refusal("kode huruf yang tidak lengkap", "misalnya \\x2f atau \\u00e9"),
    "undefined character name": Refusal("nama huruf yang tidak dikenal", "huruf itu sendiri"),
    "octal escape": Refusal("kode huruf di luar 0-0o377", "misalnya \\x2f atau \\u00e9"),
    "look-behind requires": Refusal(
        "(?<=...) atau (?<!...) yang panjangnya tidak tetap", "di dalamnya teks sepanjang tetap, tanpa * + ? atau {m,n}"
    ),
    "redefinition of group": Refusal("dua kelompok bernama sama", "nama yang berbeda, atau (?:...)"),
    "bad character in group name": Refusal("nama kelompok yang tidak sah", "nama dari huruf, angka, dan _, misalnya (?P<tahun>...)"),
    "unknown extension": Refusal("tanda setelah (? yang tidak dikenal", "(?:...) untuk kelompok, (?P<nama>...) untuk kelompok bernama"),
    "unknown flag": Refusal("penanda yang tidak dikenal", "(?i), (?s), atau (?x) paling depan"),
    "bad inline flags": Refusal("penanda yang tidak dapat dipakai di situ", "(?i), (?s), atau (?x) paling depan"),
    "invalid group reference": Refusal("rujukan ke kelompok yang tidak ada", "pola tanpa rujukan balik seperti \\1"),
    "unknown group name": Refusal("rujukan ke kelompok yang tidak ada", "pola tanpa rujukan balik"),
    "cannot refer": Refusal("rujukan balik ke kelompok yang belum selesai", "pola tanpa rujukan balik"),
}
"""How the compiler's sentence begins -> ours; the first that fits."""

ENDING = (
    "pengulangan yang hanya dapat membagi teks dengan satu cara: diawali ^, tanpa pengulangan di dalam pengulangan atau pengulangan"
    " berurutan atas huruf yang sama, atau dengan pemisah yang pasti. (a|aa)+ ditulis a+, a*a*b ditulis a*b, dan (\\w+\\s?)+"
    " ditulis \\w+(\\s\\w+)*"
)
"""What to write instead of a pattern that may run for ever."""

_NO_BACK_REFERENCE = "pola tanpa rujukan balik; dua kolom dibandingkan dengan rule: compare atau rule: sql"
NOT_IN_CHECKS: dict[Any, Refusal] = {
    op.GROUPREF: Refusal("rujukan balik seperti \\1", _NO_BACK_REFERENCE),
    op.GROUPREF_EXISTS: Refusal("syarat (?(1)...|...)", "kedua kemungkinan yang ditulis utuh, misalnya (?:ab|c)"),
    op.ATOMIC_GROUP: Refusal("kelompok (?>...)", "(?:...)"),
    op.POSSESSIVE_REPEAT: Refusal("pengulangan *+ ++ ?+ atau }+", "pengulangan tanpa + di belakangnya"),
}
"""What Postgres cannot say, by the parser's name of it."""
FLAGS = Refusal("penanda selain (?i), (?s), dan (?x)", "pola tanpa penanda itu: satu sel satu baris, jadi ^ dan $ sudah awal dan akhirnya")
INNER_FLAGS = Refusal("penanda di tengah pola", "(?i) paling depan untuk seluruh pola, atau [Aa] untuk satu huruf")
NO_LETTER = Refusal("kode huruf \\ud800 sampai \\udfff, yang bukan huruf", "hurufnya sendiri")
MANY_REPEATS = Refusal(
    f"pengulangan lebih dari {MOST_REPEATS} kali", f"paling banyak {{{MOST_REPEATS}}}, atau rule: length untuk panjang teks"
)
POSIX = Refusal(
    "[:...:], yang bagi Python hanya huruf-huruf itu sendiri", "[A-Za-z] atau \\w untuk huruf, \\d untuk angka, \\s untuk spasi"
)
_POSIX_CLASS = re.compile(r"\[:\^?[a-z]+:\]")


class WrongPattern(ValueError):
    """A pattern that cannot be used: what is wrong, and what to write instead, in Indonesian."""

    def __init__(self, problem: str, should_be: str) -> None:
        super().__init__(f"{problem}. {should_be}")
        self.problem, self.should_be = problem, should_be


def uses(pattern: str, refused: Refusal) -> WrongPattern:
    """The error to raise for a pattern with something that is not accepted."""
    return WrongPattern(f"pola `{pattern}` memakai {refused.problem}", refused.should_be)


def read_pattern(pattern: str) -> Any:  # noqa: ANN401 - the parser has no types
    """A pattern as Python's parser takes it apart. Raises WrongPattern: none, too deep to be run anywhere, or with a class of Postgres' own."""
    if nesting(pattern) > MOST_NESTED:
        raise WrongPattern(f"pola `{pattern}` terlalu bertingkat", f"paling banyak {MOST_NESTED} tingkat tanda kurung")
    if _POSIX_CLASS.search(pattern):
        raise uses(pattern, POSIX)
    try:
        re.compile(pattern)
        return parser.parse(pattern)
    except NOT_A_PATTERN as error:
        raise WrongPattern(*_refusal(pattern, error)) from error


def _refusal(pattern: str, error: Exception) -> Refusal:
    told = str(error)
    found = next((ours for beginning, ours in _SAID.items() if told.startswith(beginning)), None)
    place = f" pada huruf ke-{error.pos + 1}" if isinstance(error, re.error) and error.pos is not None else ""
    return Refusal(f"pola `{pattern}` tidak sah{place}" + (f": {found.problem}" if found else ""), found.should_be if found else LITERAL)
