"""Sends one letter to one address through apprise, and says which of three things happened: taken, not taken, or nobody knows.

A server that answered with a refusal, or was never reached, has not taken the letter. One that fell silent after it was handed over may
have: that is told apart here, because only what was surely not taken may be sent again.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Literal

from apprise import AppriseAsset, LogCapture, NotifyFormat
from apprise.plugins.email import NotifyEmail

from satudata.notices.mail_settings import MailSettings

Outcome = Literal["terkirim", "gagal", "mengirim"]
"""As in `ops.notification.state`; `mengirim`: nobody knows."""
SECURITY = {"starttls": "starttls", "ssl": "ssl", "none": "insecure"}
HANDED_OVER = re.compile(r"^Sending email to .* failed", re.MULTILINE)
REASON = re.compile(r"^(?:Socket Exception: |SMTP recipient .* was refused: )(.+)$", re.MULTILINE)
REFUSAL = re.compile(r"^[({]?[^A-Za-z]*(?:'[^']*': )?\(?[45]\d\d\b")
"""How smtplib writes an answer of the server: `(554, b'...')`, `{'a@b': (550, b'...')}`, `550 b'...'`."""


@dataclass(frozen=True)
class Letter:
    """One message in plain text."""

    address: str
    subject: str
    body: str
    replies_to: tuple[str, ...] = ()


def send(letter: Letter, server: MailSettings) -> tuple[Outcome, str | None]:
    """What became of a letter, and what was said of it where it was not taken. Raises nothing: a server does what it likes."""
    mail = NotifyEmail(  # type: ignore[no-untyped-call]
        smtp_host=server.host, host=parseaddr(server.sender)[1].rpartition("@")[2], port=server.port, secure_mode=SECURITY[server.security],
        user=server.user, password=server.password, from_addr=server.sender, targets=[letter.address], reply_to=list(letter.replies_to),
        headers={"Auto-Submitted": "auto-generated"}, format=NotifyFormat.TEXT.value, asset=AppriseAsset(app_id="satudata"),
    )  # fmt: skip
    with LogCapture(level=logging.DEBUG, fmt="%(message)s") as said:  # type: ignore[no-untyped-call]
        taken = mail.notify(title=letter.subject, body=letter.body, body_format=NotifyFormat.TEXT)
        told = said.getvalue()
    if taken:
        return "terkirim", None
    reasons = REASON.findall(told)
    reason = " ".join(reasons[-1].split())[:300] if reasons else "server surel menolak tanpa alasan"
    unsure = HANDED_OVER.search(told) and not (reasons and REFUSAL.match(reasons[-1]))
    return ("mengirim" if unsure else "gagal"), reason
