"""Secrets of sources, by the id a contract names; read when a request is about to be sent, and never shown.

Looked for, in this order: the environment variable SATUDATA_CRED_<ID> (signs a shell does not take are `_`), a file of mode 0600 under
home/secrets/credentials (<id>.json or <id>.yml), an Airflow connection in AIRFLOW_CONN_<ID>. The first two hold a JSON or YAML mapping with
any of ``token`` (Bearer), ``user`` and ``password`` (Basic), ``headers``, ``params``, ``key`` (path of the WebAPI of BPS); a bare text is a
``token``.
"""

from __future__ import annotations

import base64
import json
import os
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

import requests
import yaml
from requests.auth import AuthBase

from contracts.errors import CredentialsExposed, CredentialsMissing
from contracts.settings import settings

PARTS = {"token", "user", "password", "headers", "params", "key"}


class Credential(AuthBase):
    """What is added to a request on the wire."""

    def __init__(self, headers: Mapping[str, str] | None = None, params: Mapping[str, str] | None = None, key: str | None = None) -> None:
        self._headers, self._params, self._key = dict(headers or {}), dict(params or {}), key

    def __call__(self, prepared: requests.PreparedRequest) -> requests.PreparedRequest:
        """Sign a request that is about to be sent."""
        prepared.headers.update(self._headers)
        parts = urlsplit(prepared.url or "")
        path = f"{parts.path.rstrip('/')}/key/{self._key}" if self._key else parts.path
        prepared.prepare_url(urlunsplit(parts._replace(path=path)), self._params)
        return prepared


ANONYMOUS = Credential()


def credential(name: str, url: str) -> Credential:
    """The credentials with the id `name`, for a request to `url`.

    Raises: `CredentialsMissing` (in none of the places, or unreadable there), `CredentialsExposed` (a file that others may read).
    """
    text = _in_environment("SATUDATA_CRED_", name) or _file_text(name, url)
    found = _read(text, name, url) if text else _from_airflow(_in_environment("AIRFLOW_CONN_", name))
    if found is None:
        raise CredentialsMissing(url, name, variable_of(name))
    return _credential(found, name, url)


def variable_of(name: str, prefix: str = "SATUDATA_CRED_") -> str:
    """The environment variable of an id, as a shell can export it: ``bps-ketapang`` is SATUDATA_CRED_BPS_KETAPANG."""
    return prefix + re.sub(r"[^A-Z0-9]", "_", name.upper())


def _in_environment(prefix: str, name: str) -> str | None:
    return os.environ.get(f"{prefix}{name.upper()}") or os.environ.get(variable_of(name, prefix))


def _credential(found: Mapping[str, Any], name: str, url: str) -> Credential:
    unknown = set(found) - PARTS
    if unknown or not found:
        raise CredentialsMissing(url, name, variable_of(name), "ada, tetapi memuat kunci yang tidak dikenal atau kosong")
    headers = dict(found.get("headers") or {})
    if "token" in found:
        headers["Authorization"] = f"Bearer {found['token']}"
    elif "password" in found:
        pair = f"{found.get('user', '')}:{found['password']}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    return Credential(headers, found.get("params"), found.get("key"))


def _file_text(name: str, url: str) -> str | None:
    folder = settings().secrets / "credentials"
    path = next((path for path in folder.glob("*.*") if path.stem == name and path.suffix in (".json", ".yml", ".yaml")), None)
    if path is None:
        return None
    if path.stat().st_mode & 0o077:
        raise CredentialsExposed(url, str(path))
    return path.read_text()


def _from_airflow(text: str | None) -> Mapping[str, Any] | None:
    """A connection as Airflow writes it: JSON, or a URI whose query is the extra."""
    if not text:
        return None
    reader: Callable[[str], tuple[str, str, Mapping[str, Any]]] = _from_json if text.lstrip().startswith("{") else _from_uri
    login, password, extra = reader(text)
    basic = {"user": login, "password": password} if login else {"token": password} if password else {}
    return {**basic, **{part: value for part, value in extra.items() if part in PARTS}} or None


def _from_json(text: str) -> tuple[str, str, Mapping[str, Any]]:
    connection = json.loads(text)
    extra = connection.get("extra") or {}
    return connection.get("login") or "", connection.get("password") or "", json.loads(extra) if isinstance(extra, str) else extra


def _from_uri(text: str) -> tuple[str, str, Mapping[str, Any]]:
    parts = urlsplit(text)
    extra = dict(parse_qsl(parts.query))
    extra = json.loads(extra["__extra__"]) if "__extra__" in extra else extra
    return unquote(parts.username or ""), unquote(parts.password or ""), extra


def _read(text: str, name: str, url: str) -> Mapping[str, Any]:
    """A mapping with text values, or a bare token. The text itself is in no failure."""
    try:
        found = yaml.load(text, yaml.CBaseLoader)
    except yaml.YAMLError:
        if text.lstrip().startswith("{"):
            raise CredentialsMissing(url, name, variable_of(name), "ada, tetapi isinya bukan JSON atau YAML") from None
        found = text
    return found if isinstance(found, Mapping) else {"token": text.strip()}
