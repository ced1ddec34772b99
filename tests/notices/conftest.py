"""An agency with an address, its days played through `run`, and a real mail server that takes, refuses or falls silent."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from satudata.notices.digest import Told, send_digests
from tests.findings.conftest import Source, source  # noqa: F401 - a fixture

ADDRESS, WALIDATA = "data@dinas.uji.go.id", "walidata@uji.go.id"


@dataclass
class MailServer:
    """Listens on 127.0.0.1; `mood` is what it does with the next letters."""

    letters: list[EmailMessage] = field(default_factory=list)
    desk: list[EmailMessage] = field(default_factory=list)
    """Those to the Walidata."""
    raw: list[bytes] = field(default_factory=list)
    mood: str = "takes"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:  # noqa: ARG002 - aiosmtpd's signature
        if self.mood == "refuses":
            return "550 kotak surat tidak ada"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002 - aiosmtpd's signature
        if self.mood == "full":
            return "452 penyimpanan penuh"
        content = bytes(envelope.content or b"")
        letter: EmailMessage = email.message_from_bytes(content, policy=email.policy.default)  # type: ignore[arg-type,assignment]
        (self.desk if letter["To"] == WALIDATA else self.letters).append(letter)
        if letter["To"] != WALIDATA:
            self.raw.append(content)
        if self.mood == "silent":  # took it, and its answer is lost
            assert server.transport is not None
            server.transport.close()
        return "250 OK"

    @property
    def texts(self) -> list[str]:
        return [letter.get_content().replace("\r\n", "\n") for letter in self.letters]


class OnAnyPort(Controller):
    """On a port that was free: aiosmtpd knocks at the one it was told."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """The server, with the product told to use it."""
    kept = MailServer()
    controller = OnAnyPort(kept, hostname="127.0.0.1", port=0)
    controller.start()
    for name, value in {
        "SATUDATA_NOTICES": "surel", "SATUDATA_SMTP_HOST": "127.0.0.1", "SATUDATA_SMTP_SECURITY": "none",
        "SATUDATA_SMTP_PORT": str(controller.port), "SATUDATA_SMTP_FROM": "Satu Data Kota Uji <satudata@uji.go.id>",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    try:
        yield kept
    finally:
        controller.stop()


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """The server of one test."""
    with mail_server(monkeypatch) as kept:
        yield kept


@dataclass
class Agency:
    """The source, its mail server and the day it is."""

    source: Source
    monkeypatch: pytest.MonkeyPatch

    def tell(self) -> list[Told]:
        """The digests of the day on which the source was played last; what the Walidata got is in the desk of the mail server."""
        return [one for one in send_digests() if one.address != WALIDATA]

    def play(self, *rows: Any, **contract: Any) -> str:
        """One day of the source; then it is that day for whoever asks."""
        self.monkeypatch.setenv("SATUDATA_HARI_INI", self.source.day.isoformat())
        return self.source.play(*rows, **contract).state

    def day(self, text: str) -> None:
        """Let it be another day, on which nothing was published."""
        self.monkeypatch.setenv("SATUDATA_HARI_INI", text)

    def all(self, query: str) -> list[tuple[Any, ...]]:
        return self.source.all(query)


@pytest.fixture
def agency(source: Source, monkeypatch: pytest.MonkeyPatch) -> Agency:  # noqa: F811 - the imported fixture
    """`uji.dinas.isi` with an agency that has an address, and a Walidata."""
    pemda = source.folder.parent
    (pemda / "pemda.yml").write_text('kode: "35.71"\nnama: Kota Uji\nwalidata: diskominfo\n')
    (pemda / "opd.yml").write_text(
        f"dinas: {{nama: Dinas Uji, surel: {ADDRESS}}}\ndiskominfo: {{nama: Dinas Kominfo, surel: [{WALIDATA}]}}\n"
    )
    return Agency(source, monkeypatch)
