"""Ways out of the program: a change written down as what another tool would send.

Each is text to be pasted or kept, with the body as sms-tui would send it: in one line, numbers and nulls as they are.
None holds a secret: credentials stand there as variables, and so does the address of a service that has none (the
demo), to be that of a service with the same task, such as `sms-tui simulate`.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from sms_tui.document.body import Body
from sms_tui.exactjson import dumps
from sms_tui.inert import inert_json

_END = "SMS_TUI_BODY"
"""Ends the text handed to a command; a body in one line never holds a line like it."""
_ENDPOINT = "SMS_TUI_ENDPOINT"
"""The variable that stands for an address there is not."""

_PYTHON = '''\
"""Update a migration task, by huaweicloudsdksms (pip install huaweicloudsdksms)."""

import os

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdksms.v3 import SmsClient, UpdateTaskRequest

# As text the body is sent as it stands here; a PutTaskReq would leave every null out.
BODY = {body!r}

credentials = BasicCredentials(
    os.environ["CLOUD_SDK_AK"], os.environ["CLOUD_SDK_SK"], os.environ["CLOUD_SDK_PROJECT_ID"]
)
client = SmsClient.new_builder().with_credentials(credentials).with_endpoint({endpoint}).build()
print(client.update_task(UpdateTaskRequest(task_id={task_id!r}, body=BODY)))
'''


@dataclass(frozen=True, slots=True)
class Update:
    """One `PUT /v3/tasks/{task_id}`.

    `endpoint` is "" where the service has no address, `region` where it is known by its address alone.
    """

    endpoint: str
    region: str
    task_id: str
    body: Body

    @classmethod
    def at(cls, endpoint: str, place: str, task_id: str, body: Body) -> Update:
        """The update of a task at an endpoint (what is no address counts as none) that people call `place`."""
        scheme, _, host = endpoint.partition("://")
        if scheme not in ("http", "https"):
            return cls("", "", task_id, body)
        return cls(endpoint, "" if place == host else place, task_id, body)


def curl(update: Update) -> str:
    """A command for a POSIX shell; the token is in SMS_TUI_TOKEN."""
    path = f"/v3/tasks/{quote(update.task_id, safe='')}"
    url = shlex.quote(update.endpoint.rstrip("/") + path) if update.endpoint else f'"${{{_ENDPOINT}}}{path}"'
    command = (
        'curl --request PUT --header "X-Auth-Token: $SMS_TUI_TOKEN" --header "Content-Type: application/json" '
        f"--data-binary @- {url}"
    )
    return f"{command} <<'{_END}'\n{_line(update.body)}\n{_END}\n"


def koocli(update: Update) -> str:
    """Commands for a POSIX shell with KooCLI (hcloud), which has credentials of its own; the body is left in a file."""
    file = shlex.quote(f"update-{quote(update.task_id, safe='')}.json")
    region = shlex.quote(update.region) if update.region else '"$HUAWEICLOUD_REGION"'
    body = _line({"body": update.body})
    lines = [
        f"cat > {file} <<'{_END}'",
        body,
        _END,
        f"hcloud SMS UpdateTask --cli-region={region} --task_id={shlex.quote(update.task_id)} --cli-jsonInput={file}",
    ]
    if "\\" in body:
        lines.insert(0, "# KooCLI 7.2 was seen to want each backslash of this file twice: look with --dryrun first.")
    return "\n".join(lines) + "\n"


def python(update: Update) -> str:
    """A program on the vendor's SDK; the access key is in the variables that the API reference names."""
    endpoint = repr(update.endpoint) if update.endpoint else f'os.environ["{_ENDPOINT}"]'
    return _PYTHON.format(body=_line(update.body), endpoint=endpoint, task_id=update.task_id)


def _line(body: Body) -> str:
    """JSON in one line that steers no terminal and that no reader of lines cuts."""
    return inert_json(dumps(body)).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


WAYS: Mapping[str, Callable[[Update], str]] = {"curl": curl, "koocli": koocli, "python": python}
"""The ways by their names."""
