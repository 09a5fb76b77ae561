"""The task itself: the body of `PUT /v3/tasks/{task_id}`."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from sms_tui.schema.declare import I32, Boolean, Double, Int64, Kind, ListOf, OneOf, Str, Str255, Text, about
from sms_tui.schema.models.enumerations import OS_MEANINGS
from sms_tui.schema.models.progress import CloneServer, SubTask
from sms_tui.schema.models.source import PostSourceServerBody
from sms_tui.schema.models.target import TargetServer


class PutTaskReq(Kind):
    """One migration: its source server, its target server and how far the work has come. No field must be sent."""

    model_config = ConfigDict(title="Migration task")

    name: Text = about(
        "Task name",
        "What people call this migration. The service may refuse all but letters, digits, _ and - (SMS.7711).",
    )
    type: Annotated[Str255, OneOf("MIGRATE_FILE", "MIGRATE_BLOCK")] | None = about(
        "Migration type",
        "How the data is copied. It must suit the operating system, or the service may refuse it (SMS.6610).",
        meanings={"MIGRATE_FILE": "file by file", "MIGRATE_BLOCK": "disk block by disk block"},
    )
    os_type: Annotated[Str, OneOf("WINDOWS", "LINUX")] | None = about(
        "Operating system",
        "Family of the system being migrated. Task, source and target should agree.",
        meanings=OS_MEANINGS,
    )
    id: Text = about(
        "Task ID",
        "Identity of this task. The address of the request names it too, so the two must agree.",
        owner="service",
    )
    priority: Annotated[I32, Field(ge=0, le=2), OneOf(0, 1, 2)] | None = about(
        "Priority",
        "How this migration ranks beside others. Standard unless something else was chosen.",
        meanings={0: "low", 1: "standard", 2: "high"},
    )
    region_id: Text = about(
        "Target region ID", "Region of the target server; often not the region whose SMS this program talks to."
    )
    start_target_server: Boolean = about(
        "Start target afterwards",
        "Whether the target server is started when the migration is done, or left stopped.",
        default=True,
    )
    enterprise_project_id: Annotated[Str, Field(min_length=1, max_length=255)] | None = about(
        "Enterprise project ID",
        "Enterprise project the migration belongs to. Empty text is invalid: use null or leave the key out.",
    )
    exist_server: Boolean = about(
        "Target exists",
        "true: use a server that exists; false: create one. The service never returns it, so it loads as absent.",
    )
    migration_ip: Text = about(
        "Migration IP",
        "Target address the data is sent to: the elastic IP over the Internet, the private IP over a private line.",
    )
    region_name: Text = about(
        "Target region name", "Readable name of the target's region; keep it in step with its ID."
    )
    speed_limit: Annotated[I32, Field(ge=0, le=10000)] | None = about(
        "Speed limit",
        "Most bandwidth the migration may use; 0 means no limit. Newer editions of the service stop at 1000.",
        unit="Mbit/s",
    )
    project_name: Text = about("Target project name", "Name of the project that holds the target server.")
    project_id: Text = about("Target project ID", "ID of the project that holds the target server.")
    vm_template_id: Text = about("Server template ID", "Template by which the service creates the target server.")
    source_server: PostSourceServerBody | None = about(
        "Source server", "The server being migrated, as its agent registered it."
    )
    target_server: TargetServer | None = about(
        "Target server", "The server the data is copied to. When one part of it changes, all of it is sent."
    )
    state: Text = about(
        "State",
        "Where the task stands, such as READY or RUNNING. The service sets it; editing it is no way to start or stop.",
        owner="service",
    )
    estimate_complete_time: Int64 = about(
        "Estimated completion",
        "When the service expects to be done; null while it cannot tell.",
        unit="epoch ms",
        owner="service",
    )
    connected: Boolean = about(
        "Source connected", "Whether the service reaches the agent on the source right now.", owner="service"
    )
    create_date: Int64 = about("Created", "When the task was created.", unit="epoch ms", owner="service")
    start_date: Int64 = about(
        "Started", "When the migration began; null until it does.", unit="epoch ms", owner="service"
    )
    finish_date: Int64 = about(
        "Finished", "When the migration ended; null until it does.", unit="epoch ms", owner="service"
    )
    migrate_speed: Double = about(
        "Migration speed",
        "Speed right now. In MB/s here but in Mbit/s on a sub-task; shown as they come, never converted.",
        unit="MB/s",
        owner="service",
    )
    error_json: Annotated[Str, Field(min_length=0, max_length=1024)] | None = about(
        "Error details",
        "What went wrong, as JSON inside a text with an SMS error code; empty text when nothing did.",
        owner="service",
    )
    total_time: Int64 = about(
        "Total time",
        "How long the task has taken. The reference gives no unit, so do not compare it with the remaining seconds.",
        unit="unit not documented",
        owner="service",
    )
    float_ip: Text = about(
        "Floating IP", "Kept for old SMS agents only; set the migration IP instead.", owner="service"
    )
    remain_seconds: Int64 = about(
        "Time remaining", "How long the service thinks the rest will take.", unit="s", owner="service"
    )
    target_snapshot_id: Text = about(
        "Target snapshot ID", "Snapshot of the target server that the service has taken.", owner="service"
    )
    clone_server: CloneServer | None = about(
        "Clone server", "Copy of the target server, made on request for testing; null when there is none."
    )
    sub_tasks: ListOf[SubTask] = about(
        "Sub-tasks",
        "Steps of the migration in order, with the progress of each. The service adds steps as it goes.",
        owner="service",
    )
