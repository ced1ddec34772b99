"""One published column -> a contract column: its type, its convention, its signs, and a word on what is only likely."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from extractors.cells import BOOLEAN, DATE, NUMBER, TEXT
from extractors.coerce.booleans import read_boolean
from satudata.new_contract.codes import reference_of
from satudata.new_contract.draft import ColumnDraft
from satudata.new_contract.figures import ENOUGH, figures
from satudata.new_contract.moments import FEWEST_YEARS, MOST_YEARS, timing
from satudata.new_contract.sample import Column
from satudata.new_contract.signs import sign_keys, without_signs
from satudata.new_contract.units import rate_unknown, unit_in

Keys = dict[str, object]
Guess = tuple[Keys, str, str]
"""Keys, note, grain."""
_TIME_HEADER = re.compile(
    r"(?:^|[\W_])(?:tahun|thn|year|tanggal|tgl|date|bulan|bln|month|periode|period|waktu|time|semester|triwulan|minggu|update|created|updated)"
    r"(?:$|[\W_])|(?:_at|tanggal|date)$",
    re.IGNORECASE,
)
_YEAR_HEADER = re.compile(r"(?:^|[\W_])(?:tahun|thn|year|periode|period)(?:$|[\W_])", re.IGNORECASE)
_CODE_HEADER = re.compile(
    r"(?:^|[\W_])(?:kode|kd|code|nip|nis|nisn|npsn|nik|kodepos|rt|rw|nomor|no|fax|telp\w*|tele?pon|hp)(?:$|[\W_])|(?:^|[_.])id$",
    re.IGNORECASE,
)
_LATITUDE = re.compile(r"(?:^|[\W_])(?:lat|latitude|lintang)(?:$|[\W_])|^lat", re.IGNORECASE)
_LONGITUDE = re.compile(r"(?:^|[\W_])(?:lon|lng|long\w*|bujur)(?:$|[\W_])", re.IGNORECASE)
_UNIT_HEADER = re.compile(r"satuan|unit|uom", re.IGNORECASE)
_BOTH = ("-", "--", "–", "—")
_DOUBT = "ribuan atau desimal?"
_YES_NO = {"true", "false", "ya", "tidak"}
_RUPIAH = re.compile(r"^-?\s*rp\b", re.IGNORECASE)


def typed(name: str, column: Column) -> ColumnDraft:
    """The column with the type that nearly all of its cells have; text where none has."""
    for guess in _GUESSES:
        if found := guess(column):
            keys, note, grain = found
            return ColumnDraft(name, {"from": column.header, **keys}, note, column.header, grain)
    return ColumnDraft(name, {"from": column.header, "type": "text"}, _mixed_figures(column), column.header)


def _mixed_figures(column: Column) -> str:
    """A word on texts that are mostly figures, only not all of one convention: as text they would be no figures at all."""
    written = [text for text in column.filled if re.fullmatch(r"\(?-?(?:rp\b\.?\s*)?\d[\d.,]*(?:,-)?\)?\s*%?", text, re.IGNORECASE)]
    both = "".join(written)
    is_likely = "." in both and "," in both and 2 * len(written) >= len(column.filled)
    return f"angka dengan dua cara tulis? misalnya {written[0]!r} dan {written[-1]!r}; minta OPD menyeragamkannya" if is_likely else ""


def _empty(column: Column) -> Guess | None:
    return None if column.filled else ({"type": "text"}, "semua selnya kosong", "")


def _boolean(column: Column) -> Guess | None:
    texts = {text.casefold() for text in column.filled}
    if column.native <= {BOOLEAN} or (texts <= _YES_NO and len(texts) == 2 and all(map(read_boolean, texts))):
        return {"type": "boolean"}, "", ""
    return None


def _unit(column: Column) -> Guess | None:
    return ({"type": "unit"}, "", "") if _UNIT_HEADER.fullmatch(column.header.strip()) and TEXT in column.native else None


def _time(column: Column) -> Guess | None:
    if column.native == {DATE}:
        is_moment = any("T" in text for text in column.filled)
        return ({"type": "timestamp" if is_moment else "date"}, "", "hari")
    if column.native - {TEXT} and not _is_year(column):
        return None
    texts = without_signs(column.filled)
    found = timing(texts, speaks_of_time=bool(_TIME_HEADER.search(column.header)))
    if found is None or (found.format == "YYYY" and not _YEAR_HEADER.search(column.header)):
        return None
    keys: Keys = {"type": found.type} | ({"format": found.format} if found.format else {}) | sign_keys(column.filled)
    return keys, f"hari atau bulan dahulu? {found.swapped} dibaca {found.format}" if found.swapped else "", found.grain


def _is_year(column: Column) -> bool:
    years = sum(count for text, count in column.filled.items() if text.isdecimal() and FEWEST_YEARS <= int(text) <= MOST_YEARS)
    return bool(_YEAR_HEADER.search(column.header)) and years >= ENOUGH * sum(column.filled.values())


def _coordinate(column: Column) -> Guess | None:
    for kind, header, most in (("latitude", _LATITUDE, 90), ("longitude", _LONGITUDE, 180)):
        if header.search(column.header.strip()):
            found = _figure_keys(column)
            numbers = [text.replace(",", ".") for text in without_signs(column.filled)]
            if found and all(abs(_float(text)) <= most for text in numbers):
                return {"type": kind, **{key: value for key, value in found[0].items() if key in ("numbers", "missing")}}, "", ""
    return None


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _code(column: Column) -> Guess | None:
    """Codes of a list we know, and digits that are no amount: leading noughts, or a header that says so."""
    texts = column.filled
    if reference := reference_of(column.header, texts):
        return {"type": "code", "reference": reference}, "", ""
    digits = [text for text in texts if re.fullmatch(r"[\d.\-/]*\d(?:\.0)?", text)]
    if len(digits) < 0.9 * len(texts) or column.native - {TEXT, NUMBER}:
        return None
    is_code = bool(_CODE_HEADER.search(column.header)) or any(re.match(r"0\d", text) for text in digits)
    return ({"type": "code"}, "", "") if is_code and all(float_free(text) for text in digits) else None


def float_free(text: str) -> bool:
    """Whether a run of digits has no fraction."""
    return not re.fullmatch(r"\d+[.,]\d*[1-9]\d*", text) or text.count(".") > 1


def _figure(column: Column) -> Guess | None:
    found = _figure_keys(column)
    if found is None:
        return None
    keys, note = found
    is_rupiah = any(map(_RUPIAH.match, column.filled))
    if is_rupiah and note.endswith(_DOUBT):
        note = ""  # rupiah have no fractions
    if any("%" in text for text in column.filled):
        keys["type"] = "percent"
    if not note and set(_BOTH) & set(keys.get("missing", ())):  # type: ignore[call-overload]
        note = "tanda - berarti kosong, atau nol (zero:)?"
    elif not note and keys.get("missing"):
        note = "dianggap kosong; hapus dari missing bila barisnya harus dikarantina"
    if unit := ("Rp" if is_rupiah else unit_in(column.header)):
        keys["unit"] = unit
    elif rate := rate_unknown(column.header):
        note = note or f"satuan {rate} tidak ada di daftar satuan; tambahkan di sources/references/satuan.csv, lalu tulis unit: {rate}"
    return keys, note, ""


def _figure_keys(column: Column) -> tuple[Keys, str] | None:
    if column.native - {TEXT, NUMBER}:
        return None
    texts, native = without_signs(column.of_kind(TEXT)), column.of_kind(NUMBER)
    found = figures(texts)
    share = (found.share * texts.total() + native.total()) / max(1, texts.total() + native.total())
    if share < ENOUGH or not (texts or native):
        return None
    is_whole = (found.whole or not texts) and all("." not in text for text in native)
    keys: Keys = {"type": "integer" if is_whole else "decimal"}
    if texts and found.numbers:
        keys["numbers"] = found.numbers
    return keys | sign_keys(column.of_kind(TEXT)), _figure_note(found.doubtful, found.numbers, found.unread)


def _figure_note(doubtful: str | None, numbers: str | None, unread: Counter[str]) -> str:
    if unread:
        return f"{unread.total()} sel bukan angka, misalnya {next(iter(unread))!r}"
    either = "id atau plain" if doubtful and "." in doubtful else "id atau en"
    return f"numbers {either}? {doubtful} dibaca dengan numbers {numbers}: {_DOUBT}" if doubtful else ""


_GUESSES: tuple[Callable[[Column], Guess | None], ...] = (_empty, _boolean, _unit, _time, _coordinate, _code, _figure)
