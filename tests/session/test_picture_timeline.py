"""The sub-tasks in time, as they are read."""

from __future__ import annotations

import pytest
from picture_material import NOW, golden, text

from sms_tui.session.picture.steps import duration
from sms_tui.session.picture.time_axis import timeline
from sms_tui.simulator.seeds import linux, running, windows


def step(**fields):
    return {"name": "A", "progress": 0, "start_date": None, "end_date": None, **fields}


def drawn(*steps, **task):
    return text(timeline({"state": "RUNNING", "sub_tasks": list(steps), **task}, 70, NOW)).splitlines()


def test_a_running_task():
    task = running.file_with_lvm(NOW / 1000)
    assert text(timeline(task, 90, NOW)) == golden("""
 RUNNING   63 %   36.8 MB/s   40 min left   until 2026-11-23 10:40:00 UTC
   CREATE_CLOUD_SERVER    100 % █                                2 min 43 s
   SSL_CONFIG             100 %  █                               11 s
   ATTACH_AGENT_IMAGE     100 %  █                               1 min 14 s
   FORMAT_DISK_LINUX_FILE 100 %  █                               52 s
   MIGRATE_LINUX_FILE      41 %   ████████████░░░░░░░░░░░░░░░░░► 1 h 30 min   294.4 Mbit/s
     Copying /var/lib/pgsql: 108.4 GB of 260.0 GB, 1184203 files.
                                2026-11-23 08:25:00 UTC to 2026-11-23 10:00:00 UTC (now)
   CONFIGURE_LINUX_FILE     0 %  not started
   DETTACH_AGENT_IMAGE      0 %  not started
""")
    assert "   ############.................> 1 h 30 min" in text(timeline(task, 90, NOW, ascii=True))


def test_a_failed_task_tells_why_in_full():
    assert text(timeline(linux.failed(NOW / 1000), 90, NOW)) == golden("""
 MIGRATE_FAIL   66 %
   CREATE_CLOUD_SERVER    100 % █                                            2 min 39 s
   SSL_CONFIG             100 % █                                            12 s
   ATTACH_AGENT_IMAGE     100 % █                                            1 min 10 s
   FORMAT_DISK_LINUX_FILE 100 %  █                                           44 s
 ✗ MIGRATE_LINUX_FILE      63 %  ██████████████████████████░░░░░░░░░░░░░░░░✗ 4 h 55 min
     Disk check before the second pass: /dev/sdc (107374182400 bytes) is attached to the
     source but not part of the task. The task stops. Detach the disk, or delete the task
     and register the source again.
                                2026-11-19 10:00:00 UTC to 2026-11-19 15:00:00 UTC
   CONFIGURE_LINUX_FILE     0 %  not started
   DETTACH_AGENT_IMAGE      0 %  not started
 ✗ SMS.0515: The disks of the source server have changed. Restart the agent so that it
   reports its disks again, then fit the target disks to them.
""")


def test_a_task_that_stands_still_does_not_pretend_that_a_step_goes_on():
    line = next(line for line in text(timeline(windows.paused(NOW / 1000), 90, NOW)).splitlines() if " 47 %" in line)
    assert line.endswith("░? end not known")


@pytest.mark.parametrize(
    ("sent", "shown", "said"),
    [
        (140, "100 %", "progress: it says 140 %"),
        (-5, "  0 %", "progress: it says -5 %"),
        (None, "  ? %", ""),
        ("50", "  ? %", 'progress: it says "50"'),
        (True, "  ? %", "progress: it says true"),
        (10**30, "100 %", "progress: it says 10000000000000000... %"),
    ],
)
def test_a_progress_that_cannot_be_is_clamped_and_told(sent, shown, said):
    lines = drawn(step(progress=sent, start_date=NOW - 60000, end_date=NOW))
    assert lines[1].startswith(f"   A {shown} ")
    assert (lines[2].strip() == said) if said else ("progress" not in lines[2])


def test_a_bar_goes_from_start_to_end_and_the_progress_is_in_it():
    first, second = drawn(
        step(start_date=NOW - 100_000, end_date=NOW - 50_000, progress=100), step(start_date=NOW - 50_000, progress=50)
    )[1:3]
    width = first.count("█")
    assert first.index("█") == len("   A 100 % ")
    assert second.index("█") == first.rindex("█") + 1
    assert second.count("█") + second.count("░") + second.count("►") in (width, width + 1)
    assert abs(second.count("█") - second.count("░")) <= 1


def test_an_end_before_the_start_is_told():
    assert drawn(step(start_date=NOW - 1000, end_date=NOW - 5000))[2].strip() == "it ends before it starts"


def test_without_dates_there_are_no_bars():
    assert drawn(step(), step(name="B", end_date=NOW)) == [
        " RUNNING   0 %",
        "   A   0 %  not started",
        "   B   0 %  start not known",
    ]


def test_steps_that_did_not_start_come_after_those_that_did():
    names = [line.split()[0] for line in drawn(step(), step(name="B", start_date=NOW - 1000))[1:]]
    assert names == ["B", "2026-11-23", "A"]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("", []),
        (None, []),
        ("not JSON", [" ✗ not JSON"]),
        ("[1]", [" ✗ 1"]),
        (
            '{"error_code":"SMS.0515","error_param":["a", 1.0]}',
            [
                " ✗ SMS.0515: The disks of the source server have changed. Restart the",
                "   agent so that it reports its disks again, then fit the target",
                '   disks to them. It is about ["a",1.0].',
            ],
        ),
        ({"error_code": "SMS.1"}, [" ✗ SMS.1: not in the table of this program."]),
    ],
)
def test_an_error_is_decoded_where_it_can_be(error, told):
    assert drawn(step(), error_json=error)[2:] == told


@pytest.mark.parametrize("sub_tasks", [None, {}, 3, []])
def test_a_task_without_sub_tasks_says_so(sub_tasks):
    assert text(timeline({"sub_tasks": sub_tasks}, 70, NOW)) == " state not known\n The task lists no sub-tasks."


def test_of_very_many_sub_tasks_the_rest_is_counted():
    assert drawn(*[step()] * 65_535)[-1] == " 65335 more sub-tasks"


def test_every_line_of_a_sub_task_leads_to_it():
    lines = timeline({"sub_tasks": [step(), step(process_trace="why", start_date=1)]}, 70, NOW)
    assert [{run.path for run in line if run.path} for line in lines[1:]] == [
        {("sub_tasks", 1)},
        {("sub_tasks", 1, "process_trace")},
        set(),
        {("sub_tasks", 0)},
    ]


@pytest.mark.parametrize(
    ("ms", "words"),
    [
        (0, "0 s"),
        (999, "0 s"),
        (-1, "0 s"),
        (59_999, "59 s"),
        (60_000, "1 min"),
        (163_000, "2 min 43 s"),
        (3_600_000, "1 h"),
        (5_459_000, "1 h 30 min"),
        (90_000_000, "1 d 1 h"),
    ],
)
def test_durations_are_said_in_two_units(ms, words):
    assert duration(ms) == words
