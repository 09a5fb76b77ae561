"""No secret in anything the program writes, and nothing from the service that a terminal would obey."""

from __future__ import annotations

import json
import re
import secrets
import signal
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from headless import runner
from recording import LIST, RecordingService, Request
from sample_tasks import Task, reference_task
from stories import agree, go_to, review, submit
from terminal import CTRL_A, CTRL_Q, CTRL_S, ENTER, ESCAPE, F1, F8, UP, Terminal

# Secrets

CTRL_E = "\x05"

PIECE = 12
"""Characters of a secret that must not stand together anywhere: a wrapped or cut one is a secret too."""
OK, RESET = 200, 0
"""RESET stands in place of a status: the update is taken, then the connection is cut."""

BREAKING = """
import sys
import httpx

async def send(self, request, **options):
    flow = self.auth.async_auth_flow(request)
    signed = await flow.__anext__()
    proof = str(dict(signed.headers))
    if request.method == sys.argv[1]:
        raise RuntimeError("broken on purpose")
    return await kept(self, request, **options)

kept, httpx.AsyncClient.send = httpx.AsyncClient.send, send
from sms_tui.cli import main
sys.exit(main(sys.argv[2:]))
"""
"""The program, which breaks with a signed request in a local variable; the first word is the method to break at."""


class EchoingService(RecordingService):
    """Repeats the proofs of whoever asks wherever it can: in errors, in request ids, in the reply to an update."""

    def __init__(self) -> None:
        super().__init__()
        self.statuses: dict[str, int] = {}
        """How to answer an update, by task."""
        self.proofs: set[str] = set()

    def take(self, handler: Any, request: Request) -> None:
        proofs = [request.headers.get(name, "") for name in ("x-auth-token", "authorization", "x-security-token")]
        self.proofs.update([proofs[0], proofs[2], *re.findall("(?:Access|Signature)=([^,]+)", proofs[1])])
        task_id = request.path.removeprefix(f"{LIST}/")
        status = self.statuses.get(task_id)
        if request.method != "PUT" or status is None:
            super().take(handler, request)
            return
        self.requests.append(request)
        if status in (OK, RESET):
            self.held(task_id).update(json.loads(request.body))
        if status == RESET:
            handler.reset()
            return
        told = " ".join(proofs).strip()
        error = {} if status == OK else {"error_code": "APIGW.0301", "error_msg": f"Incorrect proof: {told}"}
        content = json.dumps(error | {"request_id": told, "echo": [told, {told: told}]}).encode()
        handler.send_response(status)
        handler.send_header("X-Request-Id", told)
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)


@pytest.fixture(scope="module")
def service() -> Iterator[EchoingService]:
    with EchoingService() as running:
        yield running


def marked() -> str:
    return secrets.token_hex(24)


NAMES = (
    *("CLOUD_SDK_AK", "CLOUD_SDK_SK", "HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_SECURITY_TOKEN"),
    *("HW_ACCESS_KEY", "HW_SECRET_KEY", "HW_SECURITY_TOKEN", "HW_AUTH_TOKEN", "SMS_TUI_TOKEN"),
)
"""The variables that hold secrets."""


@pytest.fixture
def planted(environment, tmp_path) -> dict[str, str]:
    """Secrets in the environment and in the credentials file, by their names."""
    variables = {name: marked() for name in NAMES}
    environment.update(variables)
    in_file = {name: marked() for name in ("ak", "sk", "security_token")}
    file = tmp_path / "home" / ".huaweicloud" / "credentials"
    file.parent.mkdir()
    file.write_text("[basic]\n" + "".join(f"{name} = {value}\n" for name, value in in_file.items()))
    return variables | in_file


@pytest.fixture
def nothing_leaked(planted, service, terminals, tmp_path):
    """Looks through all that was written: on the terminals, into files, and what a test hands over besides."""

    def looked(*written: bytes, files: int) -> None:
        own = tmp_path / "home" / ".huaweicloud"
        kept = [path for path in (tmp_path / "home").rglob("*") if path.is_file() and own not in path.parents]
        assert len(kept) >= files
        everything = [*written, *(bytes(terminal.raw) for terminal in terminals), *(path.read_bytes() for path in kept)]
        everything += [str(path).encode() for path in kept] + [terminal.text.encode() for terminal in terminals]
        for secret in {*planted.values(), *service.proofs} - {""}:
            pieces = [secret[at : at + PIECE].encode() for at in range(len(secret) - PIECE + 1)]
            assert not [text for text in everything if any(piece in text for piece in pieces)]

    return looked


WAYS = {
    "token": (),
    "access key": ("SMS_TUI_TOKEN", "HW_AUTH_TOKEN", "CLOUD_SDK_AK", "CLOUD_SDK_SK"),
    "credentials file": NAMES,
}
"""The ways to find credentials, with the variables that are blank then."""


@pytest.fixture(params=WAYS)
def way(request, planted) -> dict[str, str]:
    """One way after the other; the variables that lead to it."""
    return dict.fromkeys(WAYS[request.param], "")


def test_no_command_writes_a_secret_whatever_the_service_repeats(
    way, environment, libraries, service, nothing_leaked, tmp_path
):
    run = runner(environment | way | {"SMS_TUI_ENDPOINT": service.url}, warm=libraries)
    task_id = service.add(reference_task(speed_limit=0))
    ran = [run("list"), run("get", task_id)]
    for limit, (status, code) in enumerate(((401, 3), (403, 3), (500, 3), (OK, 0), (RESET, 0))):
        body = tmp_path / "body.json"
        body.write_text(json.dumps({"speed_limit": 50 + limit}))
        service.statuses[task_id] = status
        ran.append(run("apply", task_id, str(body), "--yes"))
        assert ran[-1].code == code
    assert b"Incorrect proof: " in ran[2].err
    listed = run("receipts", "list")
    keys = [line.split()[0] for line in listed.out.decode().splitlines()]
    ran += [listed, *(run("receipts", "show", key) for key in keys)]
    assert [one.json["status"] for one in ran[-5:]] == [None, 200, 500, 403, 401]
    nothing_leaked(*(text for one in ran for text in (one.out, one.err)), files=5)


@pytest.mark.parametrize("way", ["token", "access key"], indirect=True)
def test_refused_credentials_are_asked_for_in_place_and_neither_old_nor_new_ones_are_shown(
    way, start, service, planted, nothing_leaked, tmp_path
):
    planted["the new token"] = marked()
    (tmp_path / "home" / ".huaweicloud" / "token").write_text(planted["the new token"])
    task_id = service.add(reference_task(speed_limit=0))
    service.statuses[task_id] = 401
    terminal = start("edit", task_id, "--endpoint", service.url, warm=True, **way)
    terminal.await_text("/ Find")
    terminal.send(go_to("speed_limit"), "50", ENTER)
    review(terminal)
    agree(terminal)
    terminal.await_text(" Credentials ", "Incorrect proof: ", "Your edits are kept.")
    terminal.send(CTRL_A, "~/.huaweicloud/token", ENTER)
    terminal.await_text("Credentials were read.", "1 change")
    service.statuses[task_id] = OK
    agree(terminal)
    terminal.await_text(" Saved ", "kept")
    assert planted["the new token"] in service.proofs
    terminal.send(ENTER, CTRL_Q)
    assert terminal.exit_code() == 0
    nothing_leaked(files=2)


@pytest.mark.parametrize("way", ["token", "access key"], indirect=True)
def test_a_crash_with_a_signed_request_in_hand_shows_no_secret_and_keeps_the_edit(
    way, environment, service, terminals, nothing_leaked
):
    surroundings = environment | way
    task_id = service.add(reference_task(speed_limit=0))
    program = [sys.executable, "-c", BREAKING]
    terminal = Terminal([*program, "PUT", "edit", task_id, "--endpoint", service.url], surroundings, lines=60)
    terminals.append(terminal)
    terminal.await_text("/ Find")
    terminal.send(go_to("speed_limit"), "50", ENTER)
    review(terminal)
    agree(terminal)
    assert terminal.exit_code() == 1
    assert terminal.restored
    assert terminal.sees("RuntimeError: broken on purpose")
    assert runner(environment)("drafts", "export", task_id).json == {"speed_limit": 50}
    ran = runner(surroundings, [*program, "GET"])("get", task_id, "--endpoint", service.url)
    assert ran.code == 1
    assert b"RuntimeError: broken on purpose" in ran.err
    nothing_leaked(ran.out, ran.err, files=1)


# Text that would be obeyed

OBEYED = ("\x1b]0;owned\x07", "\x1b[31;77m", "\x9b5m", "\x90q\x9c", "E\r", "E\b", "\x7f")
MISLEADING = ("\u202e", "\u2066", "\u061c", "\u200b", "\u2060", "\ufeff", "\xad", "\U000e0041")
HOSTILE = "".join(["[red]x[/][/][@click=app.quit]y[/]", *OBEYED, *MISLEADING])
SHOWN = "[red]x[/][/][@click=app.quit]y[/]\\u001b]0;owned\\u0007"
"""How all that begins where it is painted as it should be."""
SIGN = "\ufffd"
"""What stands in the input for a character that would be obeyed."""


def hostile_task() -> Task:
    """A task whose names, traces, keys and values all try to steer the terminal."""
    task = reference_task(name=HOSTILE, speed_limit=0, error_json=HOSTILE, vm_template_id=HOSTILE)
    task["sub_tasks"][0].update(name=HOSTILE, process_trace=HOSTILE)
    task["source_server"].update(name=HOSTILE, os_version=HOSTILE)
    task["target_server"].update(name=HOSTILE, ip=HOSTILE)
    disk = task["target_server"]["disks"][0]
    disk.update(name=HOSTILE, device_use=HOSTILE)
    disk["physical_volumes"][0].update(name=HOSTILE, file_system=HOSTILE)
    return task | {HOSTILE: {HOSTILE: HOSTILE}}


def assert_inert(written: bytes) -> None:
    assert [text for text in (*OBEYED, *MISLEADING) if text.encode() in written] == []


def test_on_the_screen_nothing_that_the_service_says_is_obeyed(start, service):
    task_id = service.add(hostile_task())
    terminal = start("--endpoint", service.url, columns=200, warm=True)

    def seen(keys: str, *texts: str) -> None:
        terminal.send(keys)
        terminal.await_text(*texts)

    seen("", "tasks", SHOWN[:20])
    seen(task_id[:8] + ENTER, "Service-owned", SHOWN)
    seen("/name", "Go there", SHOWN)
    seen(ENTER, "alt+u", f"q{SIGN}E{SIGN}E{SIGN * 10}")
    seen(ESCAPE + go_to("process_trace"), "sub_tasks ›", SHOWN)
    seen(F1, " Help ")
    seen(ESCAPE + F8, "1 of ")
    seen(go_to("error_json"), "kept by the service", SHOWN)
    seen(CTRL_E, " JSON ", "[red]x[/]")
    seen(ESCAPE + go_to("target_server.disks[0].device_use"), "OS · BOOT")
    seen(ENTER + UP + ENTER, "Enter chooses", f"│  {SHOWN}")
    seen(ESCAPE + go_to("speed_limit") + "50" + ENTER + go_to("vm_template_id") + "mine" + ENTER, "2 changes")
    service.held(task_id).update(vm_template_id=f"theirs{HOSTILE}", name=f"new{HOSTILE}")
    seen(CTRL_S, "Conflict", f"theirs{SHOWN}")
    seen("m" + CTRL_S, "Meanwhile somebody else", f"new{SHOWN}", "y Submit")
    service.refuse("PUT", task_id, 400, {"error_code": f"SMS.{HOSTILE}", "error_msg": HOSTILE, "request_id": HOSTILE})
    seen("y", "Not saved.", "[red]x[/][/][@click=app.quit]y[/]")
    service.behave("PUT", task_id)
    seen(ENTER, "2 changes", "/ Find")
    submit(terminal)
    assert_inert(terminal.raw)


def test_no_command_says_anything_that_a_terminal_obeys(environment, libraries, start, service, tmp_path):
    run = runner(environment | {"SMS_TUI_ENDPOINT": service.url}, warm=libraries)
    task_id = service.add(hostile_task())
    body = tmp_path / "body.json"
    body.write_text(json.dumps({"vm_template_id": f"mine{HOSTILE}", HOSTILE: 1}))
    terminal = start("edit", task_id, "--endpoint", service.url, warm=True)
    terminal.await_text("/ Find")
    terminal.send(go_to("speed_limit"), "50", ENTER)
    terminal.await_text("1 change")
    terminal.signal(signal.SIGTERM)
    assert terminal.exit_code() == 128 + signal.SIGTERM
    ran = [
        *(run("list"), run("get", task_id), run("show", task_id), run("diff", task_id, str(body))),
        *(run("check", str(body)), run("apply", task_id, str(body), "--yes"), run("receipts", "list")),
        *(run("drafts", "list"), run("drafts", "list", "--json"), run("drafts", "export", task_id, "--whole")),
    ]
    for one in ran:
        assert b"[red]x[/][/][@click=app.quit]y[/]\\u001b]0;owned\\u0007" in one.out + one.err
        assert_inert(one.out + one.err)
    assert ran[1].json == service.held(task_id) | {"vm_template_id": HOSTILE}
