"""The error codes of the service and its gateway, offline: what each means, what to do, and which field to look at.

Codes of updating and querying come in HTTP replies, the others in the `error_json` of a task; a few are known from
older editions of the interface only. No code is known for an update that is refused in the state a task is in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sms_tui.exactjson import Json
from sms_tui.language import N_, _
from sms_tui.schema.paths import ABSENT, Path, Value


class Code(NamedTuple):
    """One code. `cause` is a sentence about what happened, `advice` one that tells what to do.

    `field` is the path of the field to look at, with `[]` for any entry of a list:
    `target_server.disks[].disk_id`. `place` finds it in a task.
    """

    code: str
    cause: str
    advice: str
    field: str | None = None


_GATEWAY = ("APIG", "APIGW")
_AGENT = N_("Check the network between the source server and the API gateway, then start the task again.")
_NO_SUCH_SOURCE = N_(
    "Check that the agent on the source server runs and is registered, and correct the ID of the source."
)
_NOT_REWRITTEN = N_("Check that the endpoint is that of SMS and that no proxy rewrites requests on the way.")
_LOOK_AT_STATE = N_("Reload the task and look at its state before trying again.")
_VOLUMES = N_(
    "Compare the volumes of the target disks with their sizes and with the source, then start the task again."
)
_SSH = N_("Open port 22 in the security group of the target server, and check that the source reaches migration_ip.")
_OPEN_8900 = N_(
    "Open port 8900 in the security group of the target server, and check that the source reaches migration_ip."
)
_OPEN_8899 = N_(
    "Open port 8899 in the security group of the target server, and check that the source reaches migration_ip."
)
_BLOCK = N_("Choose MIGRATE_FILE, or read in linux_block_check why blocks cannot be copied.")

_TASK = (
    Code("SMS.7703", N_("No task has this ID, or its source server is being deleted."), N_("Reload the task list.")),
    Code(
        "SMS.7711",
        N_("The name of the task is not allowed."),
        N_("Use only letters, digits, _ and - in the name."),
        "name",
    ),
    Code("SMS.7712", N_("The migration type is not known."), N_("Choose MIGRATE_FILE or MIGRATE_BLOCK."), "type"),
    Code("SMS.7719", N_("The task is running and cannot be deleted."), N_("Stop the task first, then delete it.")),
    Code("SMS.6601", N_("The operating system is not known."), N_("Choose WINDOWS or LINUX."), "os_type"),
    Code(
        "SMS.6610",
        N_("The migration type does not suit the operating system."),
        N_("Choose a type that suits the operating system, or correct os_type."),
        "type",
    ),
    Code("SMS.6602", N_("An IP address is not valid."), N_("Correct migration_ip or float_ip."), "migration_ip"),
    Code(
        "SMS.6603",
        N_("The service does not reach the agent on the source server."),
        N_("Start the agent on the source server, check its network, and wait until connected is true."),
        "connected",
    ),
    Code("SMS.7602", N_("The source server does not exist."), _NO_SUCH_SOURCE, "source_server.id"),
    Code("SMS.2216", N_("The source server does not exist."), _NO_SUCH_SOURCE, "source_server.id"),
    Code(
        "SMS.6030",
        N_("The ID of the source server is missing."),
        N_("Set the ID of the source server."),
        "source_server.id",
    ),
    Code("SMS.6031", N_("The target server is missing."), N_("Set target_server."), "target_server"),
    Code("SMS.6032", N_("The ID of the target server is missing."), N_("Set vm_id to the ID."), "target_server.vm_id"),
    Code(
        "SMS.6033",
        N_("The disks of the target server are missing."),
        N_("Add the target disks."),
        "target_server.disks",
    ),
    Code(
        "SMS.6103",
        N_("A target disk has no disk ID."),
        N_("Give every target disk its disk_id."),
        "target_server.disks[].disk_id",
    ),
    Code(
        "SMS.6519",
        N_("The disk ID of a target disk is wrong."),
        N_("Correct the disk_id of the target disks: each names a disk of the target server."),
        "target_server.disks[].disk_id",
    ),
    Code(
        "SMS.6539",
        N_("A target disk is too small."),
        N_("Make the target disk as large as its source disk."),
        "target_server.disks[].size",
    ),
    Code("SMS.2252", N_("The source server has no task."), N_("Reload the task list.")),
    Code("SMS.1038", N_("The task cannot be paused in its state."), _LOOK_AT_STATE, "state"),
    Code("SMS.1039", N_("The task is not paused, so it cannot be resumed."), _LOOK_AT_STATE, "state"),
    Code("SMS.1040", N_("Only a task that failed can be restarted."), _LOOK_AT_STATE, "state"),
    Code(
        "SMS.2015", N_("A task that runs or stops cannot be deleted."), N_("Wait until it has stopped, then delete it.")
    ),
    Code("SMS.2009", N_("The command is not the one that the service waits for."), _LOOK_AT_STATE, "state"),
    Code(
        "SMS.2206",
        N_("SMS does not support the operating system."),
        N_("Compare os_version with the systems that SMS supports."),
        "source_server.os_version",
    ),
    Code("SMS.2013", N_("The source server is registered already."), N_("Use the source server that is registered.")),
)

_ACCESS = (
    Code(
        "SMS.9004",
        N_("The IAM policy does not allow this."),
        N_("Ask for the permission sms:server:updateTask, or for sms:server:getTask to read."),
    ),
    Code("SMS.2002", N_("The account has no right to do this."), N_("Ask for the right, or use another account.")),
    Code(
        "SMS.2248",
        N_("The task or server belongs to another account."),
        N_("Check that the credentials are of the account that owns the task."),
    ),
    Code("SMS.2003", N_("The service does not take this HTTP method."), _NOT_REWRITTEN),
    Code(
        "SMS.2004",
        N_("The body is larger than the 10,240 bytes that the service takes."),
        N_("Send less at once: change one server at a time, and do not send the whole task."),
    ),
    Code("SMS.2005", N_("The request does not name the type of its content."), _NOT_REWRITTEN),
    Code("SMS.2006", N_("The content of the request is not application/json."), _NOT_REWRITTEN),
    Code(
        "SMS.2007",
        N_("The service failed inside."),
        N_("Try again later; if it goes on, give Huawei's support the request ID."),
    ),
)

_AGENTS = (
    Code("SMS.0201", N_("The network of the source server is too busy to reach the API gateway."), _AGENT),
    Code(
        "SMS.0202",
        N_("The access key that the agent was given is refused."),
        N_("Give the agent the AK and SK of the target account, and check that the account is not frozen."),
    ),
    Code("SMS.0203", N_("The source server did not reach the API gateway in time."), _AGENT),
    Code(
        "SMS.0204",
        N_("The account that the agent uses lacks permissions."),
        N_("Ask for the permissions that the error names, for the account that the agent uses."),
    ),
    Code(
        "SMS.0205",
        N_("The clock or the time zone of the source server is wrong."),
        N_("Set the time and the time zone of the source server, then start the task again."),
    ),
    Code(
        "SMS.0303",
        N_("The source server cannot reach a domain of the cloud."),
        N_("Check DNS and the firewall of the source server, then start the task again."),
    ),
    Code(
        "SMS.0412",
        N_("The target server is gone."),
        N_("Look whether the target server still exists; if not, set vm_id to another."),
        "target_server.vm_id",
    ),
    Code(
        "SMS.0515",
        N_("The disks of the source server have changed."),
        N_("Restart the agent so that it reports its disks again, then fit the target disks to them."),
        "source_server.disks",
    ),
    Code("SMS.0805", N_("A target disk could not be partitioned."), _VOLUMES, "target_server.disks"),
    Code("SMS.0806", N_("A target disk could not be partitioned."), _VOLUMES, "target_server.disks"),
    Code(
        "SMS.0807",
        N_("The network between the source and the target server failed."),
        N_("Check that the source server reaches migration_ip, then start the task again."),
        "migration_ip",
    ),
    Code(
        "SMS.1104",
        N_("A disk could not be detached from the target server."),
        N_("Look at the disks of the target server in the console, then start the task again."),
        "target_server.disks",
    ),
    Code(
        "SMS.1105",
        N_("A disk could not be created for the target server."),
        N_("Check the quota of disks and the sizes of the target disks, then start the task again."),
        "target_server.disks",
    ),
    Code(
        "SMS.1807",
        N_("The source does not reach port 8900 of the target server."),
        _OPEN_8900,
        "migration_ip",
    ),
    Code(
        "SMS.2802",
        N_("The source does not reach port 8899 of the target server."),
        _OPEN_8899,
        "migration_ip",
    ),
    *(Code(f"SMS.{code}", N_("SSH to the target server failed."), _SSH, "migration_ip") for code in range(3802, 3807)),
    Code("SMS.6526", N_("The quota of the account is used up."), N_("Raise the quota, or free what is not used.")),
    Code(
        "SMS.6528",
        N_("The account has not proved its real name."),
        N_("Complete the real-name authentication of the account in the console."),
    ),
    Code("SMS.6616", N_("The source server cannot be migrated block by block."), _BLOCK, "type"),
    Code("SMS.6617", N_("The source server cannot be migrated block by block."), _BLOCK, "type"),
    Code(
        "SMS.9007",
        N_("The task was paused because it was too fast."),
        N_("Raise speed_limit or the threshold of the speed schedule, then start the task again."),
        "speed_limit",
    ),
)

_UNSURE_OF_CREDENTIALS = N_("Get a new token, or check the access keys and the clock of this machine.")
_GATEWAYS = (
    Code("APIGW.0301", N_("The gateway does not accept the credentials."), _UNSURE_OF_CREDENTIALS),
    Code(
        "APIGW.0101", N_("The gateway knows no such API."), N_("Check that the endpoint is that of SMS in its region.")
    ),
    Code(
        "APIGW.0201",
        N_("The gateway finds the request malformed or too large."),
        N_("Send less at once: change one server at a time, and do not send the whole task."),
    ),
    Code("APIGW.0308", N_("The gateway takes no more requests for now."), N_("Wait a few seconds, then try again.")),
)

CODES: Mapping[str, Code] = {one.code: one for one in (*_TASK, *_ACCESS, *_AGENTS, *_GATEWAYS)}

_ON_401 = (
    (
        "failed to reach the limit",
        N_("Wait five minutes and do not try before: five wrong signatures have locked the access key."),
    ),
    ("ak not exist", N_("Check the access key: the service does not know it, or no longer.")),
    (
        "aksk signature fail",
        N_("Check the secret key and the clock of this machine; five wrong signatures lock the key."),
    ),
    ("token not found", N_("Set SMS_TUI_TOKEN, or an access key and its secret: no credentials reached the service.")),
    ("decrypt token fail", N_("Get a new token and copy it whole: this one is damaged, or of another site.")),
    ("token expires", N_("Get a new token: this one has expired.")),
    ("token must be updated", N_("Get a new token: this one has expired.")),
)
"""What the gateway's reasons for a 401 have in them, and what to do then."""


def explain(code: str) -> Code | None:
    """What is known of a code; the gateway's come as `APIG.0301` and as `APIGW.0301`. None for an unknown code."""
    prefix, __, number = code.strip().upper().rpartition(".")
    known = CODES.get(f"{'APIGW' if prefix in _GATEWAY else prefix}.{number}")
    return known._replace(cause=_(known.cause), advice=_(known.advice)) if known is not None else None


def advice_on_401(message: str) -> str:
    """What to do about refused credentials, by the reason that the gateway gives."""
    said = message.casefold()
    return _(next((advice for reason, advice in _ON_401 if reason in said), _UNSURE_OF_CREDENTIALS))


def place(field: str, task: Json) -> Path:
    """Where a code's `field` stands in a task: of several entries the first that lacks it, else the first.

    Where the task does not have all of the way, as far as it goes.
    """
    found = list(_places(field.replace("[]", ".[]").split("."), task, ()))
    lacking = (path for path, value in found if value is ABSENT or value is None or value == "")
    return next(lacking, found[0][0])


def _places(steps: Sequence[str], here: Value, path: Path) -> Iterator[tuple[Path, Value]]:
    if steps and isinstance(here, dict):
        yield from _places(steps[1:], here.get(steps[0], ABSENT), (*path, steps[0]))
    elif steps and steps[0] == "[]" and isinstance(here, list) and here:
        for index, entry in enumerate(here):
            yield from _places(steps[1:], entry, (*path, index))
    else:
        yield path, here
