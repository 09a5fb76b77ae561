from __future__ import annotations

from pathlib import Path

import pytest

from sms_tui.api.credentials import AkSk, CredentialsError, Token, find_credentials

FULL = {
    "SMS_TUI_TOKEN": "token-own",
    "HW_AUTH_TOKEN": "token-hw",
    "CLOUD_SDK_AK": "ak-reference",
    "CLOUD_SDK_SK": "sk-reference",
    "HUAWEICLOUD_SDK_AK": "ak-sdk",
    "HUAWEICLOUD_SDK_SK": "sk-sdk",
    "HUAWEICLOUD_SDK_SECURITY_TOKEN": "security-sdk",
    "HUAWEICLOUD_SDK_PROJECT_ID": "project-sdk",
    "HUAWEICLOUD_SDK_DOMAIN_ID": "domain-sdk",
    "HW_ACCESS_KEY": "ak-hw",
    "HW_SECRET_KEY": "sk-hw",
    "HW_SECURITY_TOKEN": "security-hw",
    "HW_PROJECT_ID": "project-hw",
    "HW_DOMAIN_ID": "domain-hw",
}
ORDER = [
    ("SMS_TUI_TOKEN", Token("token-own")),
    ("HW_AUTH_TOKEN", Token("token-hw")),
    ("CLOUD_SDK", AkSk("ak-reference", "sk-reference")),
    ("HUAWEICLOUD_SDK", AkSk("ak-sdk", "sk-sdk", "security-sdk", "project-sdk", "domain-sdk")),
    ("HW_", AkSk("ak-hw", "sk-hw", "security-hw", "project-hw", "domain-hw")),
    ("", AkSk("ak-basic", "sk-basic", None, "project-basic")),
]


def write_file(home: Path, text: str | bytes) -> None:
    (home / ".huaweicloud").mkdir(exist_ok=True)
    content = text if isinstance(text, bytes) else text.encode()
    (home / ".huaweicloud" / "credentials").write_bytes(content)


BASIC = "[basic]\nak = ak-basic\nsk = sk-basic\nproject_id = project-basic\n"
GLOBAL = "[global]\nak=ak-global\nsk=sk%global\nsecurity_token=security-global\ndomain_id=domain-global\n"


def test_the_first_source_there_is_wins_and_each_stands_in_when_those_before_are_gone(tmp_path: Path) -> None:
    write_file(tmp_path, GLOBAL + BASIC)
    environ = dict(FULL)
    for prefix, expected in ORDER:
        assert find_credentials(environ, tmp_path) == expected
        environ = {name: value for name, value in environ.items() if not name.startswith(prefix)}


def test_the_global_section_serves_where_there_is_no_basic_one(tmp_path: Path) -> None:
    write_file(tmp_path, "\ufeff" + GLOBAL)
    expected = AkSk("ak-global", "sk%global", "security-global", None, "domain-global")
    assert find_credentials({}, tmp_path) == expected


def test_without_any_source_there_are_none(tmp_path: Path) -> None:
    assert find_credentials({}, tmp_path) is None
    (tmp_path / ".huaweicloud").write_text("a file where a directory is expected")
    assert find_credentials({}, tmp_path) is None


def test_blank_counts_as_not_set_and_white_space_around_is_dropped(tmp_path: Path) -> None:
    assert find_credentials({"SMS_TUI_TOKEN": " \n", "HW_AUTH_TOKEN": " token-hw\r\n"}, tmp_path) == Token("token-hw")


@pytest.mark.parametrize(
    ("there", "missing"),
    [
        ("CLOUD_SDK_AK", "CLOUD_SDK_SK"),
        ("CLOUD_SDK_SK", "CLOUD_SDK_AK"),
        ("HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK"),
        ("HW_SECRET_KEY", "HW_ACCESS_KEY"),
    ],
)
def test_half_a_pair_is_an_error_that_names_the_other_half(tmp_path: Path, there: str, missing: str) -> None:
    write_file(tmp_path, BASIC)
    with pytest.raises(CredentialsError, match=rf"{there} is set but {missing} is not; set both\."):
        find_credentials({there: "value-of-it"}, tmp_path)


def test_half_a_pair_in_the_file_names_section_and_file(tmp_path: Path) -> None:
    write_file(tmp_path, "[basic]\nak = ak-basic\n")
    with pytest.raises(CredentialsError, match=r"ak is set in \[basic\] of .*credentials but sk is not"):
        find_credentials({}, tmp_path)


@pytest.mark.parametrize("value", ["two words", "first\nX-Evil: yes", "null\0byte", "zwölf", "\x1b[2J"])
@pytest.mark.parametrize("name", ["SMS_TUI_TOKEN", "HW_ACCESS_KEY", "HW_SECRET_KEY", "HW_PROJECT_ID"])
def test_a_damaged_value_is_named_and_not_repeated(tmp_path: Path, name: str, value: str) -> None:
    environ = {"HW_ACCESS_KEY": "ak", "HW_SECRET_KEY": "sk", name: value}
    with pytest.raises(CredentialsError, match=name) as refused:
        find_credentials(environ, tmp_path)
    assert value not in str(refused.value)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"ak = secret-value\n", r"not an INI file \(line 1\)"),
        (b"[basic]\nak = x\nsecret-value\n", r"not an INI file \(line 3\)"),
        (b"[basic]\nak = x\nak = secret-value\n", r"not an INI file \(line 3\)"),
        (b"[basic]\nak = secret-value\xff\n", "not UTF-8"),
    ],
)
def test_a_damaged_file_is_named_and_not_repeated(tmp_path: Path, content: bytes, reason: str) -> None:
    write_file(tmp_path, content)
    with pytest.raises(CredentialsError, match=reason) as refused:
        find_credentials({}, tmp_path)
    assert "secret-value" not in str(refused.value)
    assert refused.value.__context__ is None


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / ".huaweicloud" / "credentials").mkdir(parents=True)
    with pytest.raises(CredentialsError, match=r"credentials cannot be read: Is a directory\."):
        find_credentials({}, tmp_path)


def test_credentials_never_show_their_secrets() -> None:
    shown = repr([Token("hidden-token"), AkSk("hidden-ak", "hidden-sk", "hidden-security", "project-1", "domain-1")])
    assert "hidden" not in shown
    assert "project-1" in shown


@pytest.mark.parametrize("value", ["", "a\nb"])
def test_damaged_credentials_cannot_be_made_in_code_either(value: str) -> None:
    with pytest.raises(CredentialsError):
        Token(value)
    with pytest.raises(CredentialsError):
        AkSk("ak", "sk", security_token=value)
