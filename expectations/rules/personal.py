"""personal_data: nobody's number or address stands in a text of an open table: NIK, family card, mobile telephone, e-mail (UU 27/2022 Ps 4).

A column declared `pribadi` is known to hold such data and is not published; this finds what has crept into the others. What was found is
named by its kind, never repeated. A landline is an office's, and no person's. Codes and names of regions are texts as well: what somebody wrote
behind a name would else wait for a code, and stand in the list of those that are unknown. So is a cell that could not be read, whatever its column.

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
SIXTEEN = "[0-9]{2}[. -]?[0-9]{2}[. -]?[0-9]{2}[. -]?([04][1-9]|[1256][0-9]|[37][01])[. -]?(0[1-9]|1[0-2])[. -]?[0-9]{2}[. -]?[0-9]{4}"
"""What looks like a NIK before its region is looked up; a sum seldom does, so few rows ask for more."""
MOBILE = r"(?<![0-9]|[0-9][.,])([+]62[ .-]?|wa[.]me/62|62[ .-]|0)8[1-9]([ .-]?[0-9]){7,10}(?![0-9])"
EMAIL = "[[:alnum:]._%+-]+@[[:alnum:]-]+([.][[:alnum:]-]+)*[.][[:alpha:]]{2,}"
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
    """The rule over the texts, and over what could not be read in the columns asked about."""
    found = [(f"kolom {name}", kind, fails) for name in texts for kind, fails in kinds(f"{quote(name)}::text")]
    unread = _unreadable(asked)
    found += [("sel yang tidak terbaca", kind, f"(_cacat is not null and {fails})") for kind, fails in kinds(unread)]
    told = [f"case when {fails} then {literal(f'{kind} di {place}')} end" for place, kind, fails in found]
    fails = [_may_hold(f"{quote(name)}::text", kinds) for name in texts] + [f"(_cacat is not null and {_may_hold(unread, kinds)})"]
    rule = row_rule(
        check, judged, fails=" or ".join(fails), subject="Baris memuat",
        observed=f"nullif({joined(', ', told)}, '')", expected="tanpa data pribadi", ours="ExpectRowsToNameNobody",
    )  # fmt: skip
    return replace(rule, asks_lists=kinds is not _contacts, columns=tuple(texts))


def _may_hold(text: str, kinds: Kinds) -> str:
    """SQL: a text holds one of these kinds; of a short one, as most are, nothing but its length is asked."""
    return f"case when octet_length({text}) >= {SHORTEST} then {' or '.join(fails for _, fails in kinds(text))} end"


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
    may_count = f"octet_length({text}) >= 16 and ({month}) and {text} ~ '[0-9][0-9 .-]{{8}}'"
    yield "NIK atau nomor KK", f"case when {may_count} and {text} ~ {literal(SIXTEEN)} then ops.holds_nik({text}) end"


def _contacts(text: str) -> Iterator[tuple[str, str]]:
    """(kind, SQL), as `_numbers`: without the sign of either and enough behind it."""
    may_call = f"{text} like '%08{'_' * 8}%' or {text} like '%62{'_' * 9}%'"
    yield "nomor telepon", f"case when {may_call} then {text} ~ {literal(MOBILE)} end"
    yield "alamat surel", f"case when {text} like '%@%' then {text} ~ {literal(EMAIL)} end"
