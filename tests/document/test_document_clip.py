"""Copy, cut and paste."""

from __future__ import annotations

import pytest
from arrange_material import DISKS, FULL_TASKS, IDENTIFYING, entries_of, lists_of, marks, names, told_apart, volume
from document_material import TASKS
from hypothesis import assume, given
from hypothesis import strategies as st

from sms_tui.document.arrange import delete_all
from sms_tui.document.carry import carried
from sms_tui.document.clip import copy, cut, paste, paste_path
from sms_tui.document.document import Document
from sms_tui.document.edits import EditError, SetValue
from sms_tui.exactjson import Json, dumps
from sms_tui.schema.checks.checker import check
from sms_tui.schema.paths import ABSENT, Path, value_at
from sms_tui.schema.registry import kind, kind_at

TARGET = ("target_server",)
VOLUMES = (*DISKS, 0, "physical_volumes")
SOURCE_DISKS = ("source_server", "disks")


@pytest.fixture
def document(example) -> Document:
    return Document(example)


def lettered(*disks: str) -> Document:
    """A task whose target has disks with volumes called by single letters."""
    entries: list[Json] = [
        {"name": str(at), "physical_volumes": [{"name": v} for v in d]} for at, d in enumerate(disks)
    ]
    return Document({"target_server": {"disks": entries}})


def letters(document: Document) -> list[str]:
    return ["".join(names(document, (*DISKS, at, "physical_volumes"))) for at in range(len(document.value(DISKS)))]


# Anything, anywhere


@given(st.data(), FULL_TASKS | TASKS, st.booleans())
def test_a_paste_is_one_edit_that_undo_takes_back_exactly_or_refused_with_nothing_changed(data, task, is_cut):
    assume(entries_of(task))
    document = Document(task)
    assert document.findings is not None  # so that the checks have to follow the edit
    at = data.draw(st.sampled_from([*entries_of(task), *lists_of(task), ("source_server",), TARGET, ()]))
    try:
        clip = (cut if is_cut else copy)(document, data.draw(marks(task)))
        assert document.current is document.base
        paste(document, clip, at)
    except EditError:
        assert document.current is document.base
        return
    assert [finding.problem for finding in document.findings] == check(document.current)
    done = dumps(document.current)
    document.undo()
    assert dumps(document.current) == dumps(task)
    assert document.undo() is None
    document.redo()
    assert dumps(document.current) in (done, dumps(task))


FAMILIES = [
    ("ServerDisk", "TargetDisk"),
    ("TargetDisk", "ServerDisk"),
    ("PhysicalVolume", "TargetPhysicalVolumes"),
    ("TargetPhysicalVolumes", "LogicalVolumes"),
    ("LogicalVolumes", "PhysicalVolume"),
]


@given(st.data(), FULL_TASKS, st.sampled_from(FAMILIES), st.booleans())
def test_across_kinds_exactly_the_common_fields_come_along_and_the_rest_is_named(data, task, kinds, is_cut):
    from_kind, to_kind = kinds
    assume(any(kind_at(path).name == from_kind for path in entries_of(task)))
    places = [path for path in [*entries_of(task), *lists_of(task)] if _kind_of_entries(path) == to_kind]
    assume(places)
    document = Document(task)
    clip = (cut if is_cut else copy)(document, data.draw(marks(task, from_kind)))
    done = paste(document, clip, data.draw(st.sampled_from(places)))
    common = kind(from_kind).fields.keys() & kind(to_kind).fields.keys()
    for path, before in zip(done.paths, clip.entries, strict=True):
        now = document.value(path)
        assert told_apart(document.current, path)
        assert {name for name in now if name not in IDENTIFYING} == {
            name for name in before if name in common and name not in IDENTIFYING
        }
        assert all(same_or_distinct(name, now[name], before[name]) for name in now)
        assert {name for name in done.dropped.get(path, ()) if "." not in name} == before.keys() - common
        assert list(now) == [name for name in before if name in now]


def _kind_of_entries(path: Path) -> str | None:
    """The kind of an entry, or of the entries of a list."""
    known = kind_at(path if isinstance(path[-1], int) else (*path, 0))
    return known.name if known is not None else None


def same_or_distinct(name: str, now: Json, before: Json) -> bool:
    return name in (*IDENTIFYING, "physical_volumes") or (now == before and type(now) is type(before))


@given(FULL_TASKS, st.sampled_from([copy, cut]))
def test_what_nobody_there_has_comes_along_unchanged(task, act):
    disks = task["source_server"]["disks"]
    assume(disks)
    volumes = [{**v, "name": f"v{at}", "uuid": f"u{at}"} for at, v in enumerate(disks[0].get("physical_volumes", []))]
    disk = {**disks[0], "physical_volumes": volumes}
    document = Document({"source_server": {"disks": [disk]}, "target_server": {}})
    done = paste(document, act(document, [(*SOURCE_DISKS, 0)]), TARGET)
    entry, dropped = carried(disk, "ServerDisk", "TargetDisk")
    assert document.value(DISKS) == [entry]
    assert document.value(SOURCE_DISKS) == ([disk] if act is copy else [])
    assert done.dropped == ({done.paths[0]: dropped} if dropped else {})


@given(st.data(), FULL_TASKS)
def test_cut_and_pasted_within_one_list_entries_say_the_same_and_only_move(data, task):
    assume(entries_of(task))
    document = Document(task)
    list_path = data.draw(st.sampled_from([path for path in lists_of(task) if value_at(task, path)]))
    entries = value_at(task, list_path)
    marked = data.draw(st.lists(st.integers(0, len(entries) - 1), min_size=1, unique=True))
    at = data.draw(st.integers(0, len(entries) - 1))
    done = paste(document, cut(document, [(*list_path, index) for index in marked]), (*list_path, at))
    kept = [index for index in range(len(entries)) if index not in marked]
    place = sum(index <= at for index in kept)
    order = [*kept[:place], *sorted(marked), *kept[place:]]
    assert document.value(list_path) == [entries[was] for was in order]
    assert [path[-1] for path in done.paths] == list(range(place, place + len(marked)))


# By example


def test_a_volume_moves_to_another_disk_with_its_id_as_one_edit():
    document = lettered("abc", "d")
    document.apply("id", SetValue((*volume(0, 1), "id"), 7))
    clip = cut(document, [volume(0, 1), volume(0, 0)])
    assert (clip.title, clip.of) == ("2 target volumes", "TargetPhysicalVolumes")
    done = paste(document, clip, (*DISKS, 1))
    assert letters(document) == ["c", "dab"]
    assert document.value(done.paths[1]) == {"name": "b", "id": 7}
    assert done.label == "paste 2 target volumes"
    document.undo()
    assert letters(document) == ["abc", "d"]


def test_entries_of_several_parents_come_together_where_they_are_pasted():
    document = lettered("abc", "def")
    done = paste(document, cut(document, [volume(1, 2), volume(0, 0), volume(1, 0)]), volume(1, 1))
    assert letters(document) == ["bc", "edfa"]
    assert done.paths == (volume(1, 1), volume(1, 2), volume(1, 3))


def test_undo_of_a_cut_entry_leads_back_to_where_it_was():
    document = lettered("abc", "d")
    paste(document, cut(document, [volume(0, 1)]), volume(1, 0))
    undone, again = document.undo(), document.redo()
    assert undone is not None
    assert undone.path == volume(0, 1)
    assert again is not None
    assert again.path == volume(1, 1)


def test_a_copy_has_no_id_a_free_index_and_a_name_of_its_own_and_can_be_pasted_again(document):
    clip = copy(document, [(*VOLUMES, 0)])
    for _ in range(2):
        paste(document, clip, (*VOLUMES, 0))
    assert names(document, VOLUMES) == ["Z:", "E:", "D:", "Y:"]
    assert [entry["index"] for entry in document.value(VOLUMES)] == [1, 4, 3, 2]
    assert ["id" in entry for entry in document.value(VOLUMES)] == [True, False, False, True]
    assert ["uuid" in entry for entry in document.value(VOLUMES)] == [True, False, False, True]


def test_a_cut_that_changes_nothing_is_no_edit():
    document = lettered("abc")
    done = paste(document, cut(document, [volume(0, 1)]), volume(0, 0))
    assert done.paths == (volume(0, 1),)
    assert document.undo() is None


def test_what_was_cut_is_pasted_once():
    document = lettered("ab", "c", "d")
    clip = cut(document, [volume(0, 0)])
    paste(document, clip, (*DISKS, 1))
    before = document.current
    with pytest.raises(EditError, match="a changed or moved since it was cut; cut it again"):
        paste(document, clip, (*DISKS, 2))
    assert document.current is before


def test_what_was_cut_and_changed_since_stays_as_it_is():
    document = lettered("ab", "c")
    clip = cut(document, [volume(0, 0)])
    document.apply("size", SetValue((*volume(0, 0), "size"), 5))
    with pytest.raises(EditError, match="cut it again"):
        paste(document, clip, (*DISKS, 1))
    document.undo()
    paste(document, clip, (*DISKS, 1))
    assert letters(document) == ["b", "ca"]


def test_a_disk_of_the_target_becomes_one_of_the_source_and_what_it_cannot_keep_is_named(document):
    done = paste(document, copy(document, [(*DISKS, 0)]), ("source_server",))
    assert done.paths == ((*SOURCE_DISKS, 0),)
    pasted = document.value(done.paths[0])
    assert list(pasted) == [
        "name", "relation_name", "partition_style", "size", "used_size", "device_use", "os_disk", "physical_volumes",
    ]  # fmt: skip
    assert pasted["physical_volumes"][0] == {
        "uuid": "\\\\?\\Volume{586b7157-0000-0000-0000-100000000000}\\",
        "index": 1,
        "name": "Z:",
        "device_use": "BOOT",
        "file_system": "NTFS",
        "mount_point": None,
        "size": 524288000,
        "used_size": 410275840,
    }
    assert done.dropped[done.paths[0]] == (
        "id", "disk_id", "physical_volumes.id", "physical_volumes.relation_name", "physical_volumes.free_size",
        "disk_index",
    )  # fmt: skip
    document.undo()
    assert document.value(SOURCE_DISKS) is ABSENT


def test_what_the_other_kind_forbids_comes_along_and_the_checks_report_it():
    document = Document({"source_server": {"disks": []}, "target_server": {"disks": [{"device_use": "NORMAL"}]}})
    (path,) = paste(document, copy(document, [(*DISKS, 0)]), SOURCE_DISKS).paths
    assert document.value(path) == {"device_use": "NORMAL"}
    assert any(finding.path == (*path, "device_use") and finding.blocks for finding in document.findings)


def test_a_field_that_only_one_kind_knows_is_left_behind_even_if_the_entry_has_it():
    assert carried({"id": 5, "name": "x", "new": 1}, "ServerDisk", "TargetDisk") == ({"name": "x"}, ("id", "new"))
    assert carried({"id": 5, "new": 1}, "TargetDisk", "TargetDisk") == ({"id": 5, "new": 1}, ())
    assert carried("text", "ServerDisk", "TargetDisk") == ("text", ())


@pytest.mark.parametrize(
    ("at", "there"),
    [
        ((*DISKS, 0), (*VOLUMES, 2)),
        (VOLUMES, (*VOLUMES, 2)),
        ((*VOLUMES, 0), (*VOLUMES, 1)),
        (("target_server", "volume_groups", 0), ("target_server", "volume_groups", 0, "logical_volumes", 0)),
        (("source_server", "disks", 0), ("source_server", "disks", 0, "physical_volumes", 0)),
    ],
)
def test_where_a_volume_would_be_pasted(document, at, there):
    document.apply("group", SetValue((*TARGET, "volume_groups"), [{"logical_volumes": None}]))
    document.apply("disk", SetValue(SOURCE_DISKS, [{}]))
    clip = copy(document, [(*VOLUMES, 0)])
    assert paste_path(document, clip, at) == there
    assert paste(document, clip, at).paths == (there,)


@pytest.mark.parametrize("at", [(), TARGET, DISKS, ("sub_tasks", 0), ("name",), (*VOLUMES, 0, "size"), ("unknown", 0)])
def test_where_a_volume_cannot_be_pasted_the_reason_says_where_it_can(document, at):
    clip = copy(document, [(*VOLUMES, 0)])
    with pytest.raises(
        EditError, match=r"^Z: cannot be pasted here; go to a list of target volumes or logical volumes"
    ):
        paste(document, clip, at)
    assert document.current is document.base


@pytest.mark.parametrize("at", [(*DISKS, 1), ("target_server", "volume_groups", 0), (*DISKS, 0)])
def test_nothing_is_pasted_into_what_is_not_there_or_holds_no_list(at):
    document = Document({"source_server": {"disks": [{"physical_volumes": [{}]}]}, "target_server": {"disks": ["x"]}})
    clip = copy(document, [(*SOURCE_DISKS, 0, "physical_volumes", 0)])
    with pytest.raises(EditError, match="holds no list to paste into"):
        paste(document, clip, at)
    assert document.current is document.base


@pytest.mark.parametrize("paths", [[(*DISKS, 0), ("sub_tasks", 0)], [(*VOLUMES, 0), ("sub_tasks", 0)]])
def test_only_entries_of_one_kind_are_copied_together(document, paths):
    with pytest.raises(EditError, match="Mark entries of one kind to copy them"):
        copy(document, paths)
    with pytest.raises(EditError, match="Mark entries of one kind to cut them"):
        cut(document, paths)


def test_a_volume_marked_along_with_its_disk_is_not_copied_twice(document):
    assert copy(document, [(*VOLUMES, 0), (*DISKS, 0), (*VOLUMES, 1)]).sources == ((*DISKS, 0),)


def test_a_full_list_takes_no_paste_but_lets_its_own_entries_move():
    volumes: list[Json] = [{"name": f"lv{number}"} for number in range(255)]
    groups: list[Json] = [{"logical_volumes": volumes}, {"logical_volumes": [{"name": "other"}]}]
    document = Document({"target_server": {"volume_groups": groups}})
    full = (*TARGET, "volume_groups", 0, "logical_volumes")
    for act in (copy, cut):
        clip = act(document, [(*TARGET, "volume_groups", 1, "logical_volumes", 0)])
        with pytest.raises(EditError, match="logical_volumes is full: 255 entries is the most"):
            paste(document, clip, (*full, 0))
        assert document.current is document.base
    paste(document, cut(document, [(*full, 254)]), (*full, 0))
    assert names(document, full)[:3] == ["lv0", "lv254", "lv1"]
    delete_all(document, [(*full, 7)])  # lv6
    paste(document, copy(document, [(*full, 0)]), (*full, 0))
    assert names(document, full)[:2] == ["lv0", "lv6"]


def test_a_list_that_came_too_long_can_still_be_put_in_order():
    document = Document(
        {"target_server": {"volume_groups": [{"logical_volumes": [{"name": str(n)} for n in range(256)]}]}}
    )
    list_path = (*TARGET, "volume_groups", 0, "logical_volumes")
    paste(document, cut(document, [(*list_path, 0)]), (*list_path, 255))
    assert names(document, list_path) == [*map(str, range(1, 256)), "0"]
    with pytest.raises(EditError, match="is full"):
        paste(document, copy(document, [(*list_path, 0)]), list_path)


def test_a_network_card_goes_to_the_other_server_as_another_card_with_the_same_addresses():
    card: Json = {"id": "n", "name": "eth0", "mac": "fa:16:3e:12:34:56", "ip": "10.0.0.2"}
    document = Document({"source_server": {"networks": [card]}, "target_server": {"networks": None}})
    paste(document, copy(document, [("source_server", "networks", 0)]), (*TARGET, "networks"))
    assert document.value((*TARGET, "networks")) == [{"name": "eth0", "mac": "fa:16:3e:12:34:56", "ip": "10.0.0.2"}]
    paste(document, cut(document, [("source_server", "networks", 0)]), (*TARGET, "networks", 0))
    assert document.value((*TARGET, "networks", 1)) == {"id": "n", "name": "eth1", "mac": None, "ip": None}
