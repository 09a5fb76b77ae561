"""A node shown and edited as JSON on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.actions import SkipAction
from textual.binding import Binding, BindingType

from sms_tui.document import Document
from sms_tui.schema.paths import ABSENT, Value
from sms_tui.session import Session
from sms_tui.ui.screens.copying import CopyingView
from sms_tui.ui.tree.nodes import Key, Node

if TYPE_CHECKING:
    from sms_tui.ui.json_view.screen import JsonScreen, Left


class _Kept(NamedTuple):
    """A text that could not be taken, and the value that it was laid out from."""

    text: str | None
    origin: Value


_NOTHING_KEPT = _Kept(None, ABSENT)


class JsonView(CopyingView):
    """ctrl+e opens the node under the cursor as text. What was typed is one edit when the text is left; what cannot
    be read is kept for the next time the same node is opened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+e", "json_view", "Show and edit the node as JSON", priority=True)  # an input has it for its end
    ]

    def __init__(self, session: Session, document: Document) -> None:
        super().__init__(session, document)
        self._texts: dict[Key, _Kept] = {}
        self._json: JsonScreen | None = None

    @property
    def texts(self) -> int:
        """How many texts would be lost by leaving the task: those kept, and one that is being typed."""
        return len(self._texts) + (self._json is not None and self._json.changed)

    def forget_texts(self) -> None:
        """Keep no text any longer."""
        self._texts.clear()

    def action_json_view(self) -> None:
        if self._find.display:
            raise SkipAction
        from sms_tui.ui.json_view.layout import TooLong
        from sms_tui.ui.json_view.reading import Reader
        from sms_tui.ui.json_view.screen import JsonScreen  # with Textual's text area, which is heavy

        self.form.end_edit()
        node = self.task_tree.node
        if self._document.value(node.path) is ABSENT:
            self.hint("There is nothing here yet; a makes it.")
            return
        kept = self._texts.get(node.key, _NOTHING_KEPT)
        reader = Reader(self._document, node.path, kept.origin)
        at = self.place[len(node.path) :]
        try:
            original = reader.original()
        except TooLong as error:
            self.hint(f"{error}.", alert=True)
            return
        title = self._document.describe(node.path) or "the task"
        self._texts.pop(node.key, None)
        self._json = JsonScreen(reader, title, original, original if kept.text is None else kept.text, at)

        def left(how: Left | None) -> None:
            self._json = None
            if how is not None:
                self._take_text(node, reader.origin, how)

        self.app.push_screen(self._json, left)

    def _take_text(self, node: Node, origin: Value, how: Left) -> None:
        if how.text is not None:
            self._texts[node.key] = _Kept(how.text, origin)
            self.hint("Nothing was changed. The text is kept; ctrl+e here shows it again.")
            return
        if how.changes:
            name = self._document.describe(node.path) or "the task"
            self._document.end_run()
            self._document.apply(f"edit {name} as JSON", *how.changes)
            self.show_document(structure=True)
            self.hint(f"Edited {name}. Ctrl+z takes it back.")
        else:
            self.hint("Nothing was changed.")
        if how.review:
            self.call_later(self.action_review)  # type: ignore[attr-defined]
