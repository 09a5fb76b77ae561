"""One task on the screen: the tree on the left, the selected node's form on the right, and moving about in them."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.geometry import Size

from sms_tui.document.document import Document
from sms_tui.language import N_, _
from sms_tui.schema.paths import Path
from sms_tui.schema.registry import field_at
from sms_tui.session.session import Session
from sms_tui.ui.forms.pane import FormPane
from sms_tui.ui.plain.hearing import is_plain
from sms_tui.ui.program import program_of
from sms_tui.ui.screens.arranging import ArrangingView
from sms_tui.ui.screens.task_screen import COMMON_KEYS
from sms_tui.ui.tree.nodes import Node
from sms_tui.ui.tree.tree import TaskTree
from sms_tui.ui.widgets.bars import Banner
from sms_tui.ui.widgets.drawing import Drawing, in_words, whole

NARROW = 100
"""Columns under which the tree and the form take turns."""

_MOST_DRAWN = 32
"""Disks that are drawn where a drawing has the screen for itself."""


class TaskView(ArrangingView):
    """Shows a document as a tree and a form."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "draw", N_("Disks to scale, or sub-tasks in time, over the whole screen"), id="drawing"),
        Binding("escape", "back", N_("Back to the tree")),
    ]

    def __init__(self, session: Session, document: Document) -> None:
        super().__init__(session, document)
        self.task_tree = TaskTree(document, self._marks, follow=self._follow, enter=self.enter_form, id="tree")
        self.form = FormPane(document, self._marks, change=self.typed, ask=self.ask, id="form")
        self.picture = Drawing(document, self.go_to)
        self.banner = Banner()

    @property
    def pane(self) -> FormPane:
        return self.form

    @property
    def entries(self) -> TaskTree:
        return self.task_tree

    def compose(self) -> ComposeResult:
        self.picture.share(self.app.size)
        yield self._heading
        yield self.banner
        with Horizontal(id="panes"):
            yield self.task_tree
            with Vertical(id="side"):
                yield self.form
                yield self.picture
        yield self._keys

    def on_mount(self) -> None:
        self.task_tree.border_title = _("Task")
        self.form.show_node(self.task_tree.node)
        self.enter_tree()
        self._share(self.app.size)
        self._show_heading()

    def on_resize(self, event: events.Resize) -> None:
        self._share(event.size)

    def _share(self, room: Size) -> None:
        """Give each part its share of the screen."""
        self._take_turns(room.width)
        self.picture.share(room)
        self._show_picture()

    def on_descendant_focus(self) -> None:
        self._show_keys()

    def on_screen_resume(self) -> None:
        self.show_document(structure=True)

    # Where the keyboard is

    def enter_tree(self) -> None:
        """Give the tree the keyboard."""
        self.form.end_edit()
        self._take_turns(self.size.width, form=False)
        self.set_focus(self.task_tree, scroll_visible=False)
        self._show_keys()

    def enter_form(self) -> None:
        """Give the form the keyboard; nothing is being edited yet."""
        self._take_turns(self.size.width, form=True)
        self.set_focus(self.form.grid, scroll_visible=False)
        self._show_keys()

    def _take_turns(self, width: int, *, form: bool | None = None) -> None:
        narrow = width < NARROW or is_plain(self)
        in_form = self.form.has_focus_within if form is None else form
        self.set_class(narrow, "narrow")
        self.set_class(narrow and in_form, "in-form")  # Textual applies the styles of all widgets again for a class
        self.task_tree.display = not narrow or not in_form
        self.form.display = not narrow or in_form

    def _show_keys(self) -> None:
        if self.form.has_focus_within:
            enter = [("find", _("Find")), *([("Enter", _("Edit"))] if self.form.row.rests else [])]
            keys = [
                *([("Enter", _("Next field"))] if self.form.editing else enter),  # a / is typed then
                ("Esc", _("Tree")),
                ("set_null", "null"),
                ("put_back", _("Put back")),
            ]
        else:
            keys = [
                ("find", _("Find")),
                ("Enter", _("Edit")),
                ("add", _("Add")),
                ("delete", _("Delete")),
                ("put_back_short", _("Put back")),
            ]
        self._keys.show(*keys, *COMMON_KEYS)

    # Moving

    def go_to(self, path: Path) -> None:
        """Go to a value, in its form, its text selected; to a list or object in the tree."""
        if not self.select(path):
            self.enter_tree()
            return
        self.enter_form()
        row = self.form.row
        if self.changeable and row.sort == "field" and row.spec is not None and row.spec.owner == "operator":
            self.form.begin_edit()

    def select(self, path: Path) -> bool:
        """Put the cursors of tree and form on a path."""
        spec = field_at(path)
        is_field = bool(path) and isinstance(path[-1], str) and (spec is None or spec.of is None)
        of_service = spec is not None and spec.owner == "service" and len(path) == 1 and spec.of is None
        self.task_tree.go_to(path[:-1] if is_field else path, service=of_service)
        return is_field and self.form.grid.go_to(str(path[-1]))

    def follow_link(self, path: Path) -> None:
        self.select(path)
        self.enter_form()

    def _follow(self, node: Node) -> None:
        self.form.show_node(node)
        self._show_picture()

    @property
    def place(self) -> Path:
        """What is under the cursor of whichever side has the keyboard."""
        return self.form.row.path if self.form.has_focus_within else self.task_tree.node.path

    def action_back(self) -> None:
        if self.form.has_focus_within:
            self.enter_tree()
        elif not self.task_tree.clear_marks():
            program_of(self).action_leave()

    # Painting

    def show_document(self, *, structure: bool = False) -> None:
        self._check_on()
        self._marks.read()
        if structure:
            self.task_tree.read()
            self.form.read(self.task_tree.node)
        else:
            self.task_tree.refresh_changed()
            self.form.grid.refresh_changed()
        self._show_heading()
        self._show_picture()

    @property
    def _in_time(self) -> bool:
        """Whether the sub-tasks are what the cursor is about."""
        return self.task_tree.node.path[:1] == ("sub_tasks",)

    def _show_picture(self) -> None:
        self.picture.show_place(self.place, in_time=self._in_time)

    def action_draw(self) -> None:
        """Draw all that there is, to look at and to go from."""
        from sms_tui.session.picture.disks import DiskMap
        from sms_tui.ui.dialogs.picture import PictureDialog

        def chosen(path: Path | None) -> None:
            if path is not None:
                self.go_to(path)

        title, draw = whole(self._document, self.place, DiskMap(), in_time=self._in_time, most=_MOST_DRAWN)
        if is_plain(self):
            title, draw = in_words(self._document, in_time=self._in_time)
        self.app.push_screen(PictureDialog(title, draw), chosen)
