"""The Chinese catalog: whole, in step with the sentences of the program, and compiled."""

from __future__ import annotations

import re
from pathlib import Path

from cases import every
from catalog import MO, PO, RENEW, SOURCES, compiled, renewed, stored, text_of, untranslated
from unmarked import HEADERS, KEYS, UNITS, unmarked

from sms_tui.exactjson import _REASONS

FATES = {"changed by the service", "not shown by the service"}
NOT_SAID = {
    "api/codes.py": {  # what the gateway says
        "failed to reach the limit",
        "ak not exist",
        "aksk signature fail",
        "token not found",
        "decrypt token fail",
        "token expires",
        "token must be updated",
    },
    "cli/__init__.py": {"sms-tui {}"},
    "cli/versions.py": {"sms-tui {}"},
    "cli/sending.py": FATES,
    "document/risks.py": {"would be"},
    "schema/examples.py": {"Cloning failed."},  # a value
    "schema/declare.py": {"not one of the enumeration"},  # judge says it
    "exactjson.py": set(_REASONS),  # what Python says
    "session/effects.py": FATES,
    "session/outcomes.py": FATES,
    "session/picture/steps.py": {"goes on"},
    "session/picture/time_axis.py": {"goes on"},
    "session/service.py": FATES,
    "ui/helping.py": {"String", "Integer", "Long", "Double", "Boolean"},  # as the reference has them
    "ui/ways_out.py": {"Python"},
    "ui/tour.py": {"bold reverse $heading"},
    "ui/keys.py": {"{} is still busy with the last key"},  # for the log
    "ui/link.py": {"{} {} B/key"},
    "ui/mirror.py": {"The diff layer failed; painting goes on without it."},  # for the log
    "ui/signals.py": {"terminal watch"},
}
"""Literals of finished layers that look like sentences and are none."""
IN_ENGLISH = {"cli/manual.py", "cli/shells.py", "session/ways.py"}
"""What makes the man page, which is English, and what makes text for shells and Python."""
SIMULATOR = tuple(f"simulator/faults/{name}.py" for name in ("spec", "table", "values"))
"""What speaks for the program; the rest of the simulator speaks as the service does, in English."""
FINISHED = ("schema", "document", "api", "session", "ui", "cli", "exactjson.py", *SIMULATOR)
BY_THE_SCHEMA = "schema/models/"
"""Labels and help are taken from the JSON Schema that is made of the models."""

SAME_IN_BOTH = {"MB", "ms", "%", "Mbit/s", "MB/s", "vCPU", "MTU", "UUID", "UEFI", "Linux", "Windows"}


SAME_IN_BOTH |= {"The token", "The access key", "The secret key", "The security token"}  # the console's own words


def finished() -> list[Path]:
    files = [file for layer in FINISHED for file in sorted((SOURCES / layer).rglob("*.py")) or [SOURCES / layer]]
    return [file for file in files if not is_another_matter(str(file.relative_to(SOURCES)))]


def is_another_matter(name: str) -> bool:
    return name.startswith(BY_THE_SCHEMA) or name in IN_ENGLISH


def forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return text if isinstance(text, tuple) else (text,)


def places(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w*\}|%\(\w+\)[sr]|%[sdr]", text))


def test_every_sentence_is_translated_and_none_is_only_guessed():
    assert [message.id for message in untranslated(stored())] == []


def test_the_catalog_has_the_sentences_of_the_program_and_no_other():
    old = stored()
    assert text_of(renewed(old)) == PO.read_text("utf-8"), f"renew it: {RENEW}"


def test_the_compiled_catalog_is_that_of_the_text():
    assert MO.read_bytes() == compiled(stored()), f"renew it: {RENEW}"


def test_a_translation_has_the_places_of_its_sentence():
    wrong = [
        message.id
        for message in stored()
        if message.id and any(places(form) != places(forms(message.id)[-1]) for form in forms(message.string))
    ]
    assert wrong == []


def test_a_translation_is_chinese_and_keeps_line_breaks_and_edges():
    for message in stored():
        for form in forms(message.string) if message.id else ():
            said = forms(message.id)[-1]
            in_latin = re.search("[A-Za-z]", re.sub(r"\{\w*\}", "", form)) and not re.search("[\u4e00-\u9fff]", form)
            assert not in_latin or said in SAME_IN_BOTH, said
            assert form.endswith("\n") == said.endswith("\n"), said


@every("file", finished(), ids=lambda file: str(file.relative_to(SOURCES)))
def test_what_is_said_is_marked(file: Path):
    name = str(file.relative_to(SOURCES))
    assert sorted(set(unmarked(file)) - NOT_SAID.get(name, set()) - SAME_IN_BOTH - HEADERS - KEYS - UNITS) == []


def test_a_sentence_that_is_not_marked_is_found(tmp_path: Path):
    file = tmp_path / "said.py"
    file.write_text('"""Not this."""\nx = _("not this one")\ny = f"{x} is too large"\nz = "Review"\nw = "a_key"\n')
    assert sorted(unmarked(file)) == ["Review", "{} is too large"]
