"""receipts and undo: what a submit sent and got is kept, and can be taken back."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest
from cli_helpers import Run
from recording_service import TASK, TASK_ID, RecordingService, ignores, refuses


def body(**keys: object) -> bytes:
    return json.dumps(keys).encode()


def _receipts() -> Path:
    return Path(os.environ["HOME"], ".local", "state", "sms-tui", "receipts")


@pytest.fixture
def submitted(run: Run, service: RecordingService) -> str:
    """The name of the receipt of a submit that set speed_limit from 0 to 50."""
    assert run("apply", TASK_ID, "-", "--yes", stdin=body(speed_limit=50)).code == 0
    (receipt,) = _receipts().iterdir()
    return receipt.stem


def test_a_submit_leaves_a_receipt_that_only_its_owner_can_read(submitted: str) -> None:
    assert stat.S_IMODE(_receipts().stat().st_mode) == 0o700
    assert stat.S_IMODE((_receipts() / f"{submitted}.json").stat().st_mode) == 0o600


def test_a_receipt_tells_what_was_sent_and_what_came_back(
    run: Run, service: RecordingService, submitted: str, secret: str
) -> None:
    shown = run("receipts", "show", submitted).json
    assert shown["place"] == service.url
    assert (shown["task_id"], shown["name"], shown["outcome"]) == (TASK_ID, "迁移任务", "saved")
    assert (shown["before"], shown["body"], shown["after"]) == (
        {"speed_limit": 0},
        {"speed_limit": 50},
        {"speed_limit": 50},
    )
    assert (shown["status"], shown["reply"], shown["effects"]) == (200, {"id": "t-1"}, {"speed_limit": "kept"})
    assert secret not in (_receipts() / f"{submitted}.json").read_text()


def test_receipts_are_listed_the_latest_first(run: Run, submitted: str) -> None:
    run("apply", TASK_ID, "-", "--yes", stdin=body(name="other"))
    lines = run("receipts", "list").out.splitlines()
    assert [line.split()[-1] for line in lines] == ["name", "speed_limit"]


def test_a_refused_submit_leaves_a_receipt_too(run: Run, service: RecordingService) -> None:
    service.will("PUT", refuses(400, "SMS.6103", "Missing diskId in disk node!"))
    assert run("apply", TASK_ID, "-", "--yes", stdin=body(speed_limit=50)).code == 3
    (line,) = run("receipts", "list").out.splitlines()
    assert "rejected" in line


def test_an_ignored_field_stands_in_the_receipt(run: Run, service: RecordingService) -> None:
    service.will("PUT", ignores)
    assert run("apply", TASK_ID, "-", "--yes", stdin=body(speed_limit=50)).code == 1
    (name,) = (path.stem for path in _receipts().iterdir())
    assert run("receipts", "show", name).json["effects"] == {"speed_limit": "ignored"}


def test_undo_sends_the_reverse_and_leaves_a_receipt_of_its_own(
    run: Run, service: RecordingService, submitted: str
) -> None:
    ran = run("undo", submitted, "--yes")
    assert (ran.code, service.sent[-1]) == (0, b'{"speed_limit":0}')
    assert "speed_limit: 50 -> 0" in ran.err
    assert len(list(_receipts().iterdir())) == 2


def test_undo_without_yes_and_without_a_terminal_sends_nothing(
    run: Run, service: RecordingService, submitted: str
) -> None:
    assert run("undo", submitted).code == 2
    assert len(service.sent) == 1


def test_undo_keeps_what_changed_since_in_the_same_object(run: Run, service: RecordingService) -> None:
    server = json.loads(TASK)["target_server"]
    run("apply", TASK_ID, "-", "--yes", stdin=body(target_server={**server, "name": "mine"}))
    (name,) = (path.stem for path in _receipts().iterdir())
    now = json.loads(service.task)
    now["target_server"]["system_dir"] = "/new"
    service.task = json.dumps(now).encode()
    assert run("undo", name, "--yes").code == 0
    assert json.loads(service.sent[-1])["target_server"] == {**server, "system_dir": "/new"}


def test_undo_of_what_somebody_changed_again_is_a_conflict(run: Run, service: RecordingService, submitted: str) -> None:
    service.task = service.task.replace(b'"speed_limit": 50', b'"speed_limit": 70')
    ran = run("undo", submitted, "--yes")
    assert (ran.code, len(service.sent)) == (4, 1)
    assert ran.out == "speed_limit: conflict: was 50, is 70 now, wanted 0\n"


def test_undo_tells_what_it_cannot_take_back_a_key_that_was_not_there_before(
    run: Run, service: RecordingService
) -> None:
    run("apply", TASK_ID, "-", "--yes", stdin=body(float_ip="203.0.113.10"))
    (name,) = (path.stem for path in _receipts().iterdir())
    ran = run("undo", name, "--yes")
    assert (ran.code, len(service.sent)) == (0, 1)
    assert "float_ip: stays, for an update cannot take a key away" in ran.err


def test_undo_of_what_is_undone_already_is_nothing_to_send(run: Run, service: RecordingService, submitted: str) -> None:
    run("undo", submitted, "--yes")
    ran = run("undo", submitted, "--yes")
    assert (ran.code, len(service.sent)) == (0, 2)
    assert "Nothing to send." in ran.err


def test_a_receipt_of_another_service_is_not_undone_here(
    run: Run, service: RecordingService, submitted: str, deaf_url: str
) -> None:
    ran = run("undo", submitted, "--yes", "--endpoint", deaf_url)
    assert (ran.code, len(service.sent)) == (2, 1)
    assert service.url in ran.err


@pytest.mark.parametrize("configured", [False, True])
def test_undo_goes_where_the_receipt_is_of_and_says_so(
    run: Run,
    service: RecordingService,
    submitted: str,
    deaf_url: str,
    monkeypatch: pytest.MonkeyPatch,
    configured: bool,
) -> None:
    monkeypatch.setenv("SMS_TUI_ENDPOINT", deaf_url) if configured else monkeypatch.delenv("SMS_TUI_ENDPOINT")
    ran = run("undo", submitted, "--yes")
    assert (ran.code, service.sent[-1]) == (0, b'{"speed_limit":0}')
    assert f"The receipt is of {service.url}, so that is where it is taken back." in ran.err


def test_a_receipt_is_not_followed_where_credentials_would_travel_in_clear(run: Run, submitted: str) -> None:
    file = _receipts() / f"{submitted}.json"
    file.write_text(json.dumps({**json.loads(file.read_bytes()), "place": "http://sms.example"}))
    ran = run("undo", submitted, "--yes")
    assert (ran.code, ran.out) == (2, "")
    assert "http://sms.example would send the credentials in clear" in ran.err


@pytest.mark.parametrize("action", [("receipts", "show", "nope"), ("undo", "nope")])
def test_a_receipt_that_is_not_there_is_wrong_usage(run: Run, action: tuple[str, ...]) -> None:
    ran = run(*action)
    assert ran.code == 2
    assert "There is no receipt nope; sms-tui receipts list names them." in ran.err


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"format": 99}', b'{"format": 1, "when": "x"}', b"\xff"])
def test_a_damaged_receipt_is_explained(run: Run, submitted: str, content: bytes) -> None:
    (_receipts() / f"{submitted}.json").write_bytes(content)
    ran = run("receipts", "show", submitted)
    assert ran.code == 2
    assert submitted in ran.err
    assert run("receipts", "list").code == 0


@pytest.mark.parametrize(
    ("command", "actions"), [("receipts", "{list,show}"), ("drafts", "{list,show,resume,discard,export}")]
)
def test_a_missing_action_is_told_with_those_there_are(run: Run, command: str, actions: str) -> None:
    ran = run(command)
    assert ran.code == 2
    assert ran.err.endswith(f"error: the following arguments are required: {actions}\n")
    told = run(command, "--help").out
    assert all(f"    {action} " in told for action in actions.strip("{}").split(","))


def test_no_receipts_are_told_so(run: Run) -> None:
    ran = run("receipts", "list")
    assert (ran.code, ran.out) == (0, "")
    assert "There are no receipts" in ran.err


def test_a_receipt_that_cannot_be_written_is_told_and_the_submit_stands(run: Run, service: RecordingService) -> None:
    _receipts().parent.mkdir(parents=True)
    _receipts().write_text("in the way")
    ran = run("apply", TASK_ID, "-", "--yes", stdin=body(speed_limit=50))
    assert (ran.code, ran.out) == (0, "speed_limit: kept\n")
    assert "No receipt could be written" in ran.err
