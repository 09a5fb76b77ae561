"""A node edited as JSON in the operator's own editor."""

from __future__ import annotations

from textual.app import SuspendNotSupported

from sms_tui.exactjson import Json, JsonError
from sms_tui.language import N_, _
from sms_tui.schema.paths import ABSENT, Path
from sms_tui.ui.commands import key_of
from sms_tui.ui.screens.going import GoingView

NOTHING_HERE = N_("There is nothing here yet; a makes it.")
"""Why there is no JSON to edit."""


class OutsideView(GoingView):
    """`e` hands the node under the cursor to $EDITOR. What comes back is one edit; what cannot be read is offered
    again with the reason on top, and kept for the next `e` if it is given up."""

    _unread: tuple[Path, str] | None = None

    def why_not(self, action: str) -> str:
        if action == "edit_outside" and self._document.value(self.task_tree.node.path) is ABSENT:
            return _(NOTHING_HERE)
        return super().why_not(action)

    def action_edit_outside(self) -> None:
        from sms_tui.ui.external import EditorMissing

        path = self.task_tree.node.path
        value = self._document.value(path)
        if self.refuses("edit_outside") or value is ABSENT:
            return
        try:
            text = self._edited(path, value)
        except (EditorMissing, SuspendNotSupported) as error:
            self.hint(str(error) or _("No other program can be started from here."), alert=True)
            return
        self.show_document(structure=True)
        self.hint(text)

    def _edited(self, path: Path, value: Json) -> str:
        """Have a value edited until it can be read or is given up; what became of it, in words."""
        from sms_tui.ui.external import as_text, read_text, with_note
        from sms_tui.ui.taking_in import NotTaken, changes_to

        kept = self._unread[1] if self._unread is not None and self._unread[0] == path else None
        text = kept or as_text(value)
        while True:
            came_back = self._outside(text)
            try:
                changed = read_text(came_back)
                changes = changes_to(self._document, path, changed)
                break
            except (JsonError, NotTaken) as error:
                told = with_note(
                    came_back,
                    _("{reason}\nCorrect it, or leave it as it is to give up; it is kept.").format(reason=error),
                )
                if told == text:
                    self._unread = (path, text)
                    return _("Not taken: {reason}. The text is kept; {key} shows it again.").format(
                        reason=error, key=key_of(self, "edit_outside")
                    )
                text = told
        self._unread = None
        if not changes:
            return _("Nothing was changed.")
        name = self._document.describe(path) or _("the task")
        self._document.apply(_("edit {name} as JSON").format(name=name), *changes)
        return _("Edited {name}. Ctrl+z takes it back.").format(name=name)

    def _outside(self, text: str) -> str:
        """Give the terminal to the editor. An error inside `suspend` would leave the terminal to nobody."""
        from sms_tui.ui.external import EditorMissing, edit_text

        trouble: EditorMissing | None = None
        came_back = text
        with self.app.suspend():
            try:
                came_back = edit_text(text)
            except EditorMissing as error:
                trouble = error
        if trouble is not None:
            raise trouble
        return came_back
