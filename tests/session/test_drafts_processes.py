"""Real processes: killed at any instant, signalled in a flush, two at one task."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from drafts_child import TASK
from drafts_material import PLACE, TASK_ID, edits, loaded

from sms_tui.document.document import Document
from sms_tui.exactjson import dumps
from sms_tui.session.drafts.holder import Holder
from sms_tui.session.drafts.owner import Owner
from sms_tui.session.drafts.store import DraftStore

HERE = Path(__file__).parent


class Child:
    """A process that is told a line and tells one."""

    def __init__(self, what: str, state: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-W", "error", HERE / "drafts_child.py", what, state],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
            env={**os.environ, "SSH_CONNECTION": "192.0.2.7 50000 192.0.2.1 22"},
        )

    def hear(self) -> list[str]:
        return self.process.stdout.readline().split()

    def tell(self, line: object) -> None:
        self.process.stdin.write(f"{line}\n")

    def ask(self, line: object) -> list[str]:
        self.tell(line)
        return self.hear()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


Start = Callable[[str], Child]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    children: list[Child] = []

    def started(what: str) -> Child:
        children.append(Child(what, tmp_path))
        return children[-1]

    yield started
    for child in children:
        child.kill()
        child.process.stdin.close()
        child.process.stdout.close()


def test_a_session_killed_at_any_call_leaves_the_last_or_last_but_one_edit(tmp_path, start):
    document = Document(TASK, TASK_ID)
    states = [dumps(document.current)]
    for do in edits(document):
        do()
        states.append(dumps(document.current))
    child = start("stops_wherever_told")
    number, word = 0, ""
    while word != "finished":
        number += 1
        word, pid, flushed = child.ask(number)
        os.kill(int(pid), signal.SIGKILL)
        assert child.hear() == ["ended"]
        store = DraftStore(tmp_path / str(number))
        drafts = [store.load(summary.key) for summary in store.summaries()]
        kept = dumps(drafts[0].document().current) if drafts else states[0]
        assert kept in states[int(flushed) : int(flushed) + 2], (number, flushed)
        assert isinstance(store.acquire(PLACE, TASK_ID), Owner), "the dead session still holds the task"
    assert number > 60
    assert int(flushed) == len(states) - 1


def test_a_signal_in_the_middle_of_a_flush_loses_nothing(tmp_path, start):
    child = start("is_signalled_while_it_flushes")
    assert child.hear() == ["syncing"]
    child.process.send_signal(signal.SIGTERM)
    assert child.hear() == ["signalled"]
    assert child.ask("") == ["syncing"]
    child.tell("")
    assert child.process.wait(20) == 0
    assert [edit.label for edit in loaded(DraftStore(tmp_path)).edits] == ["before", "in the handler"]


def test_the_second_session_is_told_who_the_first_is(tmp_path, start):
    child = start("holds")
    assert child.hear() == ["holds", str(child.process.pid)]
    holder = DraftStore(tmp_path).acquire(PLACE, TASK_ID)
    assert isinstance(holder, Holder)
    assert (holder.pid, holder.ssh) == (child.process.pid, "192.0.2.7")
    assert str(holder).endswith(f" from 192.0.2.7 (process {child.process.pid})")
    assert holder.since > 1_700_000_000_000
    assert holder.started, "nothing tells this process from a later one with its number"


def test_a_session_that_was_killed_holds_nothing_though_nobody_has_waited_for_it(tmp_path, start):
    child = start("holds")
    child.hear()
    child.process.kill()
    os.waitid(os.P_PID, child.process.pid, os.WEXITED | os.WNOWAIT)
    assert isinstance(DraftStore(tmp_path).acquire(PLACE, TASK_ID), Owner)


def test_a_session_that_is_taken_over_notices(tmp_path, start):
    first, second = start("holds"), None
    assert first.hear()[0] == "holds"
    assert first.ask("mine") == ["yes"]
    second = start("holds")
    assert second.hear() == ["refused", str(first.process.pid)]
    assert second.ask("mine") == ["no"]
    assert second.ask("take over")[0] == "holds"
    assert (first.ask("mine"), second.ask("mine")) == (["no"], ["yes"])
    assert first.ask("release") == ["released"]
    assert second.ask("mine") == ["yes"]
    assert second.ask("release") == ["released"]
    assert second.ask("mine") == ["no"]
    assert isinstance(DraftStore(tmp_path).acquire(PLACE, TASK_ID), Owner)


def test_a_dead_session_is_taken_over_without_a_word(tmp_path, start):
    child = start("holds")
    assert child.hear()[0] == "holds"
    child.process.kill()  # not waited for: a zombie still has its number
    os.waitid(os.P_PID, child.process.pid, os.WEXITED | os.WNOWAIT)
    assert isinstance(DraftStore(tmp_path).acquire(PLACE, TASK_ID), Owner)


def test_of_sessions_that_open_a_task_at_once_one_is_let_in(start):
    children = [start("races") for _ in range(4)]
    assert [child.hear() for child in children] == [["ready"]] * 4
    for _ in range(25):
        for child in children:
            child.tell("go")
        assert sorted(child.hear()[0] for child in children) == ["in", "out", "out", "out"]
        for child in children:
            child.tell("leave")
        assert [child.hear() for child in children] == [["left"]] * 4
