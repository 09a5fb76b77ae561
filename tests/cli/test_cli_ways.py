"""`diff --as`: the change as other tools send it, run by them or by what reads their arguments as they do."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from cli_helpers import Run
from hypothesis import given
from hypothesis import strategies as st
from recording_service import TASK_ID, RecordingService

from sms_tui.exactjson import Json, loads, same
from sms_tui.session.ways import WAYS, Update, curl, koocli, python

BODY = '{"name":"it\'s \\"$HOME\\" `id` \\\\ 迁移","speed_limit":0.0,"project_id":null,"x":1}'
SENT = {key: value for key, value in json.loads(BODY).items() if key != "x"}

_CURL = f"""\
#!{sys.executable}
import sys, urllib.request
words = sys.argv[1:]
assert words[:2] == ["--request", "PUT"], words
assert [words[2], words[4]] == ["--header", "--header"] and words[6:8] == ["--data-binary", "@-"], words
(url,) = words[8:]
assert words[3] == "X-Auth-Token: a-token", words
headers = dict(word.split(": ", 1) for word in (words[3], words[5]))
request = urllib.request.Request(url, sys.stdin.buffer.read(), headers, method="PUT")
urllib.request.build_opener(urllib.request.ProxyHandler({{}})).open(request).read()
"""
"""What curl does with these words, for machines that have none."""

texts = st.text(st.sampled_from("a'\"\\$`\n\t!#SMS_TUI_BODY迁{}% "), max_size=30)
bodies = st.dictionaries(texts, texts | st.none() | st.integers() | st.floats(0, 9), max_size=4)


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A directory to begin PATH with, in which there is a curl."""
    tool = tmp_path / "tools" / "curl"
    tool.parent.mkdir()
    tool.write_text(_CURL)
    tool.chmod(0o700)
    return tool.parent


def test_the_curl_command_sends_what_sms_tui_would_send(
    run: Run, service: RecordingService, tools: Path, tmp_path: Path
) -> None:
    ran = run("diff", TASK_ID, "-", "--as", "curl", stdin=BODY.encode())
    assert ran.code == 1
    environ = {"PATH": f"{tools}:{os.defpath}", "SMS_TUI_TOKEN": "a-token"}
    subprocess.run(["/bin/sh", "-eu"], input=ran.out.encode(), env=environ, cwd=tmp_path, check=True)
    (sent,) = service.sent
    assert json.loads(sent) == SENT


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_python_code_runs_and_sends_what_sms_tui_would_send(run: Run, service: RecordingService) -> None:
    ran = run("diff", TASK_ID, "-", "--as", "python", stdin=BODY.encode())
    environ = {**os.environ, "NO_PROXY": "127.0.0.1"}
    environ |= {f"CLOUD_SDK_{name}": f"an-{name}" for name in ("AK", "SK", "PROJECT_ID")}
    subprocess.run([sys.executable, "-"], input=ran.out.encode(), env=environ, check=True, capture_output=True)
    (sent,) = service.sent
    assert json.loads(sent) == SENT


def test_the_koocli_command_names_operation_region_task_and_a_file_with_the_body(tmp_path: Path) -> None:
    text = koocli(Update("https://sms.example", "cn-north-4", "t-1", json.loads(BODY)))
    assert _hcloud(text, tmp_path) == {"cli-region": "cn-north-4", "task_id": "t-1", "body": json.loads(BODY)}
    assert text.startswith("# ")  # about the backslash


def test_without_a_change_there_is_nothing_to_run(run: Run, service: RecordingService) -> None:
    ran = run("diff", TASK_ID, "-", "--as", "curl", stdin=b"{}")
    assert (ran.code, ran.out) == (0, "")


@given(bodies, st.sampled_from(["t-1", "a b'c", "../x?y"]))
def test_any_body_and_id_come_through_shell_and_python_as_they_are(body: dict[str, Json], task_id: str) -> None:
    update = Update("https://sms.example", "", task_id, body)
    for way in (curl, koocli):
        lines = way(update).splitlines()
        begins = next(at for at, line in enumerate(lines) if line.endswith("<<'SMS_TUI_BODY'"))
        assert lines.index("SMS_TUI_BODY") == begins + 2
        held = loads(lines[begins + 1])
        assert isinstance(held, dict)
        assert same(held["body"] if way is koocli else held, body)
    (put,) = [line for line in curl(update).splitlines() if line.startswith("curl")]
    assert shlex.split(put)[-2].startswith("https://sms.example/v3/tasks/")
    names: dict[str, str] = {}
    code = python(update).split("credentials = ")[0].replace("from huawei", "# from huawei")
    exec(code, names)  # our own text
    assert same(loads(names["BODY"]), body)
    assert repr(task_id) in python(update)


def test_where_the_service_has_no_address_a_variable_stands_for_it() -> None:
    update = Update.at("demo", "simulator", "t-1", {"name": "a"})
    (put,) = [line for line in curl(update).splitlines() if line.startswith("curl")]
    said = subprocess.run(
        ["/bin/sh", "-euc", f"echo {shlex.split(put, posix=False)[-2]}"],
        env={"SMS_TUI_ENDPOINT": "http://127.0.0.1:8765"},
        capture_output=True,
        check=True,
    )
    assert said.stdout == b"http://127.0.0.1:8765/v3/tasks/t-1\n"
    assert 'with_endpoint(os.environ["SMS_TUI_ENDPOINT"])' in python(update)
    assert '--cli-region="$HUAWEICLOUD_REGION"' in koocli(update)


@pytest.mark.parametrize(
    ("endpoint", "place", "region"),
    [("https://sms.a.example", "cn-north-4", "cn-north-4"), ("https://a.example:1/x", "a.example:1/x", "")],
)
def test_a_region_is_told_only_where_the_service_is_known_by_it(endpoint: str, place: str, region: str) -> None:
    assert Update.at(endpoint, place, "t-1", {}) == Update(endpoint, region, "t-1", {})


def test_no_way_holds_a_credential(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = {name: f"secret-{name}" for name in ("SMS_TUI_TOKEN", "CLOUD_SDK_AK", "CLOUD_SDK_SK")}
    for name, secret in secrets.items():
        monkeypatch.setenv(name, secret)
    update = Update("https://sms.example", "", "t-1", {"name": "a"})
    assert not [way for way in WAYS.values() if "secret-" in way(update)]


def _hcloud(text: str, where: Path) -> dict[str, Json]:
    """What KooCLI takes from the command, whose other lines a shell ran before: `--name=value` each."""
    before, command = text.rstrip("\n").rsplit("\n", 1)
    subprocess.run(["/bin/sh", "-eu"], input=before.encode(), cwd=where, check=True)
    program, service, operation, *options = shlex.split(command)
    assert (program, service, operation) == ("hcloud", "SMS", "UpdateTask")
    taken: dict[str, Json] = {}
    for option in options:
        name, equals, value = option.removeprefix("--").partition("=")
        assert option.startswith("--"), option
        assert equals, option
        taken[name] = value
    file = str(taken.pop("cli-jsonInput"))
    held = loads((where / file).read_bytes())
    assert isinstance(held, dict)
    assert held.keys() <= {"path", "query", "body", "header"}
    return taken | held
