"""All problems of a task, kept up to date while the task is edited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import compress, islice
from operator import is_not

from sms_tui.ends import same_ends
from sms_tui.exactjson import Json
from sms_tui.schema import registry
from sms_tui.schema.checks import listing, siblings
from sms_tui.schema.checks.derived import derived_findings, has_rules
from sms_tui.schema.checks.fields import own_findings
from sms_tui.schema.checks.pairing import Pairing
from sms_tui.schema.checks.tree import Fields, ListNode, Node, ObjectNode
from sms_tui.schema.paths import Path
from sms_tui.schema.problems import Problem, Severity

_AT_ONCE = 256
"""Entries of a list that one step of the full check takes up."""


class Checker:
    """The problems of one task. After an edit, `recheck` looks only at what the edit can have changed.

    Three things are renewed: what an object shows by itself, the indexes of the lists it is in, and the rules that
    read those indexes. Only what the schema knows is followed.
    """

    def __init__(self, task: Json, *, begun: bool = False) -> None:
        """With `begun` nothing is looked at yet: `work` does that in pieces, and `recheck` must wait for it."""
        self._root = ObjectNode(None, "", registry.ROOT, task)
        self._pairing = Pairing(self._root, self._touch)
        self._gone: list[ObjectNode | ListNode] = []
        self._changed: list[tuple[ObjectNode, Json]] = []
        self._unbuilt: list[ObjectNode | ListNode] = [self._root]
        self._moved: list[Iterator[ObjectNode]] = []
        self._stale: dict[Node, None] = {}
        self._problems: Sequence[Problem] | None = None
        self._left = self._work()
        self._is_first = True
        self.done = False
        """Whether all was looked at."""
        if not begun:
            self.work()

    def work(self, steps: int | None = None) -> None:
        """Go on checking for so many small steps, or to the end. What was found so far can be asked for."""
        self._problems = None
        taken = sum(1 for _ in islice(self._left, steps))
        self.done = self.done or steps is None or taken < steps

    def recheck(self, task: Json, touched: Path, steps: int | None = None) -> None:
        """Take over the task after an edit, which must wait until all is `done`; what takes more than so many steps is
        left to `work`.

        At `touched` a value was set, inserted or removed, or it is an object or list in which anything changed. What
        was not edited must be the same objects as before. An edit below a list costs the depth of the path, one that
        inserts, removes or moves entries at most the length of the list and what changed in it.
        """
        self._update(self._root, task, touched)
        self._left, self._is_first, self.done = self._work(), False, False
        self.work(steps)

    @property
    def problems(self) -> Sequence[Problem]:
        """All problems, in the order of the task."""
        if self._problems is None:
            self._problems = tuple(listing.within(self._root, ()))
        return self._problems

    def listed(self) -> Iterator[Problem]:
        """The same one by one, for who has not the time for all; once they are through, `problems` has them."""
        listed: list[Problem] = []
        for problem in listing.within(self._root, ()):
            listed.append(problem)
            yield problem
        self._problems = listed

    def nth(self, number: int, path: Path = ()) -> Problem:
        """One of all problems, or of those kept with an object or list and below, counted from 0, without a list of
        them. Raises IndexError."""
        node = listing.node_at(self._root, path)
        if node is None:
            raise IndexError(number)
        return listing.nth(node, path, number)

    def before(self, path: Path, within: Path = ()) -> int:
        """How many of those problems come before those of the value at a path, which has some."""
        node = listing.node_at(self._root, within)
        return 0 if node is None else listing.before(node, path[len(within) :])

    def unsound(self, path: Path) -> list[tuple[int, int]]:
        """The places of the entries of a list that have problems in them, and how many each."""
        node = listing.node_at(self._root, path)
        return listing.unsound(node) if isinstance(node, ListNode) else []

    def at(self, path: Path) -> Sequence[Problem]:
        """The problems of the value at a path, without those of the values in it."""
        return listing.at(self._root, path)

    def under(self, path: Path) -> Sequence[Problem]:
        """The problems of the value at a path and of all in it, in the order of the task."""
        return listing.under(self._root, path)

    def count(self, severity: Severity | None = None, path: Path = ()) -> int:
        """How many problems of a severity, or of any, there are at a path and below it; costs the depth of the path."""
        return listing.count(self._root, path, severity)

    def _work(self) -> Iterator[None]:
        """Do what is left to do, a small step at a time."""
        while self._gone or self._changed or self._unbuilt:
            if self._gone:  # first, for they have their old places
                self._drop(self._gone.pop())
            elif self._changed:
                self._update(*self._changed.pop(), ())
            else:
                self._build(self._unbuilt.pop())
            yield
        for server in self._root.fields:  # what a server must have depends on the task and the other server
            self._touch(server)
            for part in server.fields if isinstance(server, ObjectNode) else ():
                self._touch(part)
        while self._moved:
            for disk in self._moved.pop():
                self._touch(disk)
                yield
        while self._stale:
            node, _ = self._stale.popitem()
            if node.parent is not None or node is self._root:
                node.set_derived(derived_findings(node, self._pairing))
            yield

    def _build(self, node: ObjectNode | ListNode) -> None:
        """Fill a new node of the tree; those in it are new too, and wait for their turn in the order of the task."""
        if isinstance(node, ListNode):
            self._fill(node)
        else:
            self._look_at(node, None)
            self._follow_fields(node, ())
        self._touch(node)

    def _fill(self, node: ListNode) -> None:
        """Give a new list its next entries; a long one waits for its turn again, so that no step is a long one."""
        assert isinstance(node.value, list)
        start = len(node.entries)
        added = [
            ObjectNode(node, place, node.kind, value)
            for place, value in enumerate(node.value[start : start + _AT_ONCE], start)
        ]
        node.entries.extend(added)
        if node.groups is None and len(node.entries) > 1:
            siblings.start_groups(node, ())
        if len(node.entries) < len(node.value):
            self._unbuilt.append(node)
        elif not self._is_first:  # in that every disk is looked at anyway
            self._moved.append(self._pairing.moved(node, 0))
        self._unbuilt.extend(reversed(added))

    def _update(self, node: ObjectNode | ListNode, value: Json, touched: Path) -> None:
        """Bring a node and those in it up to date with its new value, given the rest of the path to the edit."""
        old, node.value = node.value, value
        if old is value:
            return
        if isinstance(node, ObjectNode):
            if not _looks_same(old, value):
                self._look_at(node, old if isinstance(old, dict) else None)
            self._follow_fields(node, touched)
        elif isinstance(old, list) and isinstance(value, list):
            place = touched[0] if touched else None
            if isinstance(place, int) and len(old) == len(value) and 0 <= place < len(value):
                self._update(node.entries[place], value[place], touched[1:])
            elif len(old) == len(value):
                changed = [(node.entries[at], value[at]) for at in compress(range(len(value)), map(is_not, old, value))]
                self._changed.extend(reversed(changed))
            else:
                self._splice(node, old, value)
        self._touch(node)

    def _look_at(self, node: ObjectNode, old: Fields | None) -> None:
        node.set_own(own_findings(node.kind, node.value))
        self._entered(node, old, node.value if isinstance(node.value, dict) else None)

    def _entered(self, node: ObjectNode, old: Fields | None, new: Fields | None) -> None:
        siblings.entered(node, old, new)
        self._pairing.entered(node, old, new)

    def _follow_fields(self, node: ObjectNode, touched: Path) -> None:
        value = node.object()
        fields: list[ObjectNode | ListNode] = []
        for name, kind, is_list in _containers(node.kind):
            inner = value.get(name)
            old = node.field(name)
            if isinstance(inner, list if is_list else dict):
                if old is not None:
                    fields.append(old)
                    self._update(old, inner, touched[1:] if touched[:1] == (name,) else ())
                else:
                    fields.append((ListNode if is_list else ObjectNode)(node, name, kind, inner))
                    self._unbuilt.append(fields[-1])
            elif old is not None:
                self._gone.append(old)
        node.fields = tuple(fields)

    def _splice(self, node: ListNode, old: list[Json], new: list[Json]) -> None:
        """Replace the entries between the first and the last that changed, of which there are more or fewer now."""
        start, end = same_ends(old, new)
        if start == end == 0 and len(new) > _AT_ONCE:
            self._gone += node.entries
            node.entries = []
            self._unbuilt.append(node)  # filled like a new one, for that is done in pieces
            return
        present = list(node.entries)
        removed = node.entries[start : len(old) - end]
        added = [ObjectNode(node, place, node.kind, new[place]) for place in range(start, len(new) - end)]
        self._gone += reversed(removed)
        node.entries[start : start + len(removed)] = added
        if len(added) != len(removed):
            for place in range(start + len(added), len(node.entries)):
                node.entries[place].step = place
        if node.groups is None and len(node.entries) > 1:
            siblings.start_groups(node, present)  # even of what is gone: it is taken out by and by
        self._moved.append(self._pairing.moved(node, start))
        self._unbuilt.extend(reversed(added))

    def _drop(self, node: ObjectNode | ListNode) -> None:
        """Take a node out of all indexes and counts, once those in it are."""
        inner: Sequence[ObjectNode | ListNode]
        if isinstance(node, ListNode):
            inner, node.entries = node.entries, []
        else:
            inner, node.fields = node.fields, ()
        if inner:
            self._gone += (node, *reversed(inner))
            return
        if isinstance(node, ListNode):
            self._moved.append(self._pairing.moved(node, 0))
        elif isinstance(node.value, dict):
            self._entered(node, node.value, None)
        node.count(-node.errors, -node.warnings)
        node.parent = None

    def _touch(self, node: Node) -> None:
        """Have the rules that look around renewed for a node and all that contains it."""
        here: Node | None = node
        while here is not None and here not in self._stale:
            if has_rules(here):
                self._stale[here] = None
            here = here.parent


def check(task: Json) -> list[Problem]:
    """All problems of a task, in its order."""
    return list(Checker(task).problems)


@cache
def _containers(kind: str) -> Sequence[tuple[str, str, bool]]:
    """The fields of a kind that hold objects: their names, the kind of the objects, whether they are lists."""
    fields = registry.kind(kind).fields.values()
    return [(spec.name, spec.of, spec.type == "array") for spec in fields if spec.of is not None]


def _looks_same(old: Json, new: Json) -> bool:
    """Whether two objects differ at most inside their objects and lists, which are judged for themselves."""
    if not isinstance(old, dict) or not isinstance(new, dict) or old.keys() != new.keys():
        return False
    return all(value is new[key] or _same_container(value, new[key]) for key, value in old.items())


def _same_container(old: Json, new: Json) -> bool:
    if isinstance(old, list):
        return isinstance(new, list) and len(old) == len(new)
    return isinstance(old, dict) and isinstance(new, dict)
