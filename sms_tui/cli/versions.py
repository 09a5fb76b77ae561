"""The versions of the program and its parts, as a report of an error needs them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from sms_tui import __version__
from sms_tui.cli.output import out
from sms_tui.language import _

PARTS = ("textual", "httpx", "pydantic", "platformdirs", "stamina", "starlette", "uvicorn", "jiter", "shtab")
"""What is installed with the program."""
EXTRAS = ("textual-serve", "aiohttp")
"""What may be installed beside it."""


class ShowVersions(argparse._VersionAction):
    """`--version`: tell the versions, one a line, and end."""

    def __init__(self, option_strings: list[str], dest: str) -> None:
        super().__init__(option_strings, dest=dest, default=argparse.SUPPRESS)
        self.help = _("print the versions of sms-tui and its parts")

    def __call__(self, parser: argparse.ArgumentParser, *given: object) -> None:
        for line in versions():
            out(line)
        parser.exit()


def versions() -> Iterator[str]:
    """A line for each part, told from its metadata: none is imported."""
    import platform
    from importlib.metadata import PackageNotFoundError, version

    yield f"sms-tui {__version__}"
    yield f"{platform.python_implementation()} {platform.python_version()} on {platform.system()} {platform.machine()}"
    for name in (*PARTS, *EXTRAS):
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            if name in PARTS:
                yield _("{part} is missing").format(part=name)
