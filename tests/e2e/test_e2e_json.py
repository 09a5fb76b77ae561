"""A node edited as JSON on the screen, and a value handed to the terminal's clipboard."""

from __future__ import annotations

import base64

from sample_tasks import reference_task
from stories import exact, go_to, only, served, submit
from terminal import CTRL_E, CTRL_Z, ESCAPE, SHIFT_END

ALT_Y = "\x1by"


def open_json(terminal, field: str) -> None:
    terminal.send(go_to(field), CTRL_E)
    terminal.await_text(" JSON ", "Esc Take it")


def test_a_number_typed_in_the_text_is_sent_and_all_else_goes_back_exactly(edit, service):
    task = reference_task(speed_limit=0)
    terminal, task_id = edit(task)
    open_json(terminal, "target_server.disks[0].size")
    terminal.send(SHIFT_END, "53687091200,")
    terminal.await_text('"size": 53687091200,')
    terminal.send(ESCAPE)
    terminal.await_text("Edited target_server › disks › Disk 1.", "1 change")
    submit(terminal)
    task["target_server"]["disks"][0]["size"] = 53687091200
    assert exact(only(service.puts(task_id)).body) == served({"target_server": task["target_server"]})


def test_broken_text_says_where_and_is_there_again_the_next_time(edit):
    terminal, _ = edit(reference_task(speed_limit=0))
    open_json(terminal, "speed_limit")
    terminal.send(SHIFT_END, "5,,", ESCAPE)
    terminal.await_text("The text cannot be taken: line ", "n goes back to mend it.")
    terminal.send("y")
    terminal.await_text("The text is kept", "0 changes")
    terminal.send(CTRL_E)
    terminal.await_text('"speed_limit": 5,,', "✗ line ")
    terminal.send(CTRL_Z, "\x1b[3~", ESCAPE)
    terminal.await_text("Edited the task.", "1 change")


def test_a_value_reaches_the_terminals_clipboard(edit):
    terminal, _ = edit(reference_task())
    terminal.send(go_to("target_server.disks[0].name"), ALT_Y)
    terminal.await_text("Sent to the terminal's clipboard: Disk 1")
    assert f"\x1b]52;c;{base64.b64encode(b'Disk 1').decode()}\a".encode() in terminal.raw
