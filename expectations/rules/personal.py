"""personal_data: nobody's number or address stands in a text of an open table: NIK, family card, mobile telephone, e-mail (UU 27/2022 Ps 4).

A column declared `pribadi` is known to hold such data and is not published; this finds what has crept into the others. What was found is
named by its kind, never repeated. A landline is an office's, and no person's. Codes and names of regions are texts as well: what somebody wrote
behind a name would else wait for a code, and stand in the list of those that are unknown. So is a cell that could not be read, whatever its column.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from contracts.models.checks import Check
from contracts.models.columns import ColumnType
from contracts.models.contract import Contract
from expectations.rules.judged import Judged, row_rule
from expectations.rules.rule import Rule
from expectations.rules.sql import literal, quote

PUBLISHED_AS_TEXT: frozenset[ColumnType] = frozenset({"text", "wilayah", "code", "unit"})
SIXTEEN = "[0-9]{2}[. -]?[0-9]{2}[. -]?[0-9]{2}[. -]?([04][1-9]|[1256][0-9]|[37][01])[. -]?(0[1-9]|1[0-2])[. -]?[0-9]{2}[. -]?[0-9]{4}"
"""What looks like a NIK before its region is looked up; a sum seldom does, so few rows ask for more."""
MOBILE = r"(?<![0-9]|[0-9][.,])([+]62[ .-]?|wa[.]me/62|62[ .-]|0)8[1-9]([ .-]?[0-9]){7,10}(?![0-9])"
EMAIL = "[[:alnum:]._%+-]+@[[:alnum:]-]+([.][[:alnum:]-]+)*[.][[:alpha:]]{2,}"


def personal_data_rule(check: Check, judged: Judged) -> Rule:
    """No NIK, KK, mobile number or e-mail in the columns, all undeclared texts without any."""
    columns = check.columns or tuple(_texts(judged.contract))
    kinds = [(f"kolom {name}", kind, fails) for name in columns for kind, fails in _kinds(f"{quote(name)}::text")]
    unread = _unreadable(check, judged.contract)
    kinds += [("sel yang tidak terbaca", kind, f"(_cacat is not null and {fails})") for kind, fails in _kinds(unread)]
    told = ", ".join(f"case when {fails} then {literal(f'{kind} di {place}')} end" for place, kind, fails in kinds)
    rule = row_rule(
        check, judged, fails=" or ".join(fails for _, _, fails in kinds) or "false", subject="Baris memuat",
        observed=f"nullif(concat_ws(', ', {told}), '')" if told else "null", expected="tanpa data pribadi", ours="ExpectRowsToNameNobody",
    )  # fmt: skip
    return replace(rule, asks_lists=True, columns=columns)


def _texts(contract: Contract) -> Iterator[str]:
    return (name for name, column in contract.columns.items() if column.type in PUBLISHED_AS_TEXT and not column.pribadi)


def _unreadable(check: Check, contract: Contract) -> str:
    """SQL: what was published in cells that could not be read, of the columns asked about; those declared are known to hold such data."""
    asked = [name for name, column in contract.columns.items() if (name in check.columns if check.columns else not column.pribadi)]
    return f"concat_ws({', '.join([literal(' | '), *(f'_cacat ->> {literal(name)}' for name in asked), 'null'])})"


def _kinds(text: str) -> Iterator[tuple[str, str]]:
    """(kind, SQL). What is cheap comes first, and most cells end there: too short, no run of digits, no sign of the kind."""
    may_count = f"octet_length({text}) >= 16 and {text} ~ '[0-9][0-9 .-]{{8}}'"
    yield "NIK atau nomor KK", f"case when {may_count} and {text} ~ {literal(SIXTEEN)} then ops.holds_nik({text}) end"
    may_call = f"octet_length({text}) >= 10 and ({text} like '%08%' or {text} like '%62%')"
    yield "nomor telepon", f"case when {may_call} then {text} ~ {literal(MOBILE)} end"
    yield "alamat surel", f"case when {text} like '%@%' then {text} ~ {literal(EMAIL)} end"
