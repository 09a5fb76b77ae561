"""The operator's own editor: what is started, and what is told where nothing can be."""

from __future__ import annotations

from pathlib import Path

import pytest

from sms_tui.ui.external import EditorMissing, edit_text


@pytest.fixture(autouse=True)
def _only_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)


@pytest.mark.parametrize(
    ("editor", "told"),
    [
        ("no-such-editor --wait", "Cannot start no-such-editor: No such file or directory."),
        ("vim 'unclosed", "EDITOR is no command: vim 'unclosed."),
        ("  ", "EDITOR is no command:   ."),
    ],
)
def test_an_editor_that_cannot_be_started_is_told_with_what_to_set(
    monkeypatch: pytest.MonkeyPatch, editor: str, told: str
) -> None:
    monkeypatch.setenv("EDITOR", editor)
    with pytest.raises(EditorMissing) as error:
        edit_text("1\n")
    assert str(error.value) == f"{told} Set EDITOR to your editor."


@pytest.mark.parametrize(("does", "comes_back"), [("printf 2 >", "2"), ("rm", "1\n"), ("true", "1\n")])
def test_what_the_editor_saved_comes_back_and_what_was_there_where_it_saved_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, does: str, comes_back: str
) -> None:
    editor = tmp_path / "editor"
    editor.write_text(f'#!/bin/sh\n{does} "$1"\n')
    editor.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(editor))
    assert edit_text("1\n") == comes_back
