"""Values and paths are handed to the terminal's clipboard, or written to a file."""

from __future__ import annotations

import base64
import re
import stat
from pathlib import Path

import pytest
from driver import Operator, operator
from hypothesis import given
from hypothesis import strategies as st
from service import REFERENCE
from textual import events

from sms_tui.exactjson import dumps, loads
from sms_tui.session.file import FileSession
from sms_tui.ui.taking_out import MOST_FOR_CLIPBOARD, as_copied, through_tmux, write_text

VOLUME = "target_server.disks[0].physical_volumes[1]"


class Sent:
    """What the program wrote to the terminal on purpose."""

    def __init__(self, op: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
        self.raw = ""
        driver = op.app._driver
        assert driver is not None
        monkeypatch.setattr(driver, "write", self._take)

    def _take(self, data: str) -> None:
        self.raw += data

    @property
    def texts(self) -> list[str]:
        """The texts that a terminal without tmux would put into its clipboard."""
        return [base64.b64decode(coded).decode() for coded in re.findall("(?<!\x1b)\x1b]52;c;([^\a]*)\a", self.raw)]


@pytest.fixture(autouse=True)
def _no_tmux(monkeypatch):
    monkeypatch.delenv("TMUX", raising=False)


async def test_a_field_is_copied_from_the_form_and_a_subtree_from_the_tree_as_json(session, monkeypatch):
    async with operator(session, REFERENCE) as op:
        sent = Sent(op, monkeypatch)
        await op.find(f"{VOLUME}.name")
        await op.press("alt+y")
        await op.find(f"{VOLUME}.size")
        await op.press("escape", "y")
        volume = op.document.value(("target_server", "disks", 0, "physical_volumes", 1))
        assert sent.texts == ["Y:", dumps(volume, indent=2)]
        op.see("Sent to the terminal's clipboard: 13 lines", "alt+w writes to a file")


async def test_a_number_and_null_are_copied_as_json(session, monkeypatch):
    async with operator(session, REFERENCE) as op:
        sent = Sent(op, monkeypatch)
        await op.find(f"{VOLUME}.size")
        await op.press("alt+y")
        await op.find("migration_ip")
        await op.press("alt+y")
        assert sent.texts == ["42423287808", "null"]


async def test_a_path_is_copied_as_find_takes_it(session, monkeypatch):
    async with operator(session, REFERENCE) as op:
        sent = Sent(op, monkeypatch)
        await op.find(f"{VOLUME}.name")
        await op.press("alt+p", "escape", "Y")
        assert sent.texts == [f"{VOLUME}.name", VOLUME]


async def test_inside_tmux_the_terminal_around_it_is_told_too(session, monkeypatch):
    monkeypatch.setenv("TMUX", "/nowhere,1,0")
    async with operator(session, REFERENCE) as op:
        sent = Sent(op, monkeypatch)
        await op.find("speed_limit")
        await op.press("alt+p")
        assert sent.texts == ["speed_limit"]
        assert through_tmux("speed_limit") in sent.raw


@given(st.text(st.characters(blacklist_categories=["Cs"])))
def test_what_goes_through_tmux_is_the_bare_sequence_with_each_escape_doubled(text):
    wrapped = through_tmux(text)
    assert wrapped.startswith("\x1bPtmux;")
    assert wrapped.endswith("\x1b\\")
    inner = wrapped.removeprefix("\x1bPtmux;").removesuffix("\x1b\\")
    assert inner.replace("\x1b\x1b", "\x1b") == f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\a"


async def test_what_a_terminal_would_drop_is_offered_to_a_file_instead(session, monkeypatch, tmp_path):
    async with operator(session, REFERENCE) as op:
        sent = Sent(op, monkeypatch)
        await op.find("name")
        op.app.post_message(events.Paste("x" * (MOST_FOR_CLIPBOARD + 1)))
        await op.idle()
        await op.press("alt+y")
        op.see("This is too long for a terminal's clipboard")
        await op.type(str(tmp_path / "name.json"))
        await op.press("enter")
        assert sent.texts == []
        assert loads((tmp_path / "name.json").read_bytes()) == "x" * (MOST_FOR_CLIPBOARD + 1)


@pytest.mark.parametrize(
    "value", ["x" * MOST_FOR_CLIPBOARD, "é" * (MOST_FOR_CLIPBOARD // 2), ["x" * (MOST_FOR_CLIPBOARD - 8)]]
)
def test_up_to_what_a_terminal_takes_is_copied_and_no_more(value):
    text = as_copied(value)
    assert text is not None
    assert len(base64.b64encode(text.encode())) <= 74_994
    longer = [value[0] + "x"] if isinstance(value, list) else value + "é"
    assert as_copied(longer) is None


def test_text_that_a_line_cannot_show_is_copied_in_its_spelling_as_json():
    assert as_copied("a\nb") == '"a\\nb"'
    assert as_copied("\ud800") == '"\\ud800"'


async def test_a_value_is_written_to_a_file_of_its_own_and_never_over_another_unasked(session, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "volume.json"
    async with operator(session, REFERENCE) as op:
        await op.find(f"{VOLUME}.name")
        await op.press("escape", "ctrl+p")
        await op.type("write this value")
        await op.press("enter")
        op.see("physical_volumes.json")
        await op.type("volume.json")
        await op.press("enter")
        op.see("Written to volume.json, for you alone to read.")
        volume = op.document.value(("target_server", "disks", 0, "physical_volumes", 1))
        assert loads(file.read_bytes()) == volume
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        file.write_text("somebody else's")
        await op.press("alt+w")
        await op.type("volume.json")
        await op.press("enter")
        op.see("is there already. Replace it?")
        await op.press("n")
        assert file.read_text() == "somebody else's"
        await op.press("alt+w")
        await op.type("volume.json")
        await op.press("enter", "y")
        assert loads(file.read_bytes()) == volume


async def test_a_file_that_cannot_be_written_is_one_sentence(session, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with operator(session, REFERENCE) as op:
        await op.press("alt+w")
        await op.type("no/such.json")
        await op.press("enter")
        op.see("Cannot write no/such.json: No such file or directory.")
        await op.press("alt+w")
        await op.type("~nobody-here/x.json")
        await op.press("enter")
        op.see("Cannot write ~nobody-here/x.json: No such file or directory.")


async def test_in_a_directory_that_is_named_the_file_has_the_name_it_was_offered(session, tmp_path):
    async with operator(session, REFERENCE) as op:
        await op.press("down", "down", "alt+w")
        op.see("source_server.json")
        await op.type(str(tmp_path))
        await op.press("enter")
        assert [file.name for file in tmp_path.iterdir()] == ["source_server.json"]


def test_a_file_is_private_even_where_others_could_read_the_one_it_replaces(tmp_path: Path):
    file = tmp_path / "value.json"
    file.write_text("old")
    file.chmod(0o644)
    with pytest.raises(FileExistsError):
        write_text(file, "1")
    write_text(file, "[1]", replace=True)
    assert file.read_text() == "[1]\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_a_change_under_review_goes_out_as_a_command_to_the_clipboard_or_a_file(session, monkeypatch, tmp_path):
    monkeypatch.setattr(session, "_endpoint", "https://sms.cn-north-4.myhuaweicloud.com")
    async with operator(session, REFERENCE) as op:
        sent = Sent(op, monkeypatch)
        await op.find("speed_limit")
        await op.type("50")
        await op.press("ctrl+s", "alt+o")
        op.see("The change for other tools", "c curl", "k KooCLI", "p Python")
        await op.press("c")
        op.see("curl --request PUT", '{"speed_limit":50}', "y copy")
        await op.press("y")
        (command,) = sent.texts
        assert command.startswith('curl --request PUT --header "X-Auth-Token: $SMS_TUI_TOKEN"')
        file = tmp_path / "change"
        await op.press("alt+o", "d", "w", "ctrl+a")
        await op.type(str(file))
        await op.press("enter")
        op.see("Review")
        assert file.read_text() == "@@ speed_limit @@\n-0\n+50\n"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_a_long_text_is_scrolled_and_what_can_be_done_with_it_stays_in_sight(session, monkeypatch):
    monkeypatch.setattr(session, "_endpoint", "https://sms.cn-north-4.myhuaweicloud.com")
    async with operator(session, REFERENCE, size=(80, 24)) as op:
        await op.find("target_server.disks[0].size")
        await op.type("41G")
        await op.press("ctrl+s", "alt+o", "p")
        op.see('"""Update a migration task', "y copy · w write to a file · Esc leaves")
        await op.press("end")
        op.see("client.update_task", "y copy · w write to a file · Esc leaves")


async def test_a_change_of_the_demo_goes_out_in_every_form_with_a_variable_for_the_address(session, monkeypatch):
    async with operator(session, REFERENCE) as op:
        sent = Sent(op, monkeypatch)
        await op.find("speed_limit")
        await op.type("50")
        await op.press("ctrl+s", "alt+o")
        op.see("so does the address", "d diff", "c curl", "k KooCLI", "p Python")
        await op.press("c")
        op.see('"${SMS_TUI_ENDPOINT}/v3/tasks/')
        await op.press("y", "alt+o", "d", "y")
        assert sent.texts[1:] == ["@@ speed_limit @@\n-0\n+50"]


async def test_a_change_of_a_file_is_for_no_service_and_goes_out_as_a_diff_alone(tmp_path, monkeypatch):
    file = tmp_path / "task.json"
    file.write_text('{"speed_limit": 0}')
    async with operator(FileSession(file)) as op:
        sent = Sent(op, monkeypatch)
        await op.find("speed_limit")
        await op.type("50")
        await op.press("ctrl+s", "alt+o")
        op.see("@@ speed_limit @@", "y copy")
        await op.press("y")
        assert sent.texts == ["@@ speed_limit @@\n-0\n+50"]
