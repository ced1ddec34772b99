"""Opens a connection to PostgreSQL, waiting out what passes by itself; everything else is one typed failure."""

from __future__ import annotations

import os
import time

import psycopg

from contracts.clock import HARI_INI, today
from contracts.errors import WarehouseUnreachable
from contracts.secrets import masked_url

PASSING = ("the database system is", "server closed the connection unexpectedly")
"""What PostgreSQL answers while it starts or recovers from a session that crashed, and what a connection hears that crashes with it."""
BEYOND_A_LIMIT = (
    psycopg.errors.ProgramLimitExceeded, psycopg.errors.StatementTooComplex, psycopg.errors.TooManyColumns, psycopg.errors.TooManyArguments,
)  # fmt: skip
"""What PostgreSQL refuses for being too large. psycopg counts it with lost connections (class 54 is operational); it is a fault of what was asked."""
PATIENCE_S = 30.0
ANSWER_S = 10
EXAMPLE = "postgresql://nama:sandi@host:5432/basisdata"


def open_connection(url: str, *, autocommit: bool = False) -> psycopg.Connection:
    """An open connection in UTC. Raises: `WarehouseUnreachable` with the reason PostgreSQL or the network gave."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            return psycopg.connect(url, autocommit=autocommit, connect_timeout=ANSWER_S, application_name="satudata", options=_options())
        except psycopg.OperationalError as error:
            reason = " ".join(str(error).split())
            if not any(text in reason for text in PASSING) or time.monotonic() > deadline:
                raise WarehouseUnreachable(masked_url(url), reason) from error
        except psycopg.ProgrammingError as error:
            raise WarehouseUnreachable(masked_url(url), f"alamatnya tidak dapat dibaca; contoh yang benar: {EXAMPLE}") from error
        time.sleep(0.2)


def is_lost(error: psycopg.Error) -> bool:
    """Whether the connection is to blame, or the server, and not what was asked of it."""
    return isinstance(error, psycopg.OperationalError) and not isinstance(error, BEYOND_A_LIMIT)


def _options() -> str:
    return f"-c TimeZone=UTC {played_day()}".rstrip()


def played_day() -> str:
    """The option by which a session knows the day of a played calendar, for what is measured in days (`quality.hari_ini`); empty on the real one."""
    return f"-c satudata.hari_ini={today().isoformat()}" if os.environ.get(HARI_INI) else ""
