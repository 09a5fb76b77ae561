"""Credentials read anew while the program runs: from a file with a token, or one that sets environment variables."""

from __future__ import annotations

import re
from pathlib import Path

from sms_tui.api.credentials import Credentials, CredentialsError, Token, find_credentials
from sms_tui.language import _, why

_SETTING = re.compile(r"\s*(?:export\s+)?([A-Z][A-Z0-9_]*)\s*=(.*)")
_LARGEST = 64 * 1024
_NOWHERE = Path("/nonexistent")


def credentials_in(path: Path) -> Credentials:
    """The credentials in a file: a token alone, or lines such as `export SMS_TUI_TOKEN=…`, in the order of
    `find_credentials`.

    Raises CredentialsError, which never quotes the file.
    """
    text = _read(path)
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    settings = [_SETTING.fullmatch(line) for line in lines]
    if any(settings):
        variables = {found[1]: _unquoted(found[2].strip()) for found in settings if found is not None}
        credentials = find_credentials(variables, _NOWHERE)
        if credentials is None:
            raise CredentialsError(
                _("{path} sets neither SMS_TUI_TOKEN nor CLOUD_SDK_AK and CLOUD_SDK_SK.").format(path=path)
            )
        return credentials
    if len(lines) != 1:
        raise CredentialsError(
            _("{path} holds neither one token alone nor lines such as SMS_TUI_TOKEN=…").format(path=path)
        )
    return Token(lines[0].strip())


def _read(path: Path) -> str:
    trouble = ""
    try:
        if path.stat().st_size > _LARGEST:
            trouble = _("{path} is too large to be a file of credentials.").format(path=path)
        else:
            return path.read_text("utf-8-sig")
    except OSError as error:
        trouble = _("{path} cannot be read: {reason}.").format(path=path, reason=why(error))
    except UnicodeDecodeError:
        trouble = _("{path} is not UTF-8 text.").format(path=path)
    raise CredentialsError(trouble)  # outside the handlers: the decoder's own error holds the bytes


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
