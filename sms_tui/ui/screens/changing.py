"""Values changed where they are shown, one undoable edit each, and the way back and forth through the edits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from sms_tui.document.document import can_redo, differs
from sms_tui.document.edits import RemoveValue, SetValue
from sms_tui.exactjson import Json
from sms_tui.language import N_, _
from sms_tui.schema.paths import ABSENT, Path, Value
from sms_tui.ui.forms.rows import Row
from sms_tui.ui.screens.task_screen import TaskScreen

if TYPE_CHECKING:
    from sms_tui.document.edits import Change, Edit
    from sms_tui.ui.dialogs.picker import Choice

_SERVICE_QUESTION = N_(
    "The service keeps this field itself and may overwrite what you send. The reference allows "
    "editing it. Edit fields of the service in this task?"
)

_NO_FIELD = N_("There is no field here. Esc goes back.")

_CHANGING = frozenset(
    {
        *("add_entry", "delete_entry", "duplicate", "cut", "paste", "move_entry", "mirror", "mend", "edit_outside"),
        *("set_null", "set_absent", "put_back", "set_on_marked", "undo", "redo", "review", "json_view"),
    }
)
"""The actions that a read-only editor does not take."""


class ChangingView(TaskScreen):
    """Changes the values of a task. Every change goes through the document, and what shows it is told in the same
    breath."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+z", "undo", N_("Undo"), id="undo"),
        Binding("ctrl+y", "redo", N_("Redo"), id="redo"),
        Binding("alt+n", "set_null", N_("Set the field to null"), priority=True, id="set_null"),
        Binding("alt+backspace", "set_absent", N_("Leave the field out"), priority=True, id="leave_out"),
        Binding("alt+u", "put_back", N_("Put back the loaded value"), priority=True, id="put_back"),
    ]

    def follow_link(self, path: Path) -> None:
        """Go to a list or object that has rows of its own."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.changeable and action in _CHANGING:
            self.hint(self._read_only, alert=True)
            return False
        return super().check_action(action, parameters)

    @property
    def _read_only(self) -> str:
        return _("Nothing can be changed here. {read_only}").format(read_only=self._hand.read_only)

    def why_not(self, action: str) -> str:
        if not self.changeable and action in _CHANGING:
            return self._read_only
        match action:
            case "undo" if not self._document.history:
                return _("Nothing to undo.")
            case "redo" if not can_redo(self._document):
                return _("Nothing to redo.")
            case "put_back" if not (self.place and differs(self._document, self.place)):
                return _("This is as it was loaded.")
            case "set_null" | "set_absent" if self.pane.has_focus_within and not self.pane.row.rests:
                return _(_NO_FIELD)
            case "set_null" | "set_absent" if not self._on_field:
                return _("Go to a field in the form first; entries of lists are deleted in the tree.")
        return super().why_not(action)

    @property
    def _on_field(self) -> bool:
        """Whether the cursor is on a field that can hold null or be left out."""
        row = self.pane.row
        named = bool(row.path) and not isinstance(row.path[-1], int)
        return self.pane.has_focus_within and named and row.spec is not None

    # Values

    def typed(self, path: Path, value: Json) -> None:
        """A value was typed."""
        self._document.apply(
            _("set {path}").format(path=self._document.describe(path)), SetValue(path, value), run=path
        )
        self.show_document()

    def ask(self, row: Row, typed: str) -> bool:
        """A field is to be changed; True if no input line is wanted for it."""
        if not row.rests:
            self.hint(_(_NO_FIELD))
        elif not self.changeable and row.sort != "link":
            self.check_action("set_null", ())
        elif row.sort == "link":
            self.follow_link(row.path)
        elif row.spec is None:
            self.hint(_("The reference does not know this key; it cannot be edited here."))
        elif row.path == ("id",):
            self.hint(_("The id says which task this is; it cannot be changed."))
        elif self._belongs_to_service(row):
            self._ask_service(lambda: self.pane.edit(typed))
        elif (row.spec.type == "boolean" or row.spec.enum is not None) and typed in ("", " "):
            self._pick(row)
        else:
            return False
        return True

    def _belongs_to_service(self, row: Row) -> bool:
        return row.spec is not None and row.spec.owner == "service" and not self._hand.service_allowed

    def _ask_service(self, then: Callable[[], None]) -> None:
        from sms_tui.ui.dialogs.confirm import ConfirmDialog

        def answered(yes: bool | None) -> None:
            if yes:
                self._hand.service_allowed = True
                then()

        self.app.push_screen(ConfirmDialog(_("A field of the service"), _(_SERVICE_QUESTION)), answered)

    def _pick(self, row: Row) -> None:
        from sms_tui.ui.dialogs.picker import PickerDialog

        def chosen(choice: Choice | None) -> None:
            if choice is not None:
                self._set(row.path, choice.value)

        if row.spec is not None:
            self.app.push_screen(PickerDialog(row.spec, self._document.value(row.path)), chosen)

    def _set(self, path: Path, value: Value) -> None:
        name = self._document.describe(path)
        if value is not ABSENT:
            self._change(_("set {name}").format(name=name), SetValue(path, value))
        elif self._document.value(path) is not ABSENT:
            self._change(_("leave {name} out").format(name=name), RemoveValue(path))

    def _change(self, label: str, change: Change) -> None:
        self._document.end_run()
        self._document.apply(label, change)
        self.show_document(structure=True)

    def _set_row(self, value: Value) -> None:
        """Set the field under the cursor; entries of a list are deleted in the tree instead."""
        row = self.pane.row
        if self.refuses("set_null"):
            return
        if row.path == ("id",):
            self.ask(row, "")
        elif self._belongs_to_service(row):
            self._ask_service(lambda: self._set_row(value))
        else:
            self._set(row.path, value)

    def action_set_null(self) -> None:
        self._set_row(None)

    def action_set_absent(self) -> None:
        self._set_row(ABSENT)

    def action_put_back(self) -> None:
        if not self.refuses("put_back"):
            self._document.put_back(self.place)
            self.show_document(structure=True)

    # History

    def action_undo(self) -> None:
        if not self.refuses("undo"):
            self._stepped(self._document.undo(), _("Undone"))

    def action_redo(self) -> None:
        if not self.refuses("redo"):
            self._stepped(self._document.redo(), _("Done again"))

    def _stepped(self, edit: Edit | None, word: str) -> None:
        if edit is None:
            return
        self.show_document(structure=True)
        if self.pane.row.path != edit.path:
            self.select(edit.path)
        self.hint(_("{headline}: {cause}.").format(headline=word, cause=edit.label))
