"""Rules on where a point lies: in_box and axes_swapped. A point with its coordinates exchanged is accused of that alone: one that
is implied needs no check to be told so.

Boundaries are rectangles: a rectangle finds what is typed wrong, and needs no map that would have to be kept. (Extent of Indonesia:
11 degrees south to 6 north, 95 to 141 east, with a tenth of a degree for its outermost islands.)
"""

from __future__ import annotations

from dataclasses import replace

from contracts.models.base import Range
from contracts.models.checks import Box, Check
from contracts.models.contract import Contract
from expectations.rules.judged import Judged, row_rule, severity_of
from expectations.rules.rule import Rule
from expectations.rules.sql import between, literal, outside, quote, shown

INDONESIA = Box(latitude=(-11.1, 6.1), longitude=(94.9, 141.1))
FARTHEST: dict[str, float] = {"latitude": 90, "longitude": 180}
"""Degrees from the equator, and from Greenwich: what lies farther is no place on Earth."""


def in_box_rule(check: Check, judged: Judged) -> Rule:
    """The point lies in `box`, in the rectangle of the region `within`, or in Indonesia."""
    latitude, longitude = quote(check.latitude or ""), quote(check.longitude or "")
    if check.within is None:
        box, asked = check.box or INDONESIA, None
        fails = _outside(latitude, longitude, box)
        expected = f"lintang {between(*box.latitude)} dan bujur {between(*box.longitude)}"
    else:
        asked = f"ops.in_region({_region(check.within, judged)}, {latitude}, {longitude}) is not null"
        fails = f"not ops.in_region({_region(check.within, judged)}, {latitude}, {longitude})"
        expected = f"di dalam wilayah {check.within}"
    if _is_told_by_axes(check, judged):
        fails = f"({fails}) and not coalesce({_swapped(latitude, longitude)}, false)"
    rule = row_rule(
        check, judged, fails=fails, subject="Titik berada di", observed=_spoken(check, judged), expected=expected,
        ours="ExpectPointsToBeInBox", asked=asked,
    )  # fmt: skip
    return replace(rule, skipped=f"Daftar wilayah belum memuat kotak (batas) untuk {check.within}.") if check.within else rule


def axes_swapped_rule(check: Check, judged: Judged) -> Rule:
    """Not: outside Indonesia as it stands, and inside with latitude and longitude exchanged."""
    return row_rule(
        check, judged, fails=_swapped(quote(check.latitude or ""), quote(check.longitude or "")), subject="Titik berada di",
        observed=_spoken(check, judged), expected="lintang dan bujur tidak tertukar", ours="ExpectAxesNotToBeSwapped",
    )  # fmt: skip


def unasked_axes(contract: Contract) -> Check | None:
    """An `axes_swapped` for the one latitude and the one longitude of a contract that has no check of it; None where nobody can say which belong together."""
    if any(check.rule == "axes_swapped" for check in contract.checks):
        return None
    of_type = {kind: [name for name, column in contract.columns.items() if column.type == kind] for kind in FARTHEST}
    (latitudes, longitudes) = of_type["latitude"], of_type["longitude"]
    return Check(rule="axes_swapped", latitude=latitudes[0], longitude=longitudes[0]) if len(latitudes) == len(longitudes) == 1 else None


def degrees(name: str, contract: Contract) -> Range | None:
    """The range of a column's type, where it is a latitude or a longitude and no narrower box is asked for every row.

    Where a check of the contract judges exchanged coordinates they are left to it: each may be the other.
    """
    kind = contract.columns[name].type
    about = [check for check in contract.checks if name in (check.latitude, check.longitude)]
    boxed = any(check.rule == "in_box" and not (check.within or check.where) and severity_of(check) != "warn" for check in about)
    if kind not in FARTHEST or boxed:
        return None
    farthest = max(FARTHEST.values()) if any(check.rule == "axes_swapped" for check in about) else FARTHEST[kind]
    return (-farthest, farthest)


def exchanged(name: str, contract: Contract) -> str | None:
    """SQL, true for the rows whose coordinates are exchanged, where `axes_swapped` says so instead of the implied range of the column `name`.

    A range that the contract names keeps what a milder rule on exchanged coordinates would let in.
    """
    strict = contract.columns[name].range is not None
    for check in _axes(contract):
        told = not strict or (check.where is None and severity_of(check) in ("fail", "quarantine"))
        if told and name in (check.latitude, check.longitude):
            return f"coalesce({_swapped(quote(check.latitude or ''), quote(check.longitude or ''))}, false)"
    return None


def _axes(contract: Contract) -> list[Check]:
    """The rules on exchanged coordinates that a contract is judged by."""
    unasked = unasked_axes(contract)
    return [check for check in (unasked, *contract.checks) if check and check.rule == "axes_swapped"]


def _outside(latitude: str, longitude: str, box: Box) -> str:
    return f"({outside(latitude, *box.latitude)} or {outside(longitude, *box.longitude)})"


def _swapped(latitude: str, longitude: str) -> str:
    return f"({_outside(latitude, longitude, INDONESIA)} and not {_outside(longitude, latitude, INDONESIA)})"


def _is_told_by_axes(check: Check, judged: Judged) -> bool:
    """Does `axes_swapped` judge the same points with the same severity?"""
    return any(
        (other.latitude, other.longitude, other.where) == (check.latitude, check.longitude, check.where)
        and severity_of(other) == severity_of(check)
        for other in _axes(judged.contract)
    )


def _region(within: str, judged: Judged) -> str:
    """SQL: the Kemendagri code of the region a point should lie in."""
    return f"ops.kemendagri_code({quote(within)})" if within in judged.contract.columns else literal(within)


def _spoken(check: Check, judged: Judged) -> str:
    latitude, longitude = (
        f"coalesce({shown(name, judged.column(name))}, 'kosong')" for name in (check.latitude or "", check.longitude or "")
    )
    return f"'lintang ' || {latitude} || ', bujur ' || {longitude}"
