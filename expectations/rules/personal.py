"""personal_data: nobody's number or address stands in an open table: NIK, family card, mobile telephone, e-mail (UU 27/2022 Ps 4).

A column declared `pribadi` is known to hold such data and is not published; this finds what has crept into the others. What was found is
named by its kind, never repeated. A landline is an office's, and no person's. Codes and names of regions are texts as well: what somebody wrote
behind a name would else wait for a code, and stand in the list of those that are unknown. So is a cell that could not be read, whatever its column.
A figure is looked at where it is as long as a NIK: a column of numbers takes one in as readily as a text does.

Nobody need ask for it. A NIK is a person's wherever it stands, and refuses the batch; a mobile number or an address may be an office's, so its row
is set aside, until the contract says of the column what it holds: a class (`pribadi`), or a check of its own that names it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from contracts.models.checks import Check, Severity
from contracts.models.columns import ColumnType
from contracts.models.contract import Contract
from expectations.rules.judged import Judged, row_rule, severity_of
from expectations.rules.rule import Rule
from expectations.rules.sql import joined, literal, quote

PUBLISHED_AS_TEXT: frozenset[ColumnType] = frozenset({"text", "wilayah", "code", "unit"})
FOREIGN_DIGITS = "[٠-٩۰-۹０-９＠]"
"""Arabic and full-width digits, and the full-width @: such texts, and only they, are looked at in Latin ones."""
NUMBER = "NIK atau nomor KK"
SHORTEST = 9
"""`a@b.go.id`; the shortest of all; most codes are shorter, and need no look."""
FOR_AN_OFFICE = "tanpa data pribadi (bila itu kontak kantor, kontrak menyebut kolomnya dalam aturan personal_data)"
Kinds = Callable[[str], Iterator[tuple[str, str]]]
"""SQL of a text -> (kind, SQL that is true where the text holds one)."""


def personal_data_rule(check: Check, judged: Judged) -> Rule:
    """No NIK, KK, mobile number or e-mail in the columns, all undeclared texts without any."""
    undeclared = [name for name, column in judged.contract.columns.items() if not column.pribadi]
    return _rule(check, judged, check.columns or tuple(_texts(judged.contract)), check.columns or undeclared, _everybody)


def implied_personal_rules(judged: Judged) -> Iterator[Rule]:
    """What every contract is judged by, where no check of its own says what is to become of such texts."""
    own = [check for check in judged.contract.checks if check.rule == "personal_data" and not check.where]
    if all(check.columns for check in own):
        told = {name for check in own for name in check.columns or ()}
        strictly = {name for check in own if severity_of(check) != "warn" for name in check.columns or ()}
        yield _implied(judged, "personal_data", "fail", strictly, _numbers, "tanpa data pribadi")
        yield _implied(judged, "personal_data.kontak_orang", "quarantine", told, _contacts, FOR_AN_OFFICE)


def _implied(judged: Judged, rule_id: str, severity: Severity, told: Collection[str], kinds: Kinds, expected: str) -> Rule:
    check = Check(rule="personal_data", id=rule_id, severity=severity)
    undeclared = [name for name, column in judged.contract.columns.items() if not column.pribadi and name not in told]
    texts = tuple(name for name in _texts(judged.contract) if name not in told)
    return replace(_rule(check, judged, texts, undeclared, kinds), expected=expected)


def _rule(check: Check, judged: Judged, texts: Sequence[str], asked: Sequence[str], kinds: Kinds) -> Rule:
    """The rule over the texts, over figures as long as a NIK, and over what could not be read in the columns asked about."""
    numeric = [name for name in asked if judged.column(name).is_number and name not in texts]
    figures = numeric if kinds is not _contacts else []
    found = [(f"kolom {name}", kind, fails) for name in texts for kind, fails in _in_any_digits(f"{quote(name)}::text", kinds)]
    found += [(f"kolom {name}", NUMBER, _figure(name)) for name in figures]
    unread = _unreadable(asked)
    found += [("sel yang tidak terbaca", kind, f"(_cacat is not null and {fails})") for kind, fails in _in_any_digits(unread, kinds)]
    told = [f"case when {fails} then {literal(f'{kind} di {place}')} end" for place, kind, fails in found]
    fails = [_may_hold(f"{quote(name)}::text", kinds) for name in texts] + [_figure(name) for name in figures]
    fails += [f"(_cacat is not null and {_may_hold(unread, kinds)})"]
    rule = row_rule(
        check, judged, fails=" or ".join(fails), subject="Baris memuat",
        observed=f"nullif({joined(', ', told)}, '')", expected="tanpa data pribadi", ours="ExpectRowsToNameNobody",
    )  # fmt: skip
    return replace(rule, asks_lists=kinds is not _contacts, columns=(*texts, *figures))


def _may_hold(text: str, kinds: Kinds) -> str:
    """SQL: a text holds one of these kinds; of a short one, as most are, nothing but its length is asked."""
    plain, in_latin = (" or ".join(fails for _, fails in kinds(one)) for one in (text, _latin(text)))
    return f"case when octet_length({text}) >= {SHORTEST} then case when {_is_foreign(text)} then {in_latin} else {plain} end end"


def _in_any_digits(text: str, kinds: Kinds) -> Iterator[tuple[str, str]]:
    """(kind, SQL) of a text as it stands or, where its digits are not Latin ones, of what they mean."""
    for (kind, fails), (_, in_latin) in zip(kinds(text), kinds(_latin(text)), strict=True):
        yield kind, f"case when {_is_foreign(text)} then {in_latin} else {fails} end"


def _is_foreign(text: str) -> str:
    return f"octet_length({text}) <> char_length({text}) and {text} ~ {literal(FOREIGN_DIGITS)}"


def _latin(text: str) -> str:
    return f"ops.latin_digits({text})"


def _figure(name: str) -> str:
    """SQL: a number is as long as a NIK, and is one; of all others nothing but their size is asked."""
    return f"case when {quote(name)} between {10**15} and {10**16 - 1} then ops.holds_nik({quote(name)}::text) end"


def _texts(contract: Contract) -> Iterator[str]:
    return (name for name, column in contract.columns.items() if column.type in PUBLISHED_AS_TEXT and not column.pribadi)


def _unreadable(asked: Sequence[str]) -> str:
    """SQL: what was published in cells of these columns that could not be read."""
    return joined(" | ", (f"_cacat ->> {literal(name)}" for name in asked))


def _everybody(text: str) -> Iterator[tuple[str, str]]:
    """(kind, SQL) of all that names a person."""
    yield from _numbers(text)
    yield from _contacts(text)


def _numbers(text: str) -> Iterator[tuple[str, str]]:
    """(kind, SQL). What is cheap comes first, and most cells end there: too short, no digit that begins a month with enough around it, no run of digits."""
    month = " or ".join(f"{text} like '%{'_' * 8}{digit}{'_' * 7}%'" for digit in "01")
    may_count = f"octet_length({text}) >= 16 and ({month}) and {text} ~ '[0-9][0-9 ,./_·–-]{{8}}'"
    yield NUMBER, f"case when {may_count} and {_looks_like('nik', text)} then ops.holds_nik({text}) end"


def _contacts(text: str) -> Iterator[tuple[str, str]]:
    """(kind, SQL), as `_numbers`: without the sign of either and enough behind it."""
    may_call = f"{text} like '%08{'_' * 8}%' or {text} like '%62{'_' * 9}%'"
    yield "nomor telepon", f"case when {may_call} then {_looks_like('telepon', text)} end"
    may_write = f"{text} like '%@%' or {text} like '%[__]%' or {text} like '%(__)%'"
    yield "alamat surel", f"case when {may_write} then {_looks_like('surel', text)} end"


def _looks_like(kind: str, text: str) -> str:
    """SQL: the pattern of a kind, which masking knows as well, is found in the text."""
    return f"{text} ~ ops.personal_pattern({literal(kind)})"
