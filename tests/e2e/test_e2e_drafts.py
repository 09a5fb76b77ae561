"""What was edited outlives the program: killed, hung up on, on a full disk, and beside another session."""

from __future__ import annotations

import json
import re
import signal
import time
from itertools import cycle
from string import ascii_lowercase

import pytest
from headless import runner
from sample_tasks import reference_task
from stories import agree, go_to, only, review, submit
from terminal import CTRL_E, CTRL_Q, ENTER, PATIENCE, PERMISSIONS_BINDING, SHIFT_END

PROMISE = 1.0
"""Seconds after which an edit is on the disk."""
QUESTION = "A draft of this task is here"
TASK = reference_task(name="MigrationTask", speed_limit=0)


@pytest.fixture
def run(environment, libraries):
    return runner(environment, warm=libraries)


@pytest.fixture
def drafts(tmp_path):
    """Where drafts are kept."""
    return tmp_path / "home" / "state" / "sms-tui" / "drafts"


@pytest.fixture
def drafted(run):
    """Tells the body that the draft of a task would send, None if there is no draft of it."""

    def body(task_id, *options):
        ran = run("drafts", "export", task_id, *options)
        return ran.json if ran.code == 0 else None

    return body


@pytest.fixture
def given_time(drafted):
    """Looks for a draft until it is as it should be, or until the second that it may take is over."""

    def looked(task_id, body):
        deadline = time.monotonic() + PROMISE
        while time.monotonic() < deadline and drafted(task_id) != body:
            pass

    return looked


@pytest.fixture
def reopen(start, service):
    def opened(task_id, *seen):
        terminal = start("edit", task_id, "--endpoint", service.url, warm=True)
        await_words(terminal, *seen)
        return terminal

    return opened


@pytest.fixture
def left(edit, given_time):
    """Makes a draft that sets speed_limit to 50, by an editor that is killed; the id of its task."""

    def task_id(task=TASK):
        terminal, task_id = edit(task)
        terminal.send(go_to("speed_limit"), "50", ENTER)
        terminal.await_text("1 change")
        given_time(task_id, {"speed_limit": 50})
        kill(terminal)
        return task_id

    return task_id


def await_words(terminal, *words):
    """Wait for words on the screen, in a box of whatever width they stand."""

    def said():
        return " ".join(re.sub("[│─╭╮╰╯]", " ", terminal.text).split())

    terminal.await_that(lambda: all(text in said() for text in words), f"to read {words}")


def await_file(directory, *patterns):
    """Look into a directory, as fast as one can, until there is a file that is called like this; its path."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for pattern in patterns:
            for found in directory.glob(pattern):
                return found
    raise AssertionError(f"no file {patterns} has come to {directory}")


def kill(terminal):
    terminal.signal(signal.SIGKILL)
    assert terminal.ended() == 128 + signal.SIGKILL


def test_after_kill_9_the_next_start_offers_the_edits_and_sends_exactly_them(edit, reopen, service, run, given_time):
    terminal, task_id = edit(TASK)
    target = reference_task()["target_server"]
    target["disks"][0]["name"] = "one"
    edited = {"speed_limit": 50, "target_server": target}
    terminal.send(go_to("target_server.disks[0].name"), "one", ENTER, go_to("speed_limit"), "50")
    terminal.await_text("2 changes")
    given_time(task_id, edited)
    kill(terminal)
    terminal = reopen(task_id, QUESTION, "Resume at speed_limit, 2 edits, ")
    terminal.send("r")
    terminal.await_text("Resumed 2 edits.", "2 changes")
    submit(terminal)
    assert json.loads(only(service.puts(task_id)).body) == edited
    given_time(task_id, None)
    kill(terminal)
    assert run("drafts", "list", "--json").json == []
    reopen(task_id, "/ Find", "0 changes")


@pytest.mark.parametrize("ending", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_told_to_end_right_after_an_edit_it_leaves_the_edit_as_a_draft(ending, edit, drafted):
    terminal, task_id = edit(TASK)
    terminal.send(go_to("speed_limit"), "50")
    terminal.await_text("1 change", "= 50 Mbit/s")
    terminal.signal(ending)
    assert terminal.exit_code() == 128 + ending
    assert drafted(task_id) == {"speed_limit": 50}


def test_a_closed_terminal_leaves_what_was_typed_last_as_a_draft(edit, drafted):
    terminal, task_id = edit(TASK)
    terminal.send(go_to("speed_limit"), "50")
    terminal.await_text("1 change", "= 50 Mbit/s")
    terminal.hang_up()
    assert terminal.ended() == 128 + signal.SIGHUP
    assert drafted(task_id) == {"speed_limit": 50}


def test_killed_while_its_first_edit_is_being_written_it_leaves_that_edit_or_none(edit, drafts, drafted, reopen):
    terminal, task_id = edit(TASK)
    terminal.send(go_to("speed_limit"), "50")
    await_file(drafts, "*.journal", ".*.new")
    kill(terminal)
    body = drafted(task_id)
    assert body in (None, {"speed_limit": 50})
    reopen(task_id, *([QUESTION, "1 edit"] if body else ["/ Find", "0 changes"]))


def test_killed_while_typing_is_being_written_it_leaves_the_edit_before_and_what_was_typed(edit, drafts, drafted):
    terminal, task_id = edit(TASK)
    terminal.send(go_to("speed_limit"), "50", ENTER)
    journal = await_file(drafts, "*.journal")
    before = journal.stat().st_size
    terminal.send(go_to("name"))
    typed = ""
    for letter in cycle(ascii_lowercase):
        terminal.send(letter)
        typed += letter
        terminal.await_text(typed[-3:])
        if journal.stat().st_size > before:
            break
    kill(terminal)
    body = drafted(task_id)
    assert body.pop("speed_limit") == 50
    assert list(body) in ([], ["name"])
    assert typed.startswith(body.get("name", ""))


def test_what_was_typed_into_a_file_is_offered_again_and_written(start, given_time, drafted, tmp_path):
    file = tmp_path / "task.json"
    file.write_text(json.dumps(TASK), "utf-8")
    edited = TASK | {"speed_limit": 50}
    terminal = start("edit", "--file", str(file), warm=True)
    terminal.await_text("/ Find")
    terminal.send(go_to("speed_limit"), "50")
    terminal.await_text("1 change", "= 50 Mbit/s")
    given_time(str(file), {"speed_limit": 50})
    kill(terminal)
    terminal = start("edit", "--file", str(file), warm=True)
    terminal.await_text(QUESTION, "Resume at speed_limit, 1 edit, ")
    terminal.send("r")
    terminal.await_text("1 change")
    review(terminal)
    agree(terminal)
    terminal.await_text(" Saved ")
    assert json.loads(file.read_bytes()) == edited
    terminal.send(ENTER, CTRL_Q)
    assert terminal.exit_code() == 0
    assert drafted(str(file)) is None


# Others


def test_a_second_terminal_is_told_who_edits_and_takes_over_and_the_first_is_told(edit, reopen, run, given_time):
    first, task_id = edit(TASK)
    first.send(go_to("speed_limit"), "50", ENTER)
    first.await_text("1 change")
    given_time(task_id, {"speed_limit": 50})
    refused = run("drafts", "discard", task_id)
    assert refused.code == 2
    who = refused.err.decode().split("is being edited by ")[1].split(";")[0]
    second = reopen(task_id, "Somebody is editing this task", f"edited by {who} since", "1 edit is not sent.")
    second.send("o")
    second.await_text(f"This task is being edited by {who}; open it again to take it over.", "0 changes")
    second.send(go_to("speed_limit"), "7")
    second.await_text("Nothing can be changed here.", "0 changes")
    second.send(CTRL_Q)
    assert second.exit_code() == 0
    second = reopen(task_id, "Somebody is editing this task")
    second.send("t")
    second.await_text(QUESTION)
    second.send("r")
    second.await_text("1 change", "Resumed 1 edit.")
    first.await_text("took this draft over: what you change here is not kept any more", "1 change")
    first.send(go_to("priority"), "2", ENTER)
    first.await_text("2 changes")
    first.send(CTRL_Q)
    first.await_text("2 changes are not sent. Quit and drop them?")
    first.send("y")
    assert first.exit_code() == 0
    submit(second)


# Disks


def test_in_a_home_that_cannot_be_written_editing_and_submitting_go_on_and_nothing_pretends(
    edit, service, environment, tmp_path
):
    home = tmp_path / "home"
    home.chmod(0o555)
    try:
        terminal, task_id = edit(TASK, before=PERMISSIONS_BINDING)
        terminal.await_text("Drafts cannot be kept", "Permission denied")
        terminal.send(go_to("speed_limit"), "50", ENTER)
        terminal.await_text("1 change", "Drafts cannot be kept", "Editing goes on")
        terminal.send(CTRL_Q)
        terminal.await_text("1 change is not sent. Quit and drop it?")
        terminal.send("n")
        submit(terminal)
        assert terminal.sees("No receipt could be written")
        assert only(service.puts(task_id)).body == b'{"speed_limit":50}'
    finally:
        home.chmod(0o755)


def test_on_a_disk_that_runs_full_the_banner_says_so_and_what_was_written_stays(edit, drafted, given_time):
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000,) * 2)"
    terminal, task_id = edit(TASK, before=limit)
    terminal.send(go_to("speed_limit"), "50", ENTER)
    terminal.await_text("1 change")
    given_time(task_id, {"speed_limit": 50})
    terminal.send(go_to("vm_template_id"), "\x1b[200~", "x" * 20_000, "\x1b[201~")
    terminal.await_text("2 changes", "Drafts cannot be kept", "File too large", "Editing goes on")
    terminal.send(ENTER, go_to("priority"), "2", ENTER)
    terminal.await_text("3 changes", "Drafts cannot be kept")
    terminal.send(CTRL_Q)
    terminal.await_text("3 changes are not sent. Quit and drop them?")
    kill(terminal)
    assert drafted(task_id) == {"speed_limit": 50}


# Damage


def test_a_draft_that_is_torn_damaged_or_of_another_format_is_explained(left, reopen, drafts, run):
    task_id = left()
    journal, *_ = drafts.glob("*.journal")
    whole = journal.read_bytes()
    damages = {
        whole[:-5]: "was cut off",
        whole.replace(b"format 1", b"format 0"): "It is in format 0 of an older sms-tui",
        whole.replace(b"MigrationTask", b"Migrati\xffnTask"): "It is damaged and cannot be used",
        b"\x00" * 99: "It is damaged and cannot be used",
    }
    for damaged, words in damages.items():
        journal.write_bytes(damaged)
        terminal = reopen(task_id, QUESTION, "No edit of it can be used.", words, "d discard")
        terminal.send("r", "l", "d")
        terminal.await_text("The draft is kept for 30 days", "0 changes")
        terminal.send(CTRL_Q)
        assert terminal.exit_code() == 0
    assert sorted(path.read_bytes() for path in drafts.glob("trash/*")) == sorted(damages)
    assert run("drafts", "list", "--json").json == []


def test_after_kill_9_during_a_submit_there_is_a_receipt_that_says_nobody_knows(edit, service, run, given_time):
    terminal, task_id = edit(reference_task(speed_limit=0))
    service.hang("PUT", task_id)
    terminal.send(go_to("speed_limit"), "50", ENTER)
    given_time(task_id, {"speed_limit": 50})
    review(terminal)
    agree(terminal)
    terminal.await_that(lambda: bool(service.puts(task_id)), "the update to arrive")
    kill(terminal)
    listed = run("receipts", "list").out.decode()
    assert "unknown" in listed
    assert run("receipts", "show", listed.split()[0]).json["body"] == {"speed_limit": 50}
    assert run("drafts", "export", task_id).json == {"speed_limit": 50}


def test_after_kill_9_json_text_that_was_not_taken_in_is_there_again(edit, reopen, run):
    terminal, task_id = edit(TASK)
    terminal.send(go_to("speed_limit"), CTRL_E)
    terminal.await_text(" JSON ", "Esc Take it")
    terminal.send(SHIFT_END, "50,,")
    terminal.await_text('"speed_limit": 50,,')
    deadline = time.monotonic() + PROMISE
    while time.monotonic() < deadline and b'"speed_limit": 50,,' not in run("drafts", "show", task_id).out:
        pass
    kill(terminal)
    terminal = reopen(task_id, QUESTION, "Resume JSON text of the task that is not taken in")
    terminal.send("r")
    terminal.await_text("Resumed 0 edits.")
    terminal.send(CTRL_E)
    terminal.await_text('"speed_limit": 50,,', "✗ line ")


def test_a_hung_up_line_keeps_json_text_to_the_last_key(edit, run):
    terminal, task_id = edit(TASK)
    terminal.send(go_to("speed_limit"), CTRL_E)
    terminal.await_text(" JSON ", "Esc Take it")
    terminal.send(SHIFT_END, "50,,")
    terminal.await_text('"speed_limit": 50,,')
    terminal.signal(signal.SIGHUP)
    assert terminal.exit_code() == 128 + signal.SIGHUP
    assert b'"speed_limit": 50,,' in run("drafts", "show", task_id).out
