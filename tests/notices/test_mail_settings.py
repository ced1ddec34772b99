"""Prevents a password that others can read, or letters that leave although nobody asked for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import BrokenContract, MailSettingsExposed, MailSettingsMissing, WrongSetting
from contracts.load import read_model
from contracts.models.pemda import Opd
from satudata.notices.mail_settings import is_on, mail_settings


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SATUDATA_HOME", str(tmp_path))
    (tmp_path / "secrets").mkdir()
    path = tmp_path / "secrets" / "surel.yml"
    path.write_text("notices: surel\nhost: surel.kota.go.id\nfrom: satudata@kota.go.id\nuser: satudata\npassword: rahasia\n")
    path.chmod(0o600)
    return path


def test_notices_are_off_by_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SATUDATA_HOME", str(tmp_path))
    assert not is_on()
    with pytest.raises(MailSettingsMissing, match="SATUDATA_SMTP_HOST"):
        mail_settings()
    monkeypatch.setenv("SATUDATA_NOTICES", "merpati")
    with pytest.raises(WrongSetting, match="merpati"):
        is_on()


def test_a_private_file_is_read_and_the_environment_comes_first(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_on()
    found = mail_settings()
    assert (found.host, found.port, found.security, found.password) == ("surel.kota.go.id", 587, "starttls", "rahasia")
    assert "rahasia" not in repr(found)
    monkeypatch.setenv("SATUDATA_SMTP_SECURITY", "ssl")
    monkeypatch.setenv("SATUDATA_NOTICES", "mati")
    assert mail_settings().port == 465
    assert not is_on()
    kept.chmod(0o644)
    with pytest.raises(MailSettingsExposed, match="chmod 600"):
        mail_settings()


@pytest.mark.parametrize("text", ["password rahasia", "- rahasia", "sandi: rahasia", "password: [rahasia", "\xff"])
def test_a_file_that_is_none_is_refused_without_showing_it(kept: Path, text: str) -> None:
    kept.write_bytes(text.encode("latin-1"))
    with pytest.raises(WrongSetting) as refused:
        mail_settings()
    assert "rahasia" not in str(refused.value).replace("secrets/surel.yml", "")


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "banyak"), ("PORT", "70000"), ("SECURITY", "tls"), ("FROM", "bukan alamat"), ("FROM", "a@b.id\nBcc: c@d.id")],
)
def test_a_wrong_setting_is_named(kept: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:  # noqa: ARG001 - the home
    monkeypatch.setenv(f"SATUDATA_SMTP_{name}", value)
    with pytest.raises(WrongSetting, match=f"SATUDATA_SMTP_{name}"):
        mail_settings()


@pytest.mark.parametrize("address", ["dinas", "a@b", "a b@c.id", "a@c.id\\nBcc: x@y.id", "Nama <a@c.id>", "a@c.id, d@e.id"])
def test_an_address_that_is_none_is_found_by_the_check(address: str) -> None:
    with pytest.raises(BrokenContract, match="bukan alamat surel"):
        read_model(f'nama: Dinas\nsurel: "{address}"\n'.encode(), "opd.yml", Opd)
    assert read_model(b"nama: Dinas\nsurel: data@dinas.kota.go.id\n", "opd.yml", Opd).surel == ("data@dinas.kota.go.id",)
