"""The one way to the warehouse: the embedded server unless SATUDATA_DATABASE_URL names another PostgreSQL (15 or later).

Callers ask for a role, never for a server. On another server one address serves every role but the readers', who get a login of
their own there too: what they may see must not rest on who runs the pipeline.
"""

from __future__ import annotations

import json
import secrets
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg

from contracts.errors import WarehouseUnreachable, WrongSetting
from contracts.secrets import masked_url
from contracts.settings import Settings, settings
from warehouse import server
from warehouse.opening import open_connection
from warehouse.server.secrets import AIRFLOW, READERS, TEAM, write_private
from warehouse.server.users import set_login

ROLES = ("owner", *TEAM, AIRFLOW)


def database_url(role: str = "loader") -> str:
    """The address of the warehouse for a role, its password included; starts the embedded server where that is the warehouse.

    `owner` runs migrations; `airflow` is Airflow's metadata database, which stays on the embedded server.
    Raises: `WarehouseUnreachable`; `WrongSetting` for a role there is none of.
    """
    here = settings()
    if role not in ROLES:
        raise WrongSetting("role", role, "salah satu dari " + ", ".join(ROLES))
    if here.database_url and role != AIRFLOW:
        return _reader_url(here, role) if role in READERS else here.database_url
    if not server.is_running(here.home):
        server.start(here.home)
    return server.url(here.home, role, here.database)


def sqlalchemy_url(role: str = "loader") -> str:
    """The same address for SQLAlchemy over psycopg 3."""
    return "postgresql+psycopg://" + database_url(role).split("://", 1)[1]


def connect(role: str = "loader", *, autocommit: bool = False) -> psycopg.Connection:
    """An open connection as `role`, in UTC. Raises: `WarehouseUnreachable` with the reason PostgreSQL or the network gave."""
    try:
        return open_connection(database_url(role), autocommit=autocommit)
    except WarehouseUnreachable:
        if settings().database_url and role != AIRFLOW:
            raise
        server.start(settings().home)  # it was killed just now; or its first start was, before its users were made
        return open_connection(database_url(role), autocommit=autocommit)


def _reader_url(here: Settings, role: str) -> str:
    """The reader's own login on another server: made once, its password kept in a 0600 file of this installation."""
    url, kept = str(here.database_url), here.secrets / "pembaca.json"
    passwords: dict[str, str] = json.loads(kept.read_text()) if kept.exists() else {}
    with open_connection(url, autocommit=True) as conn:
        found = conn.execute("select rolcanlogin from pg_roles where rolname = %s", [role]).fetchone()
        if found is None:
            raise WarehouseUnreachable(masked_url(url), f"peran {role} belum ada; jalankan migrasi lebih dahulu")
        if found[0] and role not in passwords:
            advice = f'tulis {{"{role}": "sandinya"}} ke {kept}'
            raise WarehouseUnreachable(masked_url(url), f"{role} sudah punya sandi yang tidak tersimpan di sini; {advice}")
        if not found[0]:
            passwords[role] = secrets.token_urlsafe(24)
            write_private(kept, json.dumps(passwords, indent=1))  # before it holds: a kill in between loses nothing
            set_login(conn, role, passwords[role])
    return _as_user(url, role, passwords[role])


def _as_user(url: str, user: str, password: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(user)}:{quote(password)}@{host}"))
