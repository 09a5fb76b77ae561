"""Who the operator is to the service: a token, or an access key with its secret. Found, never asked for.

Looked for in this order, the first that is there wins:
`SMS_TUI_TOKEN`, `HW_AUTH_TOKEN`; `CLOUD_SDK_AK`/`CLOUD_SDK_SK`; `HUAWEICLOUD_SDK_AK`/`HUAWEICLOUD_SDK_SK`
(with `_SECURITY_TOKEN`, `_PROJECT_ID`, `_DOMAIN_ID`); `HW_ACCESS_KEY`/`HW_SECRET_KEY` (with `HW_SECURITY_TOKEN`,
`HW_PROJECT_ID`, `HW_DOMAIN_ID`); the sections `[basic]` and `[global]` of `~/.huaweicloud/credentials`.
"""

from __future__ import annotations

import configparser
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeAlias

from sms_tui.api.errors import SettingsError
from sms_tui.language import _, why

_TOKENS = ("SMS_TUI_TOKEN", "HW_AUTH_TOKEN")
_FILE = Path(".huaweicloud", "credentials")


class CredentialsError(SettingsError):
    """Credentials that are incomplete or damaged; the text names the variable or file, never a value."""


def _check(value: str, name: str) -> None:
    """Only what an HTTP header carries unchanged; a line break here would add headers of its own."""
    if not value:
        raise CredentialsError(_("{name} is empty.").format(name=name))
    if not value.isascii() or not value.isprintable() or " " in value:
        raise CredentialsError(
            _("{name} holds a space, a line break or another character no key has; copy it again.").format(name=name)
        )


@dataclass(frozen=True, slots=True)
class Token:
    """An IAM token, as the header X-Auth-Token carries it. Valid 24 hours."""

    value: str = field(repr=False)

    def __post_init__(self) -> None:
        _check(self.value, _("The token"))


@dataclass(frozen=True, slots=True)
class AkSk:
    """An access key and its secret; `security_token` belongs to temporary ones.

    `project_id` is for regional credentials, `domain_id` for global ones; the service takes either or none.
    """

    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    security_token: str | None = field(default=None, repr=False)
    project_id: str | None = None
    domain_id: str | None = None

    def __post_init__(self) -> None:
        _check(self.access_key, _("The access key"))
        _check(self.secret_key, _("The secret key"))
        for value, name in (
            (self.security_token, _("The security token")),
            (self.project_id, _("The project id")),
            (self.domain_id, _("The domain id")),
        ):
            if value is not None:
                _check(value, name)


Credentials: TypeAlias = Token | AkSk


class _Names(NamedTuple):
    """What the parts of an access key are called in one source."""

    access_key: str
    secret_key: str
    security_token: str = ""
    project_id: str = ""
    domain_id: str = ""


_VARIABLES = (
    _Names("CLOUD_SDK_AK", "CLOUD_SDK_SK"),
    _Names(
        "HUAWEICLOUD_SDK_AK",
        "HUAWEICLOUD_SDK_SK",
        "HUAWEICLOUD_SDK_SECURITY_TOKEN",
        "HUAWEICLOUD_SDK_PROJECT_ID",
        "HUAWEICLOUD_SDK_DOMAIN_ID",
    ),
    _Names("HW_ACCESS_KEY", "HW_SECRET_KEY", "HW_SECURITY_TOKEN", "HW_PROJECT_ID", "HW_DOMAIN_ID"),
)
_SECTIONS = {
    "basic": _Names("ak", "sk", "security_token", project_id="project_id"),
    "global": _Names("ak", "sk", "security_token", domain_id="domain_id"),
}


def find_credentials(environ: Mapping[str, str], home: Path) -> Credentials | None:
    """The first credentials there are, or None. Raises CredentialsError if those are incomplete or damaged.

    A variable that is set but blank counts as not set; white space around a value is dropped.
    """
    for name in _TOKENS:
        if token := _value(environ, name):
            return Token(token)
    for names in _VARIABLES:
        if found := _pair(environ, names, ""):
            return found
    return _from_file(home / _FILE)


def _value(source: Mapping[str, str], name: str, where: str = "") -> str | None:
    value = source.get(name, "").strip()
    if value:
        _check(value, name + where)
    return value or None


def _pair(source: Mapping[str, str], names: _Names, where: str) -> AkSk | None:
    access_key = _value(source, names.access_key, where)
    secret_key = _value(source, names.secret_key, where)
    if access_key is None and secret_key is None:
        return None
    if access_key is None:
        raise CredentialsError(
            _("{secret_key} is set{where} but {access_key} is not; set both.").format(
                secret_key=names.secret_key, where=where, access_key=names.access_key
            )
        )
    if secret_key is None:
        raise CredentialsError(
            _("{access_key} is set{where} but {secret_key} is not; set both.").format(
                access_key=names.access_key, where=where, secret_key=names.secret_key
            )
        )
    return AkSk(
        access_key,
        secret_key,
        _value(source, names.security_token, where),
        _value(source, names.project_id, where),
        _value(source, names.domain_id, where),
    )


def _from_file(path: Path) -> AkSk | None:
    sections = _read(path)
    for section, names in _SECTIONS.items():
        if section in sections and (
            found := _pair(sections[section], names, _(" in [{section}] of {path}").format(section=section, path=path))
        ):
            return found
    return None


def _read(path: Path) -> configparser.RawConfigParser:
    sections = configparser.RawConfigParser()
    trouble = ""
    try:
        sections.read_string(path.read_text(encoding="utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        pass
    except OSError as error:
        trouble = _("{path} cannot be read: {reason}.").format(path=path, reason=why(error))
    except UnicodeDecodeError:
        trouble = _("{path} is not UTF-8 text.").format(path=path)
    except configparser.Error as error:
        trouble = _(
            "{path} is not an INI file{line}; write [basic], then ak = … and sk = … on lines of their own."
        ).format(path=path, line=_line(error))
    if trouble:  # outside the handlers: the parser's own error quotes the line, which may be the secret
        raise CredentialsError(trouble)
    return sections


def _line(error: configparser.Error) -> str:
    broken = getattr(error, "errors", [])
    number = broken[0][0] if broken else getattr(error, "lineno", None)
    return _(" (line {number})").format(number=number) if number else ""
