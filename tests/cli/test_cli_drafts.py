"""Drafts on the command line: what is there, what it changes, out of the way, and out as JSON."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_helpers import Run
from test_cli_startup import SCREEN, SERVER, WIRE, loaded

from sms_tui.cli.settings import state_directory
from sms_tui.document.body import Body
from sms_tui.document.document import Document
from sms_tui.document.edits import RemoveValue, SetValue
from sms_tui.session.drafts.store import DraftStore
from sms_tui.session.drafts.subject import FILE, Subject

PLACE = "https://sms.example"
TASK: Body = {
    "id": "ef3b9722-07bd",
    "name": "搬家\x1b[31m",
    "speed_limit": 0,
    "project_id": "p",
    "target_server": {"disks": [{"id": 1, "name": "Disk 1", "size": 10**20}]},
}
SIZE = ("target_server", "disks", 0, "size")


def drafted(task_id: str = "ef3b9722-07bd", place: str = PLACE, when: float = 1_764_000_000.0) -> str:
    """A draft of three edits, one of them taken back; its key."""
    store = DraftStore(state_directory(), now=lambda: when)
    document = Document(TASK, task_id)
    journal = store.journal(document, place, task_id, owner=None)
    document.apply("set speed_limit", SetValue(("speed_limit",), 50))
    document.apply("set size", SetValue(SIZE, 2**63 - 1))
    document.apply("rename", SetValue(("name",), "other"))
    document.undo()
    assert journal.close(20)
    return Subject(place, task_id).key


def journal_of(key: str) -> Path:
    return state_directory() / "drafts" / f"{key}.journal"


def test_the_state_directory_is_where_xdg_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert state_directory() == Path.home() / ".local" / "state" / "sms-tui"
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert state_directory() == tmp_path / "sms-tui"


def test_without_drafts_the_list_says_so(run: Run) -> None:
    ran = run("drafts", "list")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "There are no drafts: everything that was edited was submitted or discarded.\n"
    assert run("drafts", "list", "--json").json == []
    assert not state_directory().exists()


def test_the_list_has_a_line_for_each_draft_the_last_changed_first(run: Run) -> None:
    first, second = drafted(), drafted("/tasks/web.json", FILE, 1_764_000_060.9)
    ran = run("drafts", "list")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        f"{second}  2025-11-24 16:01:00 UTC  file  /tasks/web.json 搬家\\u001b[31m  2 edits  "
        "target_server › disks › Disk 1 › size",
        f"{first}  2025-11-24 16:00:00 UTC  https://sms.example  ef3b9722-07bd 搬家\\u001b[31m  2 edits  "
        "target_server › disks › Disk 1 › size",
    ]


def test_the_list_as_json_holds_what_the_lines_do(run: Run) -> None:
    key = drafted()
    assert run("drafts", "list", "--json").json == [
        {
            "key": key,
            "place": PLACE,
            "task_id": "ef3b9722-07bd",
            "name": TASK["name"],
            "edits": 2,
            "where": "target_server › disks › Disk 1 › size",
            "changed": 1_764_000_000_000,
            "trouble": "",
            "usable": True,
            "texts": [],
        }
    ]


def test_show_prints_the_changes_as_diff_does(run: Run) -> None:
    ran = run("drafts", "show", drafted())
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "speed_limit: 0 -> 50\n"
        "target_server.disks[0].size: 100000000000000000000 -> 9223372036854775807\n"
    )  # fmt: skip


def test_export_prints_the_body_that_would_be_sent_or_the_whole_task(run: Run) -> None:
    key = drafted()
    server = {"disks": [{"id": 1, "name": "Disk 1", "size": 2**63 - 1}]}
    ran = run("drafts", "export", key)
    assert (ran.code, ran.err) == (0, "")
    assert ran.json == {"speed_limit": 50, "target_server": server}
    assert run("drafts", "export", key, "--whole").json == {**TASK, "speed_limit": 50, "target_server": server}


def test_export_names_what_the_body_cannot_hold(run: Run) -> None:
    store = DraftStore(state_directory())
    document = Document(TASK, "t")
    journal = store.journal(document, PLACE, "t", owner=None)
    document.apply("leave out", RemoveValue(("speed_limit",)))
    assert journal.close(20)
    ran = run("drafts", "export", "t")
    assert (ran.code, ran.json) == (0, {})
    assert ran.err == "speed_limit: not in the body, the reference lists no such key of a task or it was left out\n"


def test_a_discarded_draft_is_gone_and_its_place_in_the_trash_is_said(run: Run) -> None:
    key = drafted()
    content = journal_of(key).read_bytes()
    ran = run("drafts", "discard", key)
    assert (ran.code, ran.err) == (0, "")
    said, _, path = ran.out.rstrip("\n").rpartition(": ")
    assert said == f"The draft {key} is in the trash for 30 days"
    assert Path(path).read_bytes() == content
    assert run("drafts", "list").out == ""


@pytest.mark.parametrize("wanted", ["ef3b", "ef3b9722-07bd"], ids=["beginning", "task-id"])
def test_a_draft_is_known_by_the_beginning_of_its_key_and_by_its_task(run: Run, wanted: str) -> None:
    drafted("/tasks/web.json", FILE)
    drafted()
    assert run("drafts", "show", wanted).out.startswith("speed_limit")
    assert run("drafts", "show", "/tasks/web.json").code == 0


def test_a_draft_that_is_not_there_or_not_the_only_one_is_wrong_usage(run: Run) -> None:
    for action in ("show", "export", "discard"):
        ran = run("drafts", action, "nothing")
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == "There is no draft nothing; sms-tui drafts list names them.\n"
    first, second = drafted(), drafted(place="https://other.example")
    ran = run("drafts", "discard", "ef3b9722")
    assert (ran.code, ran.err) == (2, "2 drafts are meant by ef3b9722; sms-tui drafts list names them.\n")
    assert journal_of(first).exists()
    assert journal_of(second).exists()
    assert run("drafts", "discard", first).code == 0


def test_a_damaged_draft_is_listed_with_what_is_wrong_and_shows_what_is_left(run: Run) -> None:
    key = drafted()
    path = journal_of(key)
    rows = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(rows[:4]) + rows[4][:-10])
    trouble = "Its last line (5) was cut off; what stands before that is kept."
    assert run("drafts", "list").out.rstrip("\n").endswith(f"1 edit  speed_limit  {trouble}")
    ran = run("drafts", "show", key)
    assert (ran.code, ran.out) == (0, "speed_limit: 0 -> 50\n")
    assert ran.err == f"The draft {key} is not whole. {trouble}\n"


def test_a_draft_of_which_nothing_is_left_is_explained_and_can_be_discarded(run: Run) -> None:
    key = drafted()
    journal_of(key).write_bytes(b"\x00" * 100)
    ran = run("drafts", "list")
    assert ran.code == 0
    assert ran.out.startswith(f"{key}  20")
    assert ran.out.endswith("It is damaged and cannot be used: its first line is not that of a draft.\n")
    for action in ("show", "export"):
        ran = run("drafts", action, key)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith(f"The draft {key} cannot be used. It is damaged")
    assert run("drafts", "discard", key).code == 0


def test_a_directory_that_was_open_to_others_is_closed_with_a_word(run: Run) -> None:
    drafted()
    drafts = state_directory() / "drafts"
    drafts.chmod(0o755)
    ran = run("drafts", "list")
    assert ran.code == 0
    assert ran.err == f"{drafts} was open to other users (mode 0755); it is closed now (0700).\n"


def test_drafts_load_no_screen_no_wire_and_no_server() -> None:
    drafted()
    assert not loaded("drafts", "show", "ef3b") & (SCREEN | SERVER | WIRE | {"sqlite3"})


def test_a_draft_of_a_service_without_credentials_is_not_resumed_and_stays(run: Run) -> None:
    key = drafted()
    ran = run("drafts", "resume", key)
    assert ran.code == 2
    assert "No credentials found" in ran.err
    assert journal_of(key).exists()


def test_resuming_needs_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMS_TUI_TOKEN", "made-up")
    key = drafted()
    ran = run("drafts", "resume", key)
    assert ran.code == 2
    assert "needs a terminal" in ran.err


def test_json_text_that_was_not_taken_in_is_listed_shown_and_left_out_of_the_body(run: Run) -> None:
    store = DraftStore(state_directory(), now=lambda: 1_764_000_000.0)
    document = Document(TASK, "t-1")
    journal = store.journal(document, PLACE, "t-1", owner=None)
    journal.typed(("target_server", "disks", 0), '{\n  "size": 1,,\n}', document.value(("target_server", "disks", 0)))
    assert journal.close(20)
    assert "0 edits  JSON text of target_server › disks › Disk 1 not taken in" in run("drafts", "list").out
    shown = run("drafts", "show", "t-1")
    assert shown.out == 'JSON text of target_server › disks › Disk 1, not taken in:\n    {\n      "size": 1,,\n    }\n'
    exported = run("drafts", "export", "t-1")
    assert exported.json == {}
    assert "was not taken in and is in no body" in exported.err
