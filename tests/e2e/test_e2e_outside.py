"""A node edited as JSON in the operator's own editor."""

from __future__ import annotations

import shlex
import sys

import pytest
from sample_tasks import reference_task
from stories import only, review, submit
from terminal import CTRL_S, ENTER, ESCAPE


@pytest.fixture
def editor(tmp_path):
    """An editor that does one thing to the text at each start, given as Python source over `text`."""

    def made(*steps: str) -> str:
        count, script = tmp_path / "starts", tmp_path / "editor.py"
        body = "".join(f"if start == {at}: {step}\n" for at, step in enumerate(steps))
        script.write_text(
            "import pathlib, sys\n"
            f"count = pathlib.Path({str(count)!r})\n"
            "start = len(count.read_text()) if count.exists() else 0\n"
            "count.write_text('x' * (start + 1))\n"
            "file = pathlib.Path(sys.argv[1])\n"
            f"text = file.read_text()\n{body}file.write_text(text)\n",
            "utf-8",
        )
        return shlex.join([sys.executable, str(script)])

    return made


def test_a_node_comes_back_from_the_editor_as_one_edit(edit, editor, service):
    terminal, task_id = edit(reference_task(), EDITOR=editor("text = text.replace('42949672960', '53687091200')"))
    terminal.send(f"/target_server.disks[0].name{ENTER}")
    terminal.await_text("Esc Tree")
    terminal.send(ESCAPE)
    terminal.await_text("a Add")
    terminal.send("e")
    terminal.await_text("Edited target_server › disks › Disk 1.", "1 change", "50 GiB")
    submit(terminal)
    body = only(service.puts(task_id)).body
    assert b'"size":53687091200' in body


def test_broken_json_is_offered_again_with_the_reason_on_top_and_taken_once_mended(edit, editor, tmp_path):
    seen = tmp_path / "seen"
    terminal, _ = edit(
        reference_task(speed_limit=0),
        EDITOR=editor(
            "text = text.replace('\"speed_limit\": 0', '\"speed_limit\": 7,,')",
            f"pathlib.Path({str(seen)!r}).write_text(text); text = text.replace('7,,', '7')",
        ),
    )
    terminal.send("e")
    terminal.await_text("Edited the task.", "1 change")
    assert seen.read_text("utf-8").startswith("// line ")
    review(terminal)
    terminal.await_text("0 Mbit/s  →  7 Mbit/s")


def test_broken_json_that_is_given_up_changes_nothing_and_is_kept(edit, editor):
    terminal, _ = edit(reference_task(), EDITOR=editor("text = '{'", "pass", "text = text.replace('{', '{}')"))
    terminal.send(f"/clone_server{ENTER}")
    terminal.await_text("Clone server")
    terminal.send("ae")
    terminal.await_text("Not taken: line 1", "e shows it again")
    terminal.send("e")
    terminal.await_text("Nothing was changed.")


def test_an_editor_that_cannot_be_started_is_one_sentence(edit):
    terminal, _ = edit(reference_task(), EDITOR="/no/such/editor")
    terminal.send("e")
    terminal.await_text("Cannot start /no/such/editor", "Set EDITOR")
    terminal.send(CTRL_S)
    terminal.await_text("Nothing to send")
