"""Credentials read anew from a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from sms_tui.api.credential_files import credentials_in
from sms_tui.api.credentials import AkSk, CredentialsError, Token


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abc\n", Token("abc")),
        ("\ufeffabc", Token("abc")),
        ("# from the portal\nabc\n\n", Token("abc")),
        ("export SMS_TUI_TOKEN=abc\n", Token("abc")),
        ("PATH=/bin\nHW_AUTH_TOKEN = 'abc'\n", Token("abc")),
        ('export CLOUD_SDK_AK="a"\nexport CLOUD_SDK_SK="b"\n', AkSk("a", "b")),
        ("SMS_TUI_TOKEN=abc==\n", Token("abc==")),
    ],
)
def test_a_file_gives_a_token_or_what_it_would_set(tmp_path: Path, text: str, expected: object) -> None:
    file = tmp_path / "credentials"
    file.write_text(text, "utf-8")
    assert credentials_in(file) == expected


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "holds neither one token alone"),
        (b"s3cret one\n", "holds a space"),
        (b"s3cret\ns3cret\n", "holds neither one token alone"),
        (b"PATH=s3cret\n", "sets neither SMS_TUI_TOKEN nor"),
        (b"CLOUD_SDK_AK=s3cret\n", "CLOUD_SDK_SK is not"),
        (b"s3cret\xff", "is not UTF-8"),
        (b"s3cret" * 20_000, "too large"),
    ],
)
def test_what_is_no_credentials_is_told_without_a_word_of_it(tmp_path: Path, data: bytes, told: str) -> None:
    file = tmp_path / "credentials"
    file.write_bytes(data)
    with pytest.raises(CredentialsError, match=told) as raised:
        credentials_in(file)
    assert "s3cret" not in str(raised.value)
    assert raised.value.__context__ is None


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CredentialsError, match="No such file"):
        credentials_in(tmp_path / "none")
