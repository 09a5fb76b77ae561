"""What was edited outlives the program: killed, hung up on, on a full disk, and beside another session."""

from __future__ import annotations

import json
import signal
import time

import pytest
from headless import runner
from sample_tasks import reference_task
from stories import agree, go_to, only, review, submit
from terminal import CTRL_Q, ENTER, PERMISSIONS_BINDING, Terminal

PROMISE = 1.0
"""Seconds after which an edit is on the disk."""
QUESTION = "A draft of this task is here"


@pytest.fixture
def run(environment):
    return runner(environment)


@pytest.fixture
def state(environment, tmp_path):
    """Where drafts are kept."""
    return tmp_path / "home" / "state" / "sms-tui" / "drafts"


def drafted(run, task_id, *, whole=False):
    """The body that the draft of a task would send, None without one."""
    ran = run("drafts", "export", task_id, *(["--whole"] if whole else []))
    return ran.json if ran.code == 0 else None


def given_time(run, task_id, body):
    """Look for a draft until it is there, or an edit made before would have to be on the disk."""
    deadline = time.monotonic() + PROMISE
    while time.monotonic() < deadline and drafted(run, task_id) != body:
        pass


def kill(terminal):
    terminal.signal(signal.SIGKILL)
    assert terminal.ended() == 128 + signal.SIGKILL


def opened(start, service, task_id, *seen, **options):
    terminal = start("edit", task_id, "--endpoint", service.url, **options)
    terminal.await_text(*(seen or ("Service-owned", "/ Find")))
    return terminal


def test_after_kill_9_the_next_start_offers_the_edit_and_sends_exactly_it(edit, start, service, run):
    terminal, task_id = edit(reference_task(speed_limit=0))
    terminal.send(go_to("target_server.disks[0].name"), "Disk one", ENTER, go_to("speed_limit"), "50")
    terminal.await_text("2 changes")
    given_time(run, task_id, None if False else {"speed_limit": 50})
    kill(terminal)
    terminal = opened(start, service, task_id, QUESTION)
    assert terminal.sees("Resume at speed_limit, 2 edits, ")
    terminal.send("r")
    terminal.await_text("Resumed 2 edits.", "2 changes")
    submit(terminal)
    target = reference_task()["target_server"]
    target["disks"][0]["name"] = "Disk one"
    assert json.loads(only(service.puts(task_id)).body) == {"speed_limit": 50, "target_server": target}
    terminal.send(ENTER)
    terminal.await_text("0 changes")
    terminal.send(CTRL_Q)
    assert terminal.exit_code() == 0
    assert run("drafts", "list", "--json").json == []


@pytest.mark.parametrize("ending", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT, None])
def test_told_to_end_right_after_an_edit_it_leaves_the_edit_as_a_draft(ending, edit, run):
    terminal, task_id = edit(reference_task(speed_limit=0))
    terminal.send(go_to("speed_limit"), "50")
    terminal.await_text("1 change")
    if ending is None:
        terminal.hang_up()
    else:
        terminal.signal(ending)
    assert terminal.ended() == 128 + (ending or signal.SIGHUP)
    assert drafted(run, task_id) == {"speed_limit": 50}


@pytest.mark.parametrize("keys", [1, 9, 40])
def test_killed_in_the_middle_of_typing_it_keeps_the_edit_before_and_no_garbage(keys, edit, start, service, run):
    terminal, task_id = edit(reference_task(name="MigrationTask", speed_limit=0))
    terminal.send(go_to("speed_limit"), "50", ENTER)
    terminal.await_text("1 change")
    given_time(run, task_id, {"speed_limit": 50})
    typed = "".join(chr(ord("a") + at % 26) for at in range(40))
    terminal.send(go_to("name"), typed[:keys])
    terminal.await_text("2 changes")
    kill(terminal)
    body = drafted(run, task_id)
    name = body.pop("name", "")
    assert body == {"speed_limit": 50}
    assert typed.startswith(name)
