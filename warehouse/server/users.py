"""The databases and users of the embedded server; migration 0001 says what each user may do.

The owner is no superuser: what it may do here, a database administrator can give it on any other server.
"""

from __future__ import annotations

import psycopg
from psycopg import sql

from warehouse.opening import open_connection
from warehouse.server.places import AIRFLOW_DATABASE, DATABASE
from warehouse.server.secrets import AIRFLOW, OWNER, SUPERUSER, TEAM, Secrets


def ensure_users(known: Secrets) -> None:
    """Make what is missing of users and databases; what is there stays as it is, so a killed start is completed by the next."""
    with _session(known, SUPERUSER, "postgres") as conn:
        _login(conn, OWNER, known.passwords[OWNER], "createrole")
        _login(conn, AIRFLOW, known.passwords[AIRFLOW], "nocreaterole")
        _database(conn, DATABASE, OWNER)
        _database(conn, AIRFLOW_DATABASE, AIRFLOW)
        for open_database in ("postgres", "template1"):
            _close(conn, open_database)
    with _session(known, OWNER, DATABASE) as conn:  # made by the owner, so that the owner may say what they may do
        for user in TEAM:
            _login(conn, user, known.passwords[user], "nocreaterole")


def set_login(conn: psycopg.Connection, user: str, password: str) -> None:
    """Let an existing user log in with this password; only its scram verifier travels to the server and its log."""
    conn.execute(sql.SQL("alter role {} login password {}").format(sql.Identifier(user), _verifier(conn, user, password)))


def _session(known: Secrets, user: str, database: str) -> psycopg.Connection:
    return open_connection(known.url(user, database), autocommit=True)


def _verifier(conn: psycopg.Connection, user: str, password: str) -> sql.Literal:
    return sql.Literal(conn.pgconn.encrypt_password(password.encode(), user.encode(), b"scram-sha-256").decode())


def _login(conn: psycopg.Connection, user: str, password: str, attribute: str) -> None:
    found = conn.execute("select rolcanlogin from pg_roles where rolname = %s", [user]).fetchone()
    if found and found[0]:
        return
    # A start that was killed half way leaves a role that the first migration made, and nobody may log in as.
    statement = "alter role {} login {} password {}" if found else "create role {} login {} password {}"
    conn.execute(sql.SQL(statement).format(sql.Identifier(user), sql.SQL(attribute), _verifier(conn, user, password)))


def _database(conn: psycopg.Connection, name: str, owner: str) -> None:
    if not conn.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
        conn.execute(sql.SQL("create database {} owner {}").format(sql.Identifier(name), sql.Identifier(owner)))
    _close(conn, name)


def _close(conn: psycopg.Connection, database: str) -> None:
    """By default every user may open every database; here only those who were let in."""
    everybody = "select 1 from pg_database d, aclexplode(coalesce(datacl, acldefault('d', datdba))) a where datname = %s and a.grantee = 0"
    if conn.execute(everybody, [database]).fetchone():
        conn.execute(sql.SQL("revoke all on database {} from public").format(sql.Identifier(database)))
