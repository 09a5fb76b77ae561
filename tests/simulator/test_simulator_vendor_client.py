"""The vendor's own client, unmodified, against the simulator on a port."""

from __future__ import annotations

import subprocess
from typing import Any

import pytest
from simulator_helpers import REFERENCE_ID

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:huaweicloudsdkcore")

Served = tuple[subprocess.Popen[str], str]


@pytest.fixture
def sdk() -> Any:
    import huaweicloudsdksms.v3

    return huaweicloudsdksms.v3


@pytest.fixture
def vendor(simulator_on_port: Served, sdk: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    from huaweicloudsdkcore.auth.credentials import BasicCredentials

    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    credentials = BasicCredentials("an-access-key", "a-secret-key", "a-project-id")
    return sdk.SmsClient.new_builder().with_credentials(credentials).with_endpoint(simulator_on_port[1]).build()


def test_it_lists_filters_and_pages(vendor: Any, sdk: Any) -> None:
    every = vendor.list_tasks(sdk.ListTasksRequest())
    assert every.count == len(every.tasks) >= 12
    running = vendor.list_tasks(sdk.ListTasksRequest(state="RUNNING", name="crm", limit=5, offset=0))
    assert [task.name for task in running.tasks] == ["crm-app-02"]
    assert running.tasks[0].sub_tasks[0].name == "CREATE_CLOUD_SERVER"
    page = vendor.list_tasks(sdk.ListTasksRequest(limit=2, offset=1))
    assert [task.id for task in page.tasks] == [task.id for task in every.tasks[1:3]]
    assert page.count == every.count


def test_it_opens_every_task(vendor: Any, sdk: Any) -> None:
    for listed in vendor.list_tasks(sdk.ListTasksRequest()).tasks:
        task = vendor.show_task(sdk.ShowTaskRequest(task_id=listed.id))
        assert (task.id, task.name, task.state) == (listed.id, listed.name, listed.state)
        assert task.target_server.disks[0].size > 0


def test_it_reads_the_references_example(vendor: Any, sdk: Any) -> None:
    task = vendor.show_task(sdk.ShowTaskRequest(task_id=REFERENCE_ID))
    volume = task.target_server.disks[0].physical_volumes[0]
    assert volume.uuid == "\\\\?\\Volume{586b7157-0000-0000-0000-100000000000}\\"
    assert volume.size == 524288000
    assert [step.id for step in task.sub_tasks] == [7278, 7279, 7280, 7281, 7282]


def test_it_updates_a_task_and_reads_the_change_back(vendor: Any, sdk: Any) -> None:
    task = vendor.show_task(sdk.ShowTaskRequest(task_id=REFERENCE_ID))
    target = sdk.TargetServer(
        ip="10.0.0.5",
        name="目的端",
        os_type="WINDOWS",
        disks=[sdk.TargetDisk(id=2**63 - 1, name="Disk 1", size=2**53 + 1, physical_volumes=[])],
        volume_groups=[],
    )
    body = sdk.PutTaskReq(name="renamed", speed_limit=300, target_server=target)
    assert vendor.update_task(sdk.UpdateTaskRequest(task_id=REFERENCE_ID, body=body)).id == REFERENCE_ID
    after = vendor.show_task(sdk.ShowTaskRequest(task_id=REFERENCE_ID))
    assert (after.name, after.speed_limit, after.target_server.name) == ("renamed", 300, "目的端")
    assert (after.target_server.disks[0].id, after.target_server.disks[0].size) == (2**63 - 1, 2**53 + 1)
    assert (after.type, after.vm_template_id, after.create_date) == (task.type, task.vm_template_id, task.create_date)


def test_it_understands_the_refusals(vendor: Any, sdk: Any) -> None:
    from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException

    with pytest.raises(ClientRequestException) as caught:
        vendor.show_task(sdk.ShowTaskRequest(task_id="nobody"))
    assert (caught.value.status_code, caught.value.error_code) == (400, "SMS.7703")
    assert caught.value.request_id
    body = sdk.PutTaskReq(priority=7)
    with pytest.raises(ClientRequestException) as caught:
        vendor.update_task(sdk.UpdateTaskRequest(task_id=REFERENCE_ID, body=body))
    assert caught.value.status_code == 400
    assert "priority" in caught.value.error_msg
