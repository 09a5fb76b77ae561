"""Task bodies as they stand in files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sms_tui.exactjson import Json, JsonError, loads
from sms_tui.language import _, why
from sms_tui.session.errors import FileError

if TYPE_CHECKING:
    from sms_tui.document.body import Body


def read_body(data: bytes, name: str, loads: Callable[[bytes], Json] = loads) -> Body:
    """A task body from JSON text. Raises FileError naming the file and the place."""
    try:
        value = loads(data)
    except JsonError as error:
        raise FileError(_("{name} is not JSON that can be read: {reason}.").format(name=name, reason=error)) from None
    if not isinstance(value, dict):
        raise FileError(_("{name} does not hold a JSON object. A task body starts with {{.").format(name=name))
    return value


def read_file(path: Path) -> bytes:
    """The bytes of a file. Raises FileError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileError(_("Cannot read {path}: {reason}.").format(path=path, reason=why(error))) from None
