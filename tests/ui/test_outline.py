"""The rows of the tree and of the form, short lists and very long ones."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sms_tui.ui.forms.rows import form_rows
from sms_tui.ui.tree.nodes import LONG, ROOT, Node, Outline, children, keys_to

TARGETS = ("task", "target_server", "disks")
MANY = LONG + 500


def task_of(disks: int):
    volumes = [{"name": "C:"}, {"name": "D:"}]
    return {"target_server": {"disks": [{"name": f"Disk {at}", "physical_volumes": volumes} for at in range(disks)]}}


LARGE = task_of(MANY)
ABOVE = {ROOT.key, TARGETS[:2], TARGETS}


@given(st.sets(st.integers(0, MANY - 1), max_size=5))
def test_a_long_list_is_seen_as_one_whose_nodes_are_all_made(places):
    seen = Outline(LARGE, ABOVE | {(*TARGETS, place) for place in places})
    expected = []
    for place in range(MANY):
        expected.append(("target_server", "disks", place))
        if place in places:
            expected += [("target_server", "disks", place, "physical_volumes", volume) for volume in range(2)]
    first = seen.row_of((*TARGETS, 0))
    assert first is not None
    assert [seen[row].path for row in range(first, first + len(expected))] == expected
    assert [node.path for node in seen] == [seen[row].path for row in range(len(seen))]


@given(st.sets(st.integers(0, MANY - 1), max_size=5), st.data())
def test_every_row_is_found_by_its_key(places, data):
    seen = Outline(LARGE, ABOVE | {(*TARGETS, place) for place in places})
    row = data.draw(st.integers(0, len(seen) - 1))
    assert seen.row_of(seen[row].key) == row
    assert seen.row_of((*TARGETS, MANY)) is None


def test_no_node_of_a_long_list_is_made_before_it_is_asked_for(monkeypatch):
    made = []
    real = Node.__new__

    def counted(sort, *values):
        made.append(values[1])
        return real(sort, *values)

    monkeypatch.setattr(Node, "__new__", counted)
    seen = Outline(LARGE, ABOVE)
    assert len(seen) > MANY
    assert len(made) < 50
    assert keys_to(LARGE, ("target_server", "disks", MANY - 1, "physical_volumes", 1))[-2] == (*TARGETS, MANY - 1)
    assert len(made) < 100


def test_the_form_of_a_long_list_links_to_each_entry():
    node = next(node for node in Outline(LARGE, ABOVE) if node.key == TARGETS)
    rows = form_rows(LARGE, node)
    assert len(rows) == MANY == len(children(LARGE, node))
    assert (rows[MANY - 1].name, rows[MANY - 1].path) == (f"Disk {MANY - 1}", ("target_server", "disks", MANY - 1))
    assert [row.sort for row in rows] == ["link"] * MANY
