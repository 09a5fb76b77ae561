"""The outline of the task on the left of the editor."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TYPE_CHECKING, ClassVar, cast

from rich.cells import cell_len
from rich.style import Style
from textual.binding import Binding, BindingType

from sms_tui.language import N_, _
from sms_tui.schema.paths import Path
from sms_tui.schema.registry import ROOT as ROOT_KIND
from sms_tui.schema.registry import kind
from sms_tui.ui.marks import Marks
from sms_tui.ui.plain.words import listed, placed, sign_words, spoken
from sms_tui.ui.text import printable
from sms_tui.ui.tree.nodes import LONG, ROOT, Key, Node, Outline, keys_to, label
from sms_tui.ui.widgets.entries import EntryRows
from sms_tui.ui.widgets.painted import Part, fitted

if TYPE_CHECKING:
    from sms_tui.document.document import Document
    from sms_tui.ui.widgets.lines import Line

_OPEN_AT_FIRST: frozenset[Key] = frozenset(
    {
        ROOT.key,
        ("task", "source_server"),
        ("task", "source_server", "disks"),
        ("task", "target_server"),
        ("task", "target_server", "disks"),
    }
)

_SERVICE_HELP = N_(
    "Fields that the service keeps itself, such as dates, speed and state. They can be edited "
    "after one question, are sent only if you edit them, and the service may overwrite them."
)


class TaskTree(EntryRows):
    """The task as a tree. Holds which nodes are open and where the cursor is, nothing of the task.

    `follow` is called with the node under the cursor whenever it changes, `enter` when its form is asked for.
    """

    KEYS_WORK: ClassVar[str] = N_("In the tree")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "unfold", N_("Open the node, or go into it"), show=False, id="unfold"),
        Binding("left", "fold", N_("Close the node, or go to its parent"), show=False, id="fold"),
        Binding("space", "switch", N_("Open or close the node"), show=False, id="fold_or_unfold"),
        Binding("enter", "enter", N_("Go to the form"), show=False),
        Binding("e", "screen.edit_outside", N_("Edit the node as JSON in $EDITOR"), id="edit_outside"),
        Binding("y", "screen.copy_value", N_("Copy the value, or all below it as JSON"), id="copy_value_short"),
        Binding("Y", "screen.copy_path", N_("Copy the path"), id="copy_path_short"),
        Binding("M", "screen.mirror", N_("Mirror the source's disks onto the target, shown first"), id="mirror"),
        Binding(
            "P",
            "screen.placements",
            N_("Where each source disk goes, and where its target disk falls short"),
            id="placements",
        ),
        Binding("t", "screen.table", N_("Show the list as a table"), id="table_short"),
        Binding("n", "screen.next_hit(1)", N_("Next match of what was found last"), id="next_match_short"),
        Binding("N", "screen.next_hit(-1)", N_("Previous match"), id="previous_match_short"),
        Binding("z", "fold_siblings", N_("Close this node and its siblings"), id="fold_siblings"),
        Binding("Z", "fold_all", N_("Close everything"), id="fold_all"),
        Binding("p", "parent", N_("Go to the parent"), show=False, id="parent"),
        Binding("right_square_bracket", "sibling(1)", N_("Go to the next sibling"), show=False, id="next_sibling"),
        Binding(
            "left_square_bracket", "sibling(-1)", N_("Go to the previous sibling"), show=False, id="previous_sibling"
        ),
    ]

    def __init__(
        self,
        document: Document,
        marks: Marks,
        *,
        follow: Callable[[Node], None],
        enter: Callable[[], None],
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._document, self._marks = document, marks
        self._follow, self._enter = follow, enter
        self._opened: set[Key] = {key for key in _OPEN_AT_FIRST if not _is_long(document, key)}
        self._seen = Outline(document.current, self._opened)
        self._followed: Key = ()

    @property
    def node(self) -> Node:
        """The node under the cursor."""
        return self._seen[min(self.cursor, len(self._seen) - 1)]

    def row_path(self, index: int) -> Path:
        return self._seen[index].path

    def mark_key(self, index: int) -> Key | None:
        return self._seen[index].key if self._seen[index].sort == "entry" else None

    def row_of_mark(self, key: Hashable) -> int | None:
        return self._seen.row_of(cast(Key, key))

    def read(self) -> None:
        """Take the nodes anew from the document; the cursor stays on its node, or where it was."""
        key = self.node.key
        self._rebuild(key)

    def go_to(self, path: Path, *, service: bool = False) -> None:
        """Open what is closed above a path and put the cursor on the nearest node."""
        keys = keys_to(self._document.current, path)
        self._opened.update(keys[:-1])
        self._rebuild(("service",) if service else keys[-1])

    def _rebuild(self, key: Key) -> None:
        self._seen = Outline(self._document.current, self._opened)
        self._marked = {kept for kept in self._marked if self.row_of_mark(kept) is not None}  # unseen is not meant
        index = self._seen.row_of(key)
        self.rows_changed()
        self.cursor = self.cursor if index is None else index

    def help_lines(self) -> Iterable[Line]:
        """What the node under the cursor is."""
        from sms_tui.ui.helping import place_lines

        if self.node.sort == "service":
            return [[(_("Kept by the service"), "heading")], [(_(_SERVICE_HELP), "")]]
        return place_lines(self._document, self.node.path)

    # Rows

    def row_count(self) -> int:
        return len(self._seen)

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        node = self._seen[index]
        sign = self._sign(node)
        name, amount = map(printable, label(self._document.current, node))
        arrow = ("▾ " if node.key in self._opened else "▸ ") if node.opens else "  "
        star = "*" if self.is_marked(index) else " "
        text = f"{star}{' ' * (2 * node.depth)}{arrow}{name}"
        room = max(0, width - len(sign) - 1)
        if amount and cell_len(text) + 1 + cell_len(amount) <= room:
            text = fitted(text, room - cell_len(amount)) + amount
        elif amount:
            text = fitted(f"{text} {amount}", room)
        else:
            text = fitted(text, room)
        dim = node.sort in ("list", "object") and amount in (_("absent"), "null")
        yield text, self.named_style("dim") if dim else None
        yield " " + sign[0], self._mark_style(sign[0])
        yield sign[1], self.named_style("changed")

    def said(self) -> str:
        level = _("level {depth}").format(depth=self.node.depth + 1)
        return placed(listed([self.sentence(self.cursor).strip(), level]), self.cursor, len(self._seen))

    def sentence(self, index: int) -> str:
        node = self._seen[index]
        is_open = _("open") if node.key in self._opened else _("closed")
        marked = [_("marked")] if self.is_marked(index) else []
        name = spoken(" ".join(map(printable, label(self._document.current, node))))
        indent = "  " * node.depth
        return indent + listed([name, is_open if node.opens else "", *sign_words(self._sign(node)), *marked])

    def _sign(self, node: Node) -> str:
        if node.sort != "service":
            return self._marks.sign(node.path)
        owned = [spec.name for spec in kind(ROOT_KIND).fields.values() if spec.owner == "service" and spec.of is None]
        signs = [self._marks.sign((name,)) for name in owned]
        finding = next((sign for sign in "✗!" if any(sign in own for own in signs)), " ")
        return finding + ("●" if any("●" in own for own in signs) else " ")

    def _mark_style(self, sign: str) -> Style:
        return self.named_style("error" if sign == "✗" else "warning")

    def cursor_moved(self, old: int, new: int) -> None:
        if self.node.key != self._followed:
            self._followed = self.node.key
            self._follow(self.node)

    def activated(self, index: int) -> None:
        self.action_switch()

    # Folding

    def action_unfold(self) -> None:
        node = self.node
        if node.opens and node.key not in self._opened:
            self._opened.add(node.key)
            self._rebuild(node.key)
        elif node.opens:
            self.action_move(1)

    def action_fold(self) -> None:
        node = self.node
        if node.opens and node.key in self._opened:
            self._opened.discard(node.key)
            self._rebuild(node.key)
        else:
            self.action_parent()

    def action_parent(self) -> None:
        self.cursor = self._seen.row_of(self.node.key[:-1]) or 0

    def action_sibling(self, step: int) -> None:
        """Go to the next node under the same parent, over what is open in between; stay where there is none."""
        depth, at = self.node.depth, self.cursor + step
        while 0 <= at < len(self._seen) and self._seen[at].depth > depth:
            at += step
        if 0 <= at < len(self._seen) and self._seen[at].depth == depth:
            self.cursor = at

    def action_fold_all(self) -> None:
        """Close everything but the task itself."""
        self._opened = {ROOT.key}
        self._rebuild(self.node.key[:2])

    def action_fold_siblings(self) -> None:
        """Close this node and all others under the same parent."""
        key = self.node.key
        self._opened = {
            opened for opened in self._opened if opened[: len(key) - 1] != key[:-1] or len(opened) < len(key)
        }
        self._rebuild(key)

    def action_switch(self) -> None:
        if self.node.key in self._opened:
            self.action_fold()
        elif self.node.opens:
            self.action_unfold()

    def action_enter(self) -> None:
        self._enter()


def _is_long(document: Document, key: Key) -> bool:
    value = document.value(tuple(str(step) for step in key[1:]))
    return isinstance(value, list) and len(value) > LONG
