"""A node shown and edited as JSON on the screen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.actions import SkipAction
from textual.binding import Binding, BindingType

from sms_tui.document.document import Document
from sms_tui.language import N_, _
from sms_tui.schema.paths import ABSENT, Path, Value
from sms_tui.session.session import Session
from sms_tui.ui.screens.copying import CopyingView
from sms_tui.ui.screens.outside import NOTHING_HERE
from sms_tui.ui.text import sentence
from sms_tui.ui.tree.nodes import Key, Node, keys_to

if TYPE_CHECKING:
    from sms_tui.ui.json_view.screen import JsonScreen, Left


class _Kept(NamedTuple):
    """A text that could not be taken, the value that it was laid out from, and where that stood."""

    text: str | None
    origin: Value
    path: Path


_NOTHING_KEPT = _Kept(None, ABSENT, ())


class JsonView(CopyingView):
    """ctrl+e opens the node under the cursor as text. What was typed is one edit when the text is left; what cannot
    be read is kept for the next time the same node is opened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+e", "json_view", N_("Show and edit the node as JSON"), priority=True, id="json"
        )  # an input has it for its end
    ]

    def __init__(self, session: Session, document: Document) -> None:
        super().__init__(session, document)
        self._texts: dict[Key, _Kept] = {}
        self._json: JsonScreen | None = None

    def keep_text(self, path: Path, origin: Value, text: str | None) -> None:
        """Have a text that is not taken in outlive the program; None forgets it."""

    def keep_typed(self) -> None:
        """Keep what is being typed, as far as it is."""
        if self._json is not None:
            self._json.keep_typed()

    def restore_text(self, path: Path, origin: Value, text: str) -> None:
        """Go to a node whose text was kept, if it is there, for ctrl+e to show the text again."""
        if self._document.value(path) is not ABSENT:
            self._texts[keys_to(self._document.current, path)[-1]] = _Kept(text, origin, path)
            self.task_tree.go_to(path)

    @property
    def texts(self) -> int:
        """How many texts are not taken into the task: those kept, and one that is being typed."""
        return len(self._texts) + (self._json is not None and self._json.changed)

    def forget_texts(self) -> None:
        """Keep no text any longer."""
        for kept in self._texts.values():
            self.keep_text(kept.path, kept.origin, None)
        self._texts.clear()

    def why_not(self, action: str) -> str:
        if action == "json_view" and self._document.value(self.task_tree.node.path) is ABSENT:
            return _(NOTHING_HERE)
        return super().why_not(action)

    def action_json_view(self) -> None:
        if self.is_finding:
            raise SkipAction
        from sms_tui.ui.json_view.layout import TooLong
        from sms_tui.ui.json_view.reading import Reader
        from sms_tui.ui.json_view.screen import JsonScreen  # with Textual's text area, which is heavy

        self.form.end_edit()
        node = self.task_tree.node
        if self.refuses("json_view"):
            return
        kept = self._texts.get(node.key, _NOTHING_KEPT)
        reader = Reader(self._document, node.path, kept.origin)
        at = self.place[len(node.path) :]
        try:
            original = reader.original()
        except TooLong as error:
            self.hint(sentence(str(error)), alert=True)
            return
        title = self._document.describe(node.path) or _("the task")
        self._texts.pop(node.key, None)
        if kept.text is not None and kept.path != node.path:  # the entry was moved
            self.keep_text(kept.path, kept.origin, None)
            self.keep_text(node.path, kept.origin, kept.text)
        keep = partial(self.keep_text, node.path, reader.origin)
        self._json = JsonScreen(reader, title, original, original if kept.text is None else kept.text, at, keep)

        def left(how: Left | None) -> None:
            self._json = None
            if how is not None:
                self._take_text(node, reader.origin, how)

        self.app.push_screen(self._json, left)

    def _take_text(self, node: Node, origin: Value, how: Left) -> None:
        if how.text is not None:
            self._texts[node.key] = _Kept(how.text, origin, node.path)
            self.keep_text(node.path, origin, how.text)
            self.hint(_("Nothing was changed. The text is kept; ctrl+e here shows it again."))
            return
        if how.changes:
            name = self._document.describe(node.path) or _("the task")
            self._document.end_run()
            self._document.apply(_("edit {name} as JSON").format(name=name), *how.changes)
            self.show_document(structure=True)
            self.hint(_("Edited {name}. Ctrl+z takes it back.").format(name=name))
        else:
            self.hint(_("Nothing was changed."))
        self.keep_text(node.path, origin, None)
        if how.review:
            self.call_later(self.run_action, "review")
