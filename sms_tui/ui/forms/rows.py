"""The rows of a node's form, from the schema and from what is there. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from sms_tui.document.identity import entry_name
from sms_tui.exactjson import Json
from sms_tui.language import _
from sms_tui.schema.paths import ABSENT, Path, value_at
from sms_tui.schema.registry import FieldSpec, KindSpec, kind_at
from sms_tui.ui.tree.nodes import Node

RowSort = Literal["field", "link", "unknown", "heading", "note", "finding"]


class Row(NamedTuple):
    """One line of a form: a field to edit, a link to a list or object below, an unknown key, or words."""

    sort: RowSort
    name: str
    path: Path = ()
    spec: FieldSpec | None = None

    @property
    def rests(self) -> bool:
        """Whether the cursor may stand here."""
        return self.sort in ("field", "link", "unknown")


class Form:
    """The rows of a form: `head`, then a link to each of `entries`, made when it is painted."""

    def __init__(self, head: list[Row], path: Path = (), entries: Sequence[Json] = ()) -> None:
        self.head, self._path, self._values = head, path, entries

    def __len__(self) -> int:
        return len(self.head) + len(self._values)

    def __getitem__(self, at: int) -> Row:
        if at < len(self.head):
            return self.head[at]
        place = at - len(self.head)
        return Row("link", entry_name(self._values[place], place), (*self._path, place))

    def __iter__(self) -> Iterator[Row]:
        return (self[at] for at in range(len(self)))


def form_rows(task: Json, node: Node) -> Form:
    """The form of a node: the operator's fields, then the service's, then keys the reference does not know."""
    value = value_at(task, node.path)
    kind = kind_at(node.path)
    if node.sort == "service" and kind is not None:
        asks = Row("note", _("Kept by the service. Changing these asks first."))
        return Form([asks, *_fields(kind, node.path, "service")])
    if isinstance(value, list):
        return Form(
            [] if value else [Row("note", _("[] is an empty list. In the tree, a adds an entry."))], node.path, value
        )
    if not isinstance(value, dict) or kind is None:
        return Form([_nothing(node, value is ABSENT, value is None)])
    rows = list(_fields(kind, node.path, "operator"))
    if node.sort != "task" and (kept := list(_fields(kind, node.path, "service"))):
        rows += [Row("heading", _("Kept by the service")), *kept]
    if unknown := [key for key in value if key not in kind.fields]:
        never, as_is = _("Not in the reference: shown, never sent"), _("Not in the reference: sent as they came")
        rows.append(Row("heading", never if node.sort == "task" else as_is))
        rows += [Row("unknown", key, (*node.path, key)) for key in unknown]
    return Form(rows)


def _fields(kind: KindSpec, path: Path, owner: str) -> Iterator[Row]:
    for spec in kind.fields.values():
        if spec.owner == owner:
            yield Row("field" if spec.of is None else "link", spec.name, (*path, spec.name), spec)


def _nothing(node: Node, absent: bool, null: bool) -> Row:
    if absent or null:
        what = _("absent") if absent else "null"
        return Row("note", _("{what}. In the tree, a makes a new one.").format(what=what))
    return Row("note", _("Not of the sort the reference expects; kept as it came."))
