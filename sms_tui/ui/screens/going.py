"""The ways from one thing to the next: problems, changes, matches, and from a source disk to the one that takes it."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType

from sms_tui.language import N_, _
from sms_tui.pieces import is_long
from sms_tui.schema.paths import Path
from sms_tui.ui.commands import key_of
from sms_tui.ui.screens.finding import FindingView


class GoingView(FindingView):
    """Goes from problem to problem, change to change, match to match; each says how many there are."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "next_hit(1)", N_("Next match of what was found last"), id="next_match"),
        Binding("shift+f3,f15", "next_hit(-1)", N_("Previous match"), id="previous_match"),
        Binding("f8", "next_problem(1)", N_("Next problem"), id="next_problem"),
        Binding("shift+f8,f20", "next_problem(-1)", N_("Previous problem"), id="previous_problem"),
        Binding("f7", "next_change(1)", N_("Next change"), id="next_change"),
        Binding("shift+f7,f19", "next_change(-1)", N_("Previous change"), id="previous_change"),
    ]

    _told_of: Path | None = None
    """The place whose problem was told last."""

    def why_not(self, action: str) -> str:
        match action:
            case "next_hit" if self._find is None or not self._find.was_used:
                return _("Nothing was looked for yet; {key} finds.").format(key=key_of(self, "find"))
            case "next_problem" if self._document.inspector.done and not self._document.inspector.count():
                return _("No problems.")
            case "next_change" if not self._document.changes:
                return _("No changes.")
        return super().why_not(action)

    def action_next_hit(self, step: int) -> None:
        if not self.refuses("next_hit") and self._find is not None:
            self.hint(self._find.next_hit(step, self.place))

    async def action_next_problem(self, step: int) -> None:
        from sms_tui.document.fixes import offers
        from sms_tui.document.turns import Turns

        await self.until_checked()
        if self.refuses("next_problem"):
            return
        found = Turns(self._document)
        here = found.turn_of(self.place)
        if here is None:
            target = 0 if step > 0 else len(found) - 1
        else:  # a problem that one came upon by oneself is told of before going on
            target = (here + step) % len(found) if self._told_of == self.place else here
        finding = found[target]
        if self.select(finding.path):
            self.enter_form()
        else:
            self.enter_tree()
        self._told_of = self.place
        offered = offers(self._document, finding)[:1]
        repair = f"F9: {offered[0].words} · " if offered else ""
        words = _("{number} of {count}: {words}")
        told = f"{repair}{finding.message}"
        self.hint(words.format(number=target + 1, count=len(found), words=told), alert=True)

    def action_next_change(self, step: int) -> None:
        changes = self._document.changes
        places = [change.holder if change.sort == "removed" else change.path for change in changes]
        if self.refuses("next_change"):
            return
        here = next((at for at, path in enumerate(places) if path == self.place), -1 if step > 0 else 0)
        target = (here + step) % len(places)
        if self.select(places[target]):
            self.enter_form()
        else:
            self.enter_tree()
        self.hint(_("Change {number} of {count}.").format(number=target + 1, count=len(places)))

    def action_placements(self) -> None:
        """Show which target disk takes each source disk, and where it falls short."""
        from sms_tui.session.picture.places import placing
        from sms_tui.ui.dialogs.picture import PictureDialog

        def chosen(path: Path | None) -> None:
            if path is not None:
                self.go_to(path)

        draw = partial(placing, self._document.current)
        meanwhile = _("Comparing source and target…") if is_long(self._document.current) else ""
        self.app.push_screen(PictureDialog(_("Where each source disk goes"), draw, meanwhile=meanwhile), chosen)
