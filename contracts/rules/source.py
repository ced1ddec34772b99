"""Each kind of source has the keys it cannot do without, keys of its own, and no secret among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from contracts.explain import Flaw
from contracts.models.contract import Contract
from contracts.models.source import Source
from contracts.placeholders import request_texts
from contracts.secrets import has_secret, is_secret_name, masked_url
from contracts.text_encodings import is_text_encoding

NEEDED: dict[str, tuple[str, ...]] = {"bps_webapi": ("domain", "var"), "ckan": ("package",)}
OWN: dict[str, tuple[str, ...]] = {
    "domain": ("bps_webapi",),
    "var": ("bps_webapi",),
    "package": ("ckan",),
    "resource": ("ckan",),
    "pages": ("json_api", "ckan", "html_table"),
    "fields": ("json_api", "ckan", "file", "inbox"),
    "labels": ("json_api", "ckan", "file"),
    "records": ("json_api", "ckan", "file", "inbox"),
}
"""Key -> the kinds of source it has a meaning for."""
_OTHER_SCHEME = re.compile(r"^(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_VARIABLE = re.compile(r"\$\{[^}]*\}")
_NAMED = re.compile(r"\$\{[A-Za-z_]\w*\}")
_PROBE = "r4hasia"
"""Stands for the value of a variable where it is asked whether the ledger would mask it."""
OURS = ("SATUDATA_", "AIRFLOW_", "DBT_")
"""What settings of this program, and of the programs it runs, begin with."""
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
"""What a header may be called (RFC 9110, 5.6.2)."""


def flaws(contract: Contract) -> Iterator[Flaw]:
    """Missing, superfluous and unsafe keys of ``source``, and secrets."""
    source = contract.source
    yield from _address(source)
    for key in NEEDED.get(source.kind, ()):
        if getattr(source, key) is None:
            yield Flaw(("source", key), "belum diisi", f"`{key}: ...`, wajib untuk kind {source.kind}")
    for key, kinds in OWN.items():
        if key in source.model_fields_set and source.kind not in kinds:
            yield Flaw(("source", key), f"`{key}` tidak berarti untuk kind {source.kind}", f"hapus, atau pakai kind {' / '.join(kinds)}")
    yield from _details(source)
    yield from _headers(source)
    yield from _secrets(source)
    yield from _variables(contract)


def _address(source: Source) -> Iterator[Flaw]:
    if source.kind == "inbox":
        if source.url or source.same_as:
            yield Flaw(("source", "url" if source.url else "same_as"), "kotak masuk tidak punya alamat", "hapus kunci ini")
    elif (source.url is None) == (source.same_as is None):
        yield Flaw(("source", "url"), "alamat harus disebut tepat sekali", "`url:` atau `same_as:`, salah satu")
    if source.url is not None and (problem := _unsafe(source.url)):
        yield Flaw(("source", "url"), problem, "alamat http(s), `${X}/...`, atau jalur relatif terhadap berkas kontrak ini")


def _unsafe(url: str) -> str | None:
    bare = _VARIABLE.sub("", url)
    if not url.strip():
        return "alamat kosong"
    if unnamed := next((name for name in _VARIABLE.findall(url) if not _NAMED.fullmatch(name)), None):
        return f"`{unnamed}` bukan nama variabel"
    if re.match(r"https?:", url, re.IGNORECASE) and not _is_address(url):
        return "bukan alamat http(s) yang sah"
    if _OTHER_SCHEME.match(url):
        return f"skema `{url.split(':')[0]}:` tidak diterima"
    return "jalur mutlak tidak diterima" if bare == url and url.startswith(("/", "~", "\\")) else None


def _is_address(url: str) -> bool:
    """Whether an address has a host, and a port that exists; a blank is encoded in a path, not in a host. What ``${X}`` stands for is not known yet."""
    try:
        parts = urlsplit(re.sub(r"\$?\{[^}]*\}", "1", url))
        return bool(parts.hostname) and parts.port != 0 and not re.search(r"\s", parts.netloc) and not re.search(r"[^\S ]", url)
    except ValueError:
        return False


def _details(source: Source) -> Iterator[Flaw]:
    if source.encoding is not None and not is_text_encoding(source.encoding):
        yield Flaw(("source", "encoding"), f"pengodean `{source.encoding}` tidak dikenal", "misalnya utf-8, cp1252, atau latin-1")
    if source.delimiter is not None and not re.fullmatch(r"[\t -!#-~]", source.delimiter.replace("\\t", "\t")):
        yield Flaw(
            ("source", "delimiter"), "pemisah kolom harus satu huruf ASCII, bukan tanda kutip atau akhir baris", 'misalnya ";" atau "\\t"'
        )
    if source.body is not None and source.method == "GET":
        yield Flaw(("source", "body"), "permintaan GET tidak punya isi", "`method: POST`, atau pakai `params:`")
    if source.pages is not None and source.pages.by == "cursor" and source.pages.next is None:
        yield Flaw(("source", "pages", "next"), "belum diisi", "jalur JSON kursor berikutnya, wajib untuk by: cursor")
    if source.pages is not None and source.kind == "html_table":
        for key in ("total", "last", "next"):
            if getattr(source.pages, key) is not None:
                yield Flaw(
                    ("source", "pages", key), "halaman HTML tidak punya jalur JSON", "hapus; `by: next` mengikuti tautan halaman berikutnya"
                )
    if source.resource is not None and (source.resource.name is None) == (source.resource.position is None):
        yield Flaw(("source", "resource"), "sumber daya harus disebut tepat sekali", "`name:` atau `position:`, salah satu")


def _headers(source: Source) -> Iterator[Flaw]:
    for name, value in source.headers.items():
        if not _HEADER_NAME.fullmatch(name) or not re.fullmatch(r"[\t -~]*", value):
            yield Flaw(("source", "headers", name), "nama atau isi header HTTP memuat huruf yang tidak boleh", "satu baris huruf ASCII")


def _secrets(source: Source) -> Iterator[Flaw]:
    should_be = "`credentials: <id>` di kontrak; rahasianya di koneksi Airflow, lingkungan, atau berkas 0600"
    if source.url is not None and has_secret(source.url):
        yield Flaw(("source", "url"), "alamat memuat kata sandi, token, atau kunci", should_be)
    for part in ("params", "headers", "body"):
        values = getattr(source, part)
        for name in values if isinstance(values, Mapping) else ():
            if is_secret_name(name) and _VARIABLE.sub("", values[name]).strip():
                yield Flaw(("source", part, name), f"`{name}` memuat rahasia", should_be)


def _variables(contract: Contract) -> Iterator[Flaw]:
    """``${X}`` that would send the program's own settings to an agency, or write a secret into the ledger as part of an address."""
    for path, text in request_texts(contract):
        for name in _NAMED.findall(text):
            if name[2:-1].startswith(OURS):
                yield Flaw(
                    path,
                    f"`{name}` adalah pengaturan program ini, dan akan terkirim ke alamat itu",
                    "`credentials: <id>`, atau situs.X di pemda.yml",
                )
            elif path == ("source", "url") and is_secret_name(name[2:-1]) and _PROBE in masked_url(text.replace(name, _PROBE)):
                yield Flaw(
                    path, f"`{name}` akan tersimpan terbuka sebagai bagian alamat", "`credentials: <id>`; rahasia tidak ditulis di alamat"
                )
