"""Over TLS the same bounds hold, and a certificate that nobody vouches for is a failure of its own, never a warning."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from contracts.errors import FetchTimeout, HostUnreachable, UnsafeUrl
from extractors.http import Answer
from tests.servers.hostile import CSV, Handler, Site, hostile

Get = Callable[..., Answer[bytes]]


def _certificate(folder: Path) -> Path:
    """A certificate for 127.0.0.1, signed by itself, and its key in one file."""
    key, name, now = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "uji")]), datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256())
    )  # fmt: skip
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "uji.pem"
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def secure(tmp_path: Path, site: Site) -> Iterator[Site]:
    """The hostile site behind TLS, with a certificate of its own."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(tmp_path))
    server = type("Quiet", (ThreadingHTTPServer,), {"handle_error": lambda *_: None, "daemon_threads": True})(
        ("127.0.0.1", 0), type("SecureHandler", (Handler,), {"site": site})
    )  # fmt: skip
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    site.address = f"https://127.0.0.1:{server.server_port}"
    yield site
    server.shutdown()
    server.server_close()


@pytest.fixture
def trusted(tmp_path: Path, secure: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The same, vouched for by the machine's own list."""
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "uji.pem"))
    return secure


def test_a_certificate_nobody_vouches_for(secure: Site, get: Get) -> None:
    """Fails when data of an unproven site is taken, or the failure does not say that it is the certificate."""
    with pytest.raises(HostUnreachable, match="sertifikat"):
        get(secure.url("/tagged"))
    assert secure.seen == []


def test_a_site_over_tls(trusted: Site, get: Get) -> None:
    """Fails when agencies' own authorities cannot be trusted."""
    assert get(trusted.url("/tagged")).value == CSV


@pytest.mark.parametrize("path", ["/drip", "/drip-headers"])
def test_a_drip_over_tls_ends(trusted: Site, get: Get, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """Fails when the watch loses a connection that TLS took over."""
    monkeypatch.setenv("SATUDATA_TOTAL_TIMEOUT", "0.7")
    with pytest.raises(FetchTimeout, match="0.7"):
        get(trusted.url(path))


def test_encryption_is_not_lost_on_the_way(trusted: Site, get: Get) -> None:
    """Fails when a redirect from https to http is followed."""
    with hostile() as plain, pytest.raises(UnsafeUrl, match="tanpa enkripsi"):
        get(trusted.url(f"/to/302?url={plain.url('/tagged')}"))


@pytest.fixture
def endless_handshake() -> Iterator[str]:
    """A server that begins a TLS record of 16 kB and sends it a byte at a time."""
    over = threading.Event()

    def drip(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection, suppress(OSError):
            connection.sendall(b"\x16\x03\x03\x40\x00")
            while not over.wait(0.1):
                connection.sendall(b"\x02")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=drip, args=(listener,), daemon=True).start()
        yield f"https://127.0.0.1:{listener.getsockname()[1]}/data.csv"
        over.set()


def test_a_handshake_that_never_ends_is_ended(endless_handshake: str, get: Get, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails when the watch begins only after TLS was agreed: until then each byte would buy the server more time."""
    monkeypatch.setenv("SATUDATA_TOTAL_TIMEOUT", "0.6")
    started = time.monotonic()
    with pytest.raises(FetchTimeout):
        get(endless_handshake, asks_robots=False)
    assert time.monotonic() - started < 3
