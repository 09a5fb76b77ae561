"""Entries of lists arranged where they are shown: added, deleted, duplicated, moved, cut, copied and pasted, several at
once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal

from textual.binding import Binding, BindingType

from sms_tui.document.edits import EditError
from sms_tui.language import N_, _
from sms_tui.schema.paths import Path
from sms_tui.schema.registry import kind
from sms_tui.ui.commands import key_of
from sms_tui.ui.screens.changing import ChangingView
from sms_tui.ui.text import sentence
from sms_tui.ui.widgets.entries import EntryRows

if TYPE_CHECKING:
    from sms_tui.document.arrange import Arranged
    from sms_tui.document.clip import Clip
    from sms_tui.document.structure import Addition

_NO_ENTRY = {
    "duplicate": N_("Only entries of lists can be duplicated; go to one."),
    "move_entry": N_("Only entries of lists can be moved; go to one."),
    "cut": N_("Only entries of lists can be cut; go to one."),
    "copy": N_("Only entries of lists can be copied; go to one."),
}


class ArrangingView(ChangingView):
    """The keys that change the structure of a task. Each works on the marked entries, else on the one under the
    cursor, as one undoable edit."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("alt+a", "set_on_marked", N_("Set this field on all marked entries"), priority=True, id="set_on_marked")
    ]

    @property
    def entries(self) -> EntryRows:
        """Where entries are marked and gone to."""
        raise NotImplementedError

    @property
    def addition(self) -> Addition | None:
        """What would be added under the cursor."""
        from sms_tui.document.structure import addition_at

        return addition_at(self._document, self.entries.here)

    def _try(self, what: Callable[[], Arranged]) -> bool:
        """Arrange something, go to it and say what was done; or say why not, with nothing changed, and be False."""
        try:
            done = what()
        except EditError as error:
            self._refuse(error)
            return False
        self.entries.clear_marks()
        self.show_document(structure=True)
        self.select(done.paths[0])
        self.hint(_("Done: {label}. Ctrl+z takes it back.").format(label=done.label) + self._left_behind(done))
        return True

    def _left_behind(self, done: Arranged) -> str:
        dropped = sorted({name for names in done.dropped.values() for name in names})
        return _(" Not carried over: {names}.").format(names=", ".join(dropped)) if dropped else ""

    def _refuse(self, error: EditError) -> None:
        self.hint(sentence(str(error)), alert=True)

    def why_not(self, action: str) -> str:
        match action:
            case "add_entry" if self.addition is None:
                return _("Nothing can be added here; go to a list, to an entry of one, or to an object that is null.")
            case "delete_entry" if not any(self.entries.meant):
                return _("The task itself cannot be deleted here; go to an entry of a list, or to an object.")
            case "duplicate" | "move_entry" | "cut" | "copy" if not any(_is_entry(path) for path in self.entries.meant):
                return _(_NO_ENTRY[action])
            case "paste" if self._hand.clip is None:
                return _(
                    "Nothing was cut or copied; {cut} cuts and {copy} copies what is marked, or under the cursor."
                ).format(cut=key_of(self, "cut"), copy=key_of(self, "copy"))
            case "set_on_marked" if not self._can_set_on_marked:
                return _("Mark entries with {key}, then go to the field whose value all of them shall have.").format(
                    key=key_of(self, "mark")
                )
        return super().why_not(action)

    @property
    def _can_set_on_marked(self) -> bool:
        return self.pane.has_focus_within and self.pane.row.spec is not None and bool(self.entries.marked)

    def action_add_entry(self) -> None:
        from sms_tui.document.structure import add

        addition = self.addition
        if self.refuses("add_entry") or addition is None:
            return
        try:
            add(self._document, addition)
        except EditError as error:
            self._refuse(error)
            return
        self.show_document(structure=True)
        self.select(addition.path)
        self.hint(
            _("Added a {label}. Enter edits it, ctrl+z takes it back.").format(label=kind(addition.of).label.lower())
        )

    def action_delete_entry(self) -> None:
        from sms_tui.document.arrange import Arranged, delete_all

        paths = self.entries.meant
        if self.refuses("delete_entry"):
            return
        if all(isinstance(path[-1], int) for path in paths if path) and () not in paths:
            self._try(lambda: delete_all(self._document, paths))
        else:
            self._try(lambda: Arranged(self._delete_object(paths).rstrip("."), (paths[0],)))

    def _delete_object(self, paths: Sequence[Path]) -> str:
        from sms_tui.document.structure import delete

        if len(paths) > 1:
            raise EditError(_("Only entries of lists can be deleted together"))
        return delete(self._document, paths[0])

    def action_duplicate(self) -> None:
        from sms_tui.document.arrange import duplicate

        if not self.refuses("duplicate"):
            self._try(lambda: duplicate(self._document, self.entries.meant))

    def action_move_entry(self, step: Literal[-1, 1]) -> None:
        from sms_tui.document.arrange import move

        if not self.refuses("move_entry"):
            self._try(lambda: move(self._document, self.entries.meant, step))

    def action_cut(self) -> None:
        from sms_tui.document.clip import cut

        if not self.refuses("cut"):
            self._take(cut, _("Cut"))

    def action_copy(self) -> None:
        from sms_tui.document.clip import copy

        if not self.refuses("copy"):
            self._take(copy, _("Copied"))

    def _take(self, take: Callable[..., Clip], word: str) -> None:
        try:
            clip = self._hand.clip = take(self._document, self.entries.meant)
        except EditError as error:
            self._refuse(error)
            return
        self.entries.clear_marks()
        self.hint(_("{word}: {title}. Go to its new place and press v.").format(word=word, title=clip.title))

    def action_paste(self) -> None:
        from sms_tui.document.clip import paste

        clip = self._hand.clip
        if self.refuses("paste") or clip is None:
            return
        if self._try(lambda: paste(self._document, clip, self.entries.here)) and clip.cut:
            self._hand.clip = None

    def action_set_on_marked(self) -> None:
        """Give the value of the field under the cursor to all marked entries."""
        from sms_tui.document.arrange import set_on_all

        row, marked = self.pane.row, self.entries.marked
        if self.refuses("set_on_marked"):
            return
        value = self._document.value(row.path)
        self._try(lambda: set_on_all(self._document, marked, row.name, value))


def _is_entry(path: Path) -> bool:
    return bool(path) and isinstance(path[-1], int)
