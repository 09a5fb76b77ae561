"""A task as a page."""

from __future__ import annotations

from picture_material import NOW, golden, text

from sms_tui.session.picture.page import page
from sms_tui.simulator.seeds import reference_task, seed_tasks


def test_the_reference_task_as_a_page():
    assert text(page(reference_task(), 80, NOW)) == golden("""
MigrationTask
ef3b9722-07a0-40ae-89b0-889ee96d0001

State        RUNNING
Moves        Windows, disk block by disk block
Servers      name-win16 (192.168.0.154, WINDOWS2016_64BIT) → target server
             without a name (WINDOWS2016_64BIT)
Speed limit  no limit
Priority     standard
Created      2020-08-26 09:56:18 UTC
Started      2020-08-26 09:56:24 UTC

Disks
 source server: the task lists no disks of it
 target Disk 1 40 GiB  ▐Z▌▐Y: NTFS 39.5 GiB████████████░░░░░░░░░░░░░░░░░░░░░░░░▌
                       Z: NTFS 500 MiB
 █ used   ░ free   a cell is 718.6 MiB   volumes under 2.1 GiB are drawn wider

Sub-tasks
 RUNNING   0 %
   CREATE_CLOUD_SERVER     0 % ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░► 2280 d
                        2020-08-26 09:56:42 UTC to 2026-11-23 10:00:00 UTC (now)
   SSL_CONFIG              0 %  not started
   ATTACH_AGENT_IMAGE      0 %  not started
   FORMAT_DISK_WINDOWS     0 %  not started
   MIGRATE_WINDOWS_BLOCK   0 %  not started

Problems
 ! source_server: Windows needs driver_files, system_services, account_rights
   and system_dir
 ! target_server: Windows needs driver_files, system_services and account_rights
 ! target_server › ip: required by the reference, and null
""")


def test_an_odd_body_as_a_page():
    assert text(page({"type": "X", "priority": 7, "speed_limit": 50, "create_date": "soon"}, 60, NOW)) == golden("""
A task without a name

State        not known
Moves        not known, X
Servers      source server without a name → target server
             without a name
Speed limit  50 Mbit/s
Priority     7
Created      "soon"

Disks
 source server: the task lists no disks of it
 target server: the task lists no disks of it

Sub-tasks
 state not known
 The task lists no sub-tasks.

Problems
 ✗ type: X is not one of MIGRATE_FILE, MIGRATE_BLOCK
 ✗ priority: 7 is more than the most allowed, 2
 ✗ create_date: must be a whole number, is text
""")


def test_every_volume_of_the_samples_is_on_its_page_by_name_and_size():
    for task in seed_tasks(NOW / 1000)[:5]:
        drawn = text(page(task, 120, NOW))
        for server in ("source_server", "target_server"):
            for disk in task[server]["disks"]:
                for volume in disk["physical_volumes"]:
                    name = volume["name"].removeprefix("/dev/")
                    assert f"{name} {volume['file_system']} " in drawn or f"{name} › " in drawn


def test_many_problems_are_counted_and_check_is_named():
    task = {"networks": [], "sub_tasks": [{"progress": -1}] * 300}
    assert "more; sms-tui check lists them all" in text(page(task, 80, NOW))
