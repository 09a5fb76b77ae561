"""Whatever is in a file beside the tasks (settings, receipts, credentials): what it says, or what to do about it."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

import pytest
from fuzz_material import JSON, given_or_refused, hostile_tasks, spoilt
from hypothesis import example, given
from hypothesis import strategies as st

from sms_tui.api.credential_files import credentials_in
from sms_tui.api.credentials import AkSk, Credentials, CredentialsError, Token, find_credentials
from sms_tui.api.errors import SettingsError
from sms_tui.cli.settings import expanded, look, service
from sms_tui.document.document import Document
from sms_tui.exactjson import dumps, loads
from sms_tui.session.receipts import Receipt, ReceiptError, Receipts, shown_time, take_back

# Settings

CONFIG = """
endpoint = "https://config.example"
ca_file = "~/ca.pem"
theme = "sms-light"
[profiles.asia]
region = "ap-southeast-3"
"""
KEYS = st.sampled_from(["endpoint", "region", "ca_file", "theme", "profiles", "profiles.asia", "colour", '""'])
VALUES = st.sampled_from(
    [
        *('"https://a.example:1/"', '"http://[::1"', '"cn-north-4"', '"\\u0000"', '"~\\u0000"', '"~nobody/ca"', '""'),
        *("1", "true", "1.5", "2026-11-23", "99:99:99", "[1, 2]", "{}", "{ region = 1 }", "'''", "nan", "0x", "\x1b"),
        *("[" * 2000, "9" * 5000, '"https://a.example:99999"', '"https://a b"', '"https://\\u4e2d"', '"file:///etc"'),
    ]
)
LINES = st.builds("{} = {}\n".format, KEYS, VALUES) | st.builds("[{}]\n".format, KEYS) | st.text(max_size=8)
CONFIGS = st.lists(LINES, max_size=6).map("".join) | spoilt(st.just(CONFIG), LINES | st.text(max_size=3))
PROFILES = st.none() | st.sampled_from(["asia", "lab", "", "\x1b"])


@pytest.fixture(scope="module")
def config(environment: pytest.MonkeyPatch, directory: Path) -> Path:
    """Where the config file is looked for."""
    for name in ("XDG_CONFIG_HOME", "HOME"):
        environment.setenv(name, str(directory))
    path = directory / "sms-tui" / "config.toml"
    path.parent.mkdir()
    return path


@example(b"endpoint = " + b"[" * 5000, None)
@example(b"endpoint = " + b"9" * 5000, None)
@example(b'region = "cn-north-4"\nca_file = "~\\u0000"', None)
@given(CONFIGS.map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=40), PROFILES)
def test_any_config_file_gives_settings_or_says_what_is_wrong_with_it(config: Path, content: bytes, profile) -> None:
    config.write_bytes(content)
    arguments = Namespace(profile=profile, no_diff=False)
    found = given_or_refused(SettingsError, lambda: (service(arguments, {}), look(arguments, {}).theme))
    if isinstance(found, SettingsError):
        assert str(found).endswith((".", ")"))
        return
    chosen, theme = found
    assert type(theme) is str
    assert chosen is None or chosen.endpoint.startswith(("http://", "https://"))


NAMES = ["SMS_TUI_ENDPOINT", "HW_REGION_NAME", "SMS_TUI_CA_FILE", "SMS_TUI_PROFILE"]
URLS = st.sampled_from(["https://a.example:8443/x", "http://127.0.0.1:1", "http://[::1]:80", "cn-north-4"])


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=12) | spoilt(URLS, st.text(max_size=3))))
def test_any_environment_gives_settings_or_says_what_is_wrong_with_it(config: Path, environ: dict[str, str]) -> None:
    config.write_text(CONFIG)
    chosen = given_or_refused(SettingsError, lambda: service(Namespace(), environ))
    if isinstance(chosen, SettingsError):
        assert str(chosen)
        return
    assert chosen is not None
    assert chosen.endpoint.startswith(("http://", "https://"))


# Receipts

RECEIPT = {
    "format": 1,
    "when": 1_790_000_000_123,
    "place": "https://sms.example",
    "task_id": "t-1",
    "name": "a task",
    "outcome": "saved",
    "before": {"speed_limit": 0, "target_server": {"disks": [{"id": 1, "size": 5}]}},
    "body": {"speed_limit": 50, "target_server": {"disks": [{"id": 1, "size": 6}]}},
    "reply": {"id": "t-1"},
    "status": 200,
    "request_id": None,
    "after": {"speed_limit": 50},
    "effects": {"speed_limit": "kept"},
    "words": "",
}
RECEIPT_TEXT = dumps(RECEIPT, indent=1).encode()
OBJECTS = st.dictionaries(st.sampled_from(["speed_limit", "target_server", "name"]), JSON) | JSON
SOME_KEYS = st.fixed_dictionaries({}, optional={name: OBJECTS | st.integers() for name in RECEIPT if name != "format"})


@example(dumps({**RECEIPT, "when": 10**20}).encode(), {})
@example(dumps({**RECEIPT, "when": -(10**20)}).encode(), {})
@given(
    st.binary(max_size=20)
    | spoilt(st.just(RECEIPT_TEXT), st.binary(max_size=4) | st.sampled_from([b"null", b"true", b"[]", b"9" * 30]))
    | SOME_KEYS.map(lambda keys: dumps({**RECEIPT, **keys}).encode())
    | JSON.map(lambda value: dumps(value).encode()),
    hostile_tasks(),
)
def test_any_receipt_can_be_listed_shown_and_taken_back_or_says_what_is_wrong(directory, content, task) -> None:
    receipts = Receipts(directory)
    path = directory / "20261123T100000000Z-t-0000.json"
    path.write_bytes(content)
    ((key, receipt),) = receipts.all()
    if isinstance(receipt, ReceiptError):
        assert str(path) in str(receipt)
        with pytest.raises(ReceiptError):
            receipts.find(key)
        return
    assert receipts.find(key[:4]) == (key, receipt)
    assert shown_time(receipt.when)
    assert loads(dumps(asdict(receipt)))
    takes_back(receipt, Document(task, "t-1"))


def takes_back(receipt: Receipt, document: Document) -> None:
    before = dumps(document.current)
    take_back(receipt, document)
    assert document.changes or dumps(document.body()) == "{}"
    while document.undo():
        pass
    assert dumps(document.current) == before


# Credentials

SECRET = "s3cretWORD"
FILES = st.sampled_from(
    [
        f"{SECRET}\n",
        f"export SMS_TUI_TOKEN={SECRET}\n",
        f"# mine\nCLOUD_SDK_AK='{SECRET}'\nCLOUD_SDK_SK = \"{SECRET}\"\n",
        f"HUAWEICLOUD_SDK_AK={SECRET}\nHUAWEICLOUD_SDK_SK={SECRET}\nHUAWEICLOUD_SDK_PROJECT_ID={SECRET}\n",
    ]
)
INIS = st.sampled_from(
    [
        f"[basic]\nak = {SECRET}\nsk = {SECRET}\n",
        f"[DEFAULT]\nak: {SECRET}\n[global]\nsk={SECRET}\n  goes on\ndomain_id = 7\n[basic]\n",
    ]
)
LETTERS = st.text(st.sampled_from("\n\r\t =:#'\"[]%;A_\x00\x1b\x85\u2028中\ufeff"), max_size=4)


def gives(credentials: Credentials | None) -> None:
    """Credentials have what a header can carry, and do not show it."""
    values: list[str] = []
    if isinstance(credentials, Token):
        values, shown = [credentials.value], "Token()"
    elif isinstance(credentials, AkSk):
        values = [credentials.access_key, credentials.secret_key]
        shown = f"AkSk(project_id={credentials.project_id!r}, domain_id={credentials.domain_id!r})"
    assert not values or repr(credentials) == shown
    assert all(value.isascii() and value.isprintable() for value in values)


def tells_nothing(error: CredentialsError) -> None:
    """A refusal says something, and nothing of the file."""
    assert str(error)
    assert "WORD" not in str(error)
    assert error.__context__ is None


@given(st.binary(max_size=40) | spoilt(FILES, LETTERS).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_file_of_credentials_gives_some_or_is_refused_without_a_word_of_it(directory: Path, content) -> None:
    path = directory / "credentials"
    path.write_bytes(content)
    try:
        gives(credentials_in(path))
    except CredentialsError as error:
        tells_nothing(error)


@given(st.binary(max_size=40) | spoilt(INIS, LETTERS).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_ini_file_of_credentials_gives_some_or_is_refused_without_a_word_of_it(directory: Path, content) -> None:
    (directory / ".huaweicloud").mkdir(exist_ok=True)
    (directory / ".huaweicloud" / "credentials").write_bytes(content)
    try:
        gives(find_credentials({}, directory))
    except CredentialsError as error:
        tells_nothing(error)


VARIABLES = [
    *("SMS_TUI_TOKEN", "HW_AUTH_TOKEN", "CLOUD_SDK_AK", "CLOUD_SDK_SK", "HW_ACCESS_KEY", "HW_SECRET_KEY"),
    *("HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_SECURITY_TOKEN", "HW_DOMAIN_ID"),
]


@given(st.dictionaries(st.sampled_from(VARIABLES), st.text(max_size=6) | spoilt(st.just(SECRET), LETTERS)))
def test_any_environment_gives_credentials_or_is_refused_without_a_word_of_it(tmp_path_factory, environ) -> None:
    try:
        gives(find_credentials(environ, tmp_path_factory.getbasetemp() / "nobody"))
    except CredentialsError as error:
        tells_nothing(error)


@example("\0")
@given(st.text(max_size=8).map("~".__add__) | st.text(max_size=8))
def test_any_path_that_is_typed_is_a_file_of_credentials_or_is_refused(directory: Path, typed: str) -> None:
    found = given_or_refused(SettingsError, lambda: credentials_in(expanded(str(directory / "none" / typed))))
    assert not isinstance(found, SettingsError) or str(found)


def test_a_file_of_one_long_line_is_read_in_a_blink(directory: Path) -> None:
    path = directory / "credentials"
    path.write_text("SMS_TUI_TOKEN=a" + " " * 30_000 + "b" + " " * 30_000 + "c")
    with pytest.raises(CredentialsError, match="holds a space"):
        credentials_in(path)
