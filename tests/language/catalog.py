"""The Chinese catalog beside the sentences of the program: what is marked, what is translated, and how to renew both.

`python -m tests.language.catalog` takes new sentences up, drops those that are gone, and compiles what is translated.
Then translate what it counts as missing, in the `.po`, and run it again.
"""

from __future__ import annotations

import ast
import io
import json
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent.parent
SOURCES = ROOT / "sms_tui"
PO = SOURCES / "locale" / "zh_CN" / "LC_MESSAGES" / "sms-tui.po"
MO = PO.with_suffix(".mo")
SCHEMA = SOURCES / "schema" / "task.schema.json"
RENEW = "python -m tests.language.catalog"

_HEADER = b"Content-Type: text/plain; charset=utf-8\nPlural-Forms: nplurals=1; plural=0;\n"
_UNITS = ("bytes", "MB", "ms", "s", "%", "Mbit/s", "MB/s", "epoch ms", "vCPU", "unit not documented")


def stored() -> Catalog:
    """The catalog as it is checked in."""
    with PO.open("rb") as file:
        return read_po(file, locale="zh_CN", abort_invalid=True)


class Sentence(NamedTuple):
    """What is to be translated; a counted sentence is a pair."""

    text: str | tuple[str, str]
    context: str | None = None


def sentences() -> Iterator[tuple[Sentence, str]]:
    """What is to be translated, with the file that says it."""
    for file in sorted(SOURCES.rglob("*.py")):
        calls = (node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call))
        for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
            if (found := _marked(call)) is not None:
                yield found, str(file.relative_to(ROOT))
    for text in _of_the_schema(json.loads(SCHEMA.read_text("utf-8"))):
        yield Sentence(text), str(SCHEMA.relative_to(ROOT))
    for unit in _UNITS:
        yield Sentence(unit), "sms_tui/schema/declare.py"


def _marked(call: ast.Call) -> Sentence | None:
    """The text in a mark; a mark of what is known only later has none. Babel itself does not look into f-strings."""
    texts = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    match call.func, texts:
        case ast.Name(id="_" | "N_"), [text] if text:
            return Sentence(text)
        case ast.Name(id="ngettext"), [one, many]:
            return Sentence((one, many))
        case ast.Name(id="pgettext"), [context, text]:
            return Sentence(text, context)
    return None


def _of_the_schema(node: object) -> Iterator[str]:
    """Labels, help and meanings. A property may be called `title` or `description` itself: then it is no text."""
    if isinstance(node, dict):
        yield from (text for key in ("title", "description") if isinstance(text := node.get(key), str))
        yield from node.get("x-meanings", {}).values()
        for key, value in node.items():
            if key != "x-meanings":
                yield from _of_the_schema(value)
    elif isinstance(node, list):
        for entry in node:
            yield from _of_the_schema(entry)


def marked() -> Catalog:
    """A catalog of all that is to be translated, each sentence with the files that say it."""
    out = Catalog()
    for found, file in sentences():
        out.add(found.text, locations=[(file, 0)], context=found.context)
    return out


def renewed(old: Catalog) -> Catalog:
    """The old catalog with the sentences of today."""
    fresh = Catalog(locale="zh_CN")
    for message in sorted(marked(), key=lambda message: min(message.locations, default=("", 0))):
        if message.id:
            known = old.get(message.id, message.context)
            translation = known.string if known is not None else None
            fresh.add(
                message.id,
                translation,
                locations=sorted(set(message.locations)),
                flags=message.flags - {"fuzzy"},
                context=message.context,
            )
    return fresh


def text_of(catalog: Catalog) -> str:
    """The catalog as it is checked in, below the head of the file as it is; without line numbers, which come and go."""
    out = io.BytesIO()
    write_po(out, catalog, width=110, include_lineno=False, omit_header=True)
    head, _, _ = PO.read_text("utf-8").partition("\n\n")
    return f"{head}\n\n{out.getvalue().decode().strip()}\n"


def compiled(catalog: Catalog) -> bytes:
    """The catalog as the program reads it: a hash-less GNU .mo file, the same for every edition of Babel."""
    texts = {b"": _HEADER} | {_key(message): _value(message) for message in catalog if message.id}
    keys = sorted(texts)
    ids, strings = b"".join(key + b"\0" for key in keys), b"".join(texts[key] + b"\0" for key in keys)
    tables = 28 + 16 * len(keys)
    head = struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, tables)
    places = _places(keys, tables) + _places([texts[key] for key in keys], tables + len(ids))
    return head + places + ids + strings


def _places(texts: list[bytes], start: int) -> bytes:
    """Length and offset of each text, which stand one behind the other."""
    out = b""
    for text in texts:
        out += struct.pack("<2I", len(text), start)
        start += len(text) + 1
    return out


def _key(message: Message) -> bytes:
    context = f"{message.context}\4" if message.context else ""
    return (context + "\0".join(message.id if isinstance(message.id, tuple) else (message.id,))).encode()


def _value(message: Message) -> bytes:
    return "\0".join(_said(message)).encode()


def untranslated(catalog: Catalog) -> list[Message]:
    """The sentences without a translation, or with one only guessed."""
    return [message for message in catalog if message.id and (message.fuzzy or not all(_said(message)))]


def _said(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string or "",)


if __name__ == "__main__":
    renewal = renewed(stored())
    PO.write_text(text_of(renewal), "utf-8")
    MO.write_bytes(compiled(stored()))
    print(f"{len(renewal)} sentences, {len(untranslated(renewal))} to translate in {PO.relative_to(ROOT)}")
