"""Editing a task body in a file: it is written whole or not at all."""

from __future__ import annotations

import json

import pytest
from sample_tasks import strange_task
from stories import agree, exact, go_to, review
from terminal import CTRL_S, ENTER, ESCAPE, PERMISSIONS_BINDING


@pytest.fixture
def file(tmp_path):
    directory = tmp_path / "tasks"
    directory.mkdir()
    path = directory / "task.json"
    path.write_text(json.dumps(strange_task(), indent=4, ensure_ascii=False) + "\n", "utf-8")
    yield path
    directory.chmod(0o755)


def opened(start, file, **options):
    terminal = start("edit", "--file", str(file), warm=not options, **options)
    terminal.await_text("Service-owned", "task.json")
    return terminal


def test_y_writes_the_one_change_and_nothing_else_of_the_file(start, file):
    before = file.read_bytes()
    terminal = opened(start, file)
    terminal.send(go_to("speed_limit"), "50", ENTER)
    review(terminal)
    assert file.read_bytes() == before
    agree(terminal)
    terminal.await_text(" Saved ")
    assert exact(file.read_bytes()) == exact(before.replace(b'"speed_limit": 0', b'"speed_limit": 50'))
    assert [path.name for path in file.parent.iterdir()] == ["task.json"]


def test_the_review_tells_the_size_the_file_will_have(start, file):
    terminal = opened(start, file)
    terminal.send(go_to("speed_limit"), "50", ENTER)
    review(terminal)
    told = terminal.line("The file will hold")
    agree(terminal)
    terminal.await_text(" Saved ")
    assert told.endswith(f" {file.stat().st_size} bytes")


def test_a_directory_that_cannot_be_written_is_told_and_costs_no_edits(start, file):
    before = file.read_bytes()
    file.parent.chmod(0o555)
    terminal = opened(start, file, before=PERMISSIONS_BINDING)
    terminal.send(go_to("speed_limit"), "50", ENTER)
    review(terminal)
    agree(terminal)
    terminal.await_text("Not saved. Your edits are kept.", "Permission denied")
    assert file.read_bytes() == before
    terminal.send(ENTER)
    terminal.await_text("1 change", "/ Find")
    file.parent.chmod(0o755)
    review(terminal)
    agree(terminal)
    terminal.await_text(" Saved ")
    assert json.loads(file.read_bytes())["speed_limit"] == 50


def test_a_disk_that_runs_full_leaves_the_file_as_it_was(start, file):
    before = file.read_bytes()
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({len(before) // 2},) * 2)"
    terminal = opened(start, file, before=limit)
    terminal.send(go_to("speed_limit"), "50", ENTER)
    review(terminal)
    agree(terminal)
    terminal.await_text("Not saved. Your edits are kept.", "File too large")
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == ["task.json"]


def test_what_somebody_else_wrote_meanwhile_is_not_overwritten(start, file):
    terminal = opened(start, file)
    terminal.send(go_to("speed_limit"), "50", ENTER)
    terminal.await_text("1 change")
    file.write_text('{"speed_limit": 7}')
    terminal.send(CTRL_S)
    terminal.await_text(" Conflict ", "mine", "50 Mbit/s", "theirs, now", "7 Mbit/s")
    terminal.send("y", ESCAPE)
    terminal.await_text("1 change", "/ Find")
    assert file.read_text() == '{"speed_limit": 7}'


@pytest.mark.parametrize("content", ["[1, 2]", '{"a": NaN}', '{"a": 1, "a": 2}', '{"a": "'])
def test_a_file_that_holds_no_task_body_is_refused_before_the_screen_opens(start, file, content):
    file.write_text(content)
    terminal = start("edit", "--file", str(file))
    assert terminal.exit_code() == 2
    assert "task.json" in terminal.text.replace("\n", "")
    assert b"\x1b[?1049h" not in terminal.raw
