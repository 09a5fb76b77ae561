"""A field, label, value or path looked for in the task on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from sms_tui.document.document import Document
from sms_tui.language import N_, _
from sms_tui.session.session import Session
from sms_tui.ui.screens.task_view import TaskView

if TYPE_CHECKING:
    from sms_tui.ui.screens.find import FindBar


class FindingView(TaskView):
    """A task with a bar to find something in it, which is made when something is looked for first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash,ctrl+f", "find", N_("Find a field, label, value or path"), id="find"),
    ]

    def __init__(self, session: Session, document: Document) -> None:
        super().__init__(session, document)
        self._find: FindBar | None = None

    @property
    def is_finding(self) -> bool:
        """Whether the find bar has the keyboard."""
        return self._find is not None and self._find.display

    @property
    def has_found(self) -> bool:
        """Whether something was looked for, and gone to."""
        return self._find is not None and self._find.was_used and not self._find.display

    def made_later(self) -> Sequence[FindBar]:
        """What has keys of its own, and is made when it is first needed."""
        return () if self._find is not None else (self._find_bar(),)

    def _find_bar(self) -> FindBar:
        from sms_tui.ui.screens.find import FindBar

        return FindBar(self._document, go=self.go_to, say=self.hint)

    async def action_find(self) -> None:
        back = self.enter_form if self.form.has_focus_within else self.enter_tree
        self.form.end_edit()
        if not self.is_attached:  # the program is ending
            return
        if self._find is None:
            self._find = self._find_bar()
            await self._mounted_event.wait()  # a key may come before all of the screen is there
            await self.mount(self._find, before=self._keys)
        self._find.open(back)
        self._show_keys()

    def _show_keys(self) -> None:
        if self.is_finding:
            self._keys.show(("Enter", _("Go there")), ("↑↓", _("Choose")), ("Esc", _("Leave")))
        else:
            super()._show_keys()
