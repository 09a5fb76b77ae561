"""What a migration produces on its way: its steps and a clone of the target."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from sms_tui.schema.declare import I32, Double, Int64, Kind, Str, Text, about


class CloneServer(Kind):
    """A copy of the target server, made on request so that the migration can be tried out."""

    model_config = ConfigDict(title="Clone server")

    vm_id: Text = about("Server ID", "ID of the cloud server that is the clone.", owner="service")
    name: Text = about("Name", "Name of the cloned server.")
    clone_error: Text = about("Error", "Error of the cloning in short; the description says more.", owner="service")
    clone_state: Text = about("State", "How far the cloning has come, such as CREATING or FINISHED.", owner="service")
    error_msg: Annotated[Str, Field(min_length=0, max_length=1024)] | None = about(
        "Error description", "What went wrong with the cloning, in words.", owner="service"
    )


class SubTask(Kind):
    """One step of the migration, run and reported by the service."""

    model_config = ConfigDict(title="Sub-task")

    id: Int64 = about("Sub-task ID", "Number of this step. An integer, unlike the ID of the task.", owner="service")
    name: Text = about(
        "Step",
        "Which step this is, such as MIGRATE_LINUX_FILE. DETTACH_AGENT_IMAGE is spelt so by the service.",
        owner="service",
    )
    progress: Annotated[I32, Field(ge=0, le=100)] | None = about(
        "Progress",
        "How much of this step is done. A step that has ended should stand at 100.",
        unit="%",
        owner="service",
        required=True,
    )
    start_date: Int64 = about("Started", "When the step began; null until it does.", unit="epoch ms", owner="service")
    end_date: Int64 = about("Ended", "When the step ended; null while it has not.", unit="epoch ms", owner="service")
    migrate_speed: Double = about(
        "Migration speed",
        "Speed of this step. In Mbit/s here but in MB/s on the task; shown as they come, never converted.",
        unit="Mbit/s",
        owner="service",
    )
    user_op: Annotated[Str, Field(min_length=0, max_length=50)] | None = about(
        "Triggered by", "Operation that set the step off, such as REPLICATE.", owner="service"
    )
    process_trace: Annotated[Str, Field(min_length=0, max_length=2048)] | None = about(
        "Details",
        "What the step is doing, in the service's own words. May hold details not meant for others.",
        owner="service",
    )
