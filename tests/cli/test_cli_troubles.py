"""Everything that can be wrong before or at the service: a sentence or two that say what to do, and the exit code."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from cli_helpers import Ran, Run
from recording_service import TASK_ID, RecordingService, hangs_up, refuses

from sms_tui.cli import COMMANDS

ONLINE = [("list",), ("get", "t-1"), ("diff", "t-1", "-"), ("apply", "t-1", "-", "--yes")]
TUI = [(), ("demo",), ("edit", "t-1")]


def told(ran: Ran, code: int) -> str:
    """The narration of a command that ended with this code and without data: one line, at most three sentences."""
    assert (ran.code, ran.out) == (code, ""), ran
    assert "Traceback" not in ran.err
    assert ran.err.count("\n") == 1
    return ran.err


# Settings


@pytest.mark.parametrize("command", [*ONLINE, (), ("edit", "t-1")])
def test_unconfigured_it_says_how_to_configure_and_offers_the_demo(run: Run, command: tuple[str, ...]) -> None:
    text = told(run(*command, stdin=b"{}"), 2)
    for hint in ("--region", "SMS_TUI_ENDPOINT", "config.toml", "sms-tui demo"):
        assert hint in text


@pytest.mark.parametrize("command", ONLINE)
def test_without_credentials_it_says_where_they_are_looked_for(run: Run, command: tuple[str, ...]) -> None:
    text = told(run(*command, "--region", "cn-north-4", stdin=b"{}"), 2)
    for hint in ("SMS_TUI_TOKEN", "CLOUD_SDK_AK", "CLOUD_SDK_SK", "~/.huaweicloud/credentials"):
        assert hint in text


def test_half_an_access_key_is_told_by_name(run: Run, monkeypatch: pytest.MonkeyPatch, secret: str) -> None:
    monkeypatch.setenv("CLOUD_SDK_AK", secret)
    text = told(run("list", "--region", "cn-north-4"), 2)
    assert "CLOUD_SDK_SK is not; set both" in text


def test_a_damaged_credentials_file_is_named_without_what_is_in_it(run: Run, secret: str) -> None:
    file = Path.home() / ".huaweicloud" / "credentials"
    file.parent.mkdir()
    file.write_text(f"sk {secret}")
    assert str(file) in told(run("list", "--region", "cn-north-4"), 2)


@pytest.mark.parametrize(
    ("option", "hint"),
    [
        (("--endpoint", "http://sms.example"), "https://sms.example"),
        (("--endpoint", "sms.example"), "https://"),
        (("--endpoint", ""), "https://"),
        (("--endpoint", "https://[::1"), "https://HOST"),
        (("--region", "Peking"), "cn-north-4"),
        (("--profile", "lab"), "[profiles.lab]"),
    ],
)
def test_a_service_that_cannot_be_used_is_told_with_how_one_looks(
    run: Run, monkeypatch: pytest.MonkeyPatch, secret: str, option: tuple[str, str], hint: str
) -> None:
    monkeypatch.setenv("SMS_TUI_TOKEN", secret)
    assert hint in told(run("list", *option), 2)


def test_a_password_in_the_endpoint_is_refused_and_not_repeated(run: Run, secret: str) -> None:
    told(run("list", "--endpoint", f"https://me:{secret}@sms.example"), 2)


def test_a_ca_file_that_is_not_there_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, secret: str, tmp_path: Path
) -> None:
    monkeypatch.setenv("SMS_TUI_TOKEN", secret)
    monkeypatch.setenv("SMS_TUI_CA_FILE", str(tmp_path / "none.pem"))
    assert str(tmp_path / "none.pem") in told(run("list", "--region", "cn-north-4"), 2)


# Input


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"[1]", "JSON object"),
        (b"7", "JSON object"),
        (b"", "line 1"),
        (b'{"a": 1', "line 1"),
        (b'{\n"speed_limit": NaN}', "line 2"),
        (b'{"a": 1,\n "a": 2}', "stands twice"),
        (b'{"name": "\xff"}', "not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
    ],
)
@pytest.mark.parametrize("command", [("check",), ("diff", "t-1"), ("apply", "t-1", "--yes")])
def test_an_unreadable_body_is_told_with_the_place(
    run: Run, service: RecordingService, command: tuple[str, ...], content: bytes, says: str
) -> None:
    text = told(run(*command, "-", stdin=content), 2)
    assert text.startswith("Standard input ")
    assert says in text
    assert not service.requests


@pytest.mark.parametrize("command", [("check",), ("diff", "t-1"), ("apply", "t-1"), ("edit", "--file")])
def test_a_file_that_is_not_there_or_is_a_directory_is_named(
    run: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    missing = str(tmp_path / "none.json")
    assert told(run(*command, missing), 2) == f"Cannot read {missing}: No such file or directory.\n"
    assert told(run(*command, str(tmp_path)), 2) == f"Cannot read {tmp_path}: Is a directory.\n"


@pytest.mark.parametrize("task_id", ["", "a/b", "..", "a\x1bb"])
def test_an_id_that_cannot_be_one_is_wrong_usage(run: Run, service: RecordingService, task_id: str) -> None:
    assert "nothing was sent" in told(run("get", task_id), 2)
    assert not service.requests


# The service and the line


@pytest.mark.parametrize("command", ONLINE)
def test_refused_credentials_are_told_without_them(
    run: Run, service: RecordingService, secret: str, command: tuple[str, ...]
) -> None:
    service.will("GET", refuses(401, "APIGW.0301", f"Incorrect IAM authentication information: {secret}"))
    text = told(run(*command, stdin=b"{}"), 3)
    assert text.startswith("The service refused the credentials")
    assert "Get a new token" in text


@pytest.mark.parametrize(
    ("command", "permission"),
    [
        (("list",), "sms:server:listTask"),
        (("get", "t-1"), "sms:server:getTask"),
        (("diff", "t-1", "-"), "sms:server:getTask"),
    ],
)
def test_a_missing_permission_is_named(
    run: Run, service: RecordingService, command: tuple[str, ...], permission: str
) -> None:
    service.will("GET", refuses(403, "SMS.9004", "no permission"))
    assert f"Ask for the permission {permission}." in told(run(*command, stdin=b"{}"), 3)


def test_a_missing_permission_to_update_is_named(run: Run, service: RecordingService) -> None:
    service.will("PUT", refuses(403, "SMS.9004", "no permission"))
    ran = run("apply", TASK_ID, "-", "--yes", stdin=b'{"speed_limit": 5}')
    assert (ran.code, ran.out) == (3, "")
    assert "Ask for the permission sms:server:updateTask." in ran.err


@pytest.mark.parametrize("command", ONLINE[1:])
def test_an_unknown_id_is_an_error_of_the_service(
    run: Run, service: RecordingService, command: tuple[str, ...]
) -> None:
    service.will("GET", refuses(400, "SMS.7703", "The task does not exist."))
    assert told(run(*command, stdin=b"{}"), 3).startswith("The service has no such task")


@pytest.mark.parametrize("command", ONLINE)
def test_without_a_line_it_says_that_nothing_was_changed(
    run: Run, monkeypatch: pytest.MonkeyPatch, secret: str, deaf_url: str, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("SMS_TUI_TOKEN", secret)
    text = told(run("--endpoint", deaf_url, *command, stdin=b"{}"), 3)
    assert text.startswith("The service cannot be reached: 127.0.0.1 refuses connections.")
    assert "Nothing was changed" in text


def test_a_line_that_breaks_every_time_is_given_up(run: Run, service: RecordingService) -> None:
    service.will("GET", hangs_up, hangs_up, hangs_up)
    told(run("get", TASK_ID), 3)
    assert len(service.requests) == 3


def test_a_line_that_breaks_once_is_not_noticed(run: Run, service: RecordingService) -> None:
    service.will("GET", hangs_up)
    assert run("get", TASK_ID).code == 0


def test_a_list_that_fails_halfway_prints_nothing(run: Run, service: RecordingService) -> None:
    def first_page(service: RecordingService, request: object, reply: Callable[..., None]) -> None:
        reply(200, b'{"count": 2, "tasks": [{"id": "t-1"}]}')

    service.will("GET", first_page, refuses(400, "SMS.0001", "bad offset"))
    assert "bad offset" in told(run("list"), 3)


def test_a_reply_that_is_no_task_is_a_failure_of_the_service(run: Run, service: RecordingService) -> None:
    service.task = b"<html>It works</html>"
    assert told(run("get", TASK_ID), 3).startswith("The service failed: its reply is not JSON")


# Usage


@pytest.mark.parametrize(
    "arguments",
    [
        ("bogus",),
        ("get",),
        ("list", "--bogus"),
        ("list", "--prof", "x"),
        ("list", "--region", "cn-north-4", "--endpoint", "https://a.example"),
        ("schema", "more"),
        ("edit",),
        ("edit", "t-1", "--file", "a.json"),
        ("simulate", "--port", "http"),
        ("--theme",),
        ("--endpoint", "https://a.example", "check", "a.json"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_wrong_in_a_line(run: Run, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("usage: sms-tui")
    assert re.fullmatch(r"sms-tui( \w+)?: error: .+", ran.err.splitlines()[-1])


@pytest.mark.parametrize("arguments", [("--help",), *((command, "--help") for command in COMMANDS)])
def test_help_is_data_that_fits_80_columns(run: Run, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= 80


def test_the_first_help_names_every_command_and_the_exit_codes(run: Run) -> None:
    text = run("--help").out
    for command in COMMANDS:
        assert re.search(rf"^    {command} +\w", text, re.MULTILINE), command
    for code in ("0 done", "1 the answer is no", "2 wrong usage", "3 the service", "130 interrupted"):
        assert code in text


@pytest.mark.parametrize("command", [(), ("edit",), ("list",), ("get",), ("diff",), ("apply",)])
def test_the_help_of_whatever_speaks_to_the_service_names_the_variables(run: Run, command: tuple[str, ...]) -> None:
    text = run(*command, "--help").out
    for name in ("SMS_TUI_TOKEN", "CLOUD_SDK_AK", "CLOUD_SDK_SK", "SMS_TUI_ENDPOINT", "config.toml"):
        assert name in text


@pytest.mark.parametrize("option", ["--endpoint", "--region", "--profile"])
def test_options_before_the_command_are_those_after_it(
    run: Run, monkeypatch: pytest.MonkeyPatch, environment: Path, option: str
) -> None:
    (environment / "config.toml").write_text('[profiles.get]\nregion = "cn-north-4"')
    value = {"--endpoint": "https://get.example", "--region": "cn-north-4", "--profile": "get"}[option]
    before, joined, after = run(option, value, "list"), run(f"{option}={value}", "list"), run("list", option, value)
    assert before == joined == after
    assert told(after, 2).startswith("No credentials found")


def test_a_command_may_be_the_value_of_an_option(run: Run) -> None:
    assert told(run("--profile", "schema"), 2).startswith("There is no profile schema")
    assert "needs a terminal" in told(run("--theme", "schema", "demo"), 2)


# No terminal


@pytest.mark.parametrize("command", TUI)
def test_without_a_terminal_the_editor_names_the_commands_for_scripts(
    run: Run, service: RecordingService, command: tuple[str, ...]
) -> None:
    text = told(run(*command), 2)
    assert "needs a terminal" in text
    assert not service.requests


def test_without_a_terminal_a_file_is_not_edited(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "task.json"
    file.write_text("{}")
    assert "needs a terminal" in told(run("edit", "--file", str(file)), 2)
