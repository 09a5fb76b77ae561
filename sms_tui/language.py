"""The language people are spoken to in: sentences of the program are English, and looked up here when they are said.

A sentence is marked where it is said, `_("{size} is too small").format(size=size)`: whole, and with named places, since
Chinese puts them elsewhere. One that a module keeps is marked `N_("...")` where it is kept and said by `_()`; a word
that means several things is told apart by `pgettext`. Values of a task, keys of the API and what a script reads (JSON,
codes) are never translated.

English needs no catalog and loads none. `python -m tests.language.catalog` renews the catalog after a sentence changed.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from gettext import NullTranslations

ENGLISH: Final = "en"
CHINESE: Final = "zh_CN"
LANGUAGES: Final = (ENGLISH, CHINESE)

DOMAIN: Final = "sms-tui"
CATALOGS: Final = Path(__file__).with_name("locale")

_spoken: str = ENGLISH
_catalog: NullTranslations | None = None


def use(language: str) -> None:
    """Speak a language from now on, one of `LANGUAGES`. Raises OSError if its catalog cannot be read."""
    global _spoken, _catalog
    if language == ENGLISH:
        _spoken, _catalog = ENGLISH, None
        return
    from gettext import translation

    _catalog = translation(DOMAIN, CATALOGS, [language])
    _spoken = language


def spoken() -> str:
    """The language in use."""
    return _spoken


def known(name: str) -> str | None:
    """The language that a name or locale means (`zh`, `zh-CN`, `zh_CN.UTF-8`, `C`); None for one not spoken here."""
    plain = name.strip().partition(".")[0].partition("@")[0].replace("-", "_").lower()
    if plain in ("zh", "zh_cn", "zh_sg", "zh_hans") or plain.startswith("zh_hans_"):
        return CHINESE
    return ENGLISH if plain in ("c", "posix") or plain.partition("_")[0] == "en" else None


def _(text: str) -> str:
    """A sentence in the language in use."""
    return text if _catalog is None or not text else _catalog.gettext(text)


def pgettext(context: str, text: str) -> str:
    """A word that Chinese has several for, in the language in use; `context` says which is meant."""
    return text if _catalog is None else _catalog.pgettext(context, text)


def N_(text: str) -> str:  # the name that tools for translators look for
    """Marks a sentence that is kept now and said later, by `_()`."""
    return text


def why(error: OSError) -> str:
    """The reason that the system gives, in the language in use."""
    if error.errno is not None and error.errno > 0:
        return _(os.strerror(error.errno))  # Python adds to it what it was doing: of a socket, its address
    return _(error.strerror or str(error))


def ngettext(one: str, many: str, count: int) -> str:
    """The sentence for so many, in the language in use."""
    if _catalog is None:
        return one if count == 1 else many
    return _catalog.ngettext(one, many, count)


REASONS: Final = (
    N_("No such file or directory"),
    N_("Permission denied"),
    N_("Operation not permitted"),
    N_("Is a directory"),
    N_("Not a directory"),
    N_("File exists"),
    N_("File name too long"),
    N_("No space left on device"),
    N_("Disk quota exceeded"),
    N_("Read-only file system"),
    N_("Input/output error"),
    N_("Too many open files"),
    N_("Address already in use"),
    N_("Cannot assign requested address"),
)
"""What the system says of files and ports; any other reason stays in its words."""
