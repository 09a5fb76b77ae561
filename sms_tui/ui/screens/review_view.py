"""What the review shows: the change, the exact body, what others did meanwhile, and what is risky."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen

from sms_tui.document.body import Body
from sms_tui.document.diff import Difference
from sms_tui.document.document import Document
from sms_tui.document.risks import Risk, risks
from sms_tui.language import N_, _, ngettext
from sms_tui.pieces import is_long
from sms_tui.schema.paths import Path
from sms_tui.session.session import Session
from sms_tui.ui.commands import key_of
from sms_tui.ui.forms.input import FieldInput
from sms_tui.ui.review_text import meanwhile_lines, review_lines, risk_lines
from sms_tui.ui.text import printable
from sms_tui.ui.widgets.bars import KeyBar, TitleBar
from sms_tui.ui.widgets.lines import Line, Lines


class ReviewView(Screen[Path | None]):
    """Shows a change before it is sent; what sends it is in the review screen."""

    HELP: ClassVar[str] = N_(
        "Exactly what would be sent, and what it changes. Nothing is sent before you say so here. "
        "The task is read again first, and what others changed meanwhile is merged and told. A risky "
        "change wants the task's name typed. Afterwards the task is read back, and every change is "
        "told as kept, changed by the service, or ignored."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "switch_body", N_("Changed keys or full body"), id="full_body"),
        Binding("alt+o", "ways_out", N_("The change for other tools: diff, curl, KooCLI, Python"), id="ways_out"),
        Binding("up", "scroll(-1)", N_("Up"), show=False),
        Binding("down", "scroll(1)", N_("Down"), show=False),
        Binding("pageup", "page(-1)", N_("A page up"), show=False),
        Binding("pagedown", "page(1)", N_("A page down"), show=False),
    ]

    class Counted(Message):
        """The bytes of a long body were counted."""

    def __init__(self, session: Session, document: Document) -> None:
        super().__init__()
        self._counted: tuple[tuple[int, bool], int] = ((0, False), 0)
        """Of which task, and whether in full; and how many bytes that are."""
        self._session, self._document = session, document
        self._full = False
        self._state = "review" if document.changes else "done"
        self._meanwhile: list[Difference] = []
        self._note: Line = ()
        self._risks: list[Risk] = []
        self._examined: tuple[Body, Body] = ({}, {})
        """The task as loaded and as edited whose risks these are; to find those of very many changes takes a while."""
        self._heading, self._lines, self._keys = TitleBar(), Lines(id="review"), KeyBar()
        self._typed_name = FieldInput(typed=self._typed, id="name")

    def compose(self) -> ComposeResult:
        yield self._heading
        yield self._lines
        yield self._typed_name
        yield self._keys

    def _show_keys(self) -> None:
        ways = ("ways_out", _("Other tools"))
        if self._state != "review":
            self._keys.show(("Esc", _("Back")))
        elif self._risks:
            submit = _("Submit, once {word} is typed").format(word=self._word)
            self._keys.show(("Enter", submit), ("Esc", _("Back")), ways)
        else:
            other = (
                [("full_body", _("Changed keys") if self._full else _("Full body"))] if self._document.task_id else []
            )
            self._keys.show(("submit", _("Submit")), *other, ways, ("back", _("Back")), ("help", _("Help")))

    def _show_heading(self, word: str) -> None:
        marks = len(self._document.changes)
        self._heading.show(["sms-tui", word, self._document.task_id, self._session.place], changes=marks)

    @property
    def is_risky(self) -> bool:
        """Whether y is not enough."""
        return bool(self._risks)

    @property
    def _word(self) -> str:
        """What has to be typed for a risky change: the task's name, else what else it is known by."""
        name = self._document.base.get("name")
        return printable(name) if isinstance(name, str) and name.strip() else self._document.task_id or "submit"

    def _show_review(self, *, anew: bool = False) -> None:
        """Show what would be sent; `anew` if what was agreed to before is not this."""
        if anew:
            self._lines.show_anew()
        self._show_heading(_("Review"))
        document = self._document
        if not document.changes:
            self._state = "done"
            said = [*self._said(), [(_("Nothing to send: the task is as it is held now."), "heading")]]
            self._lines.show(
                said if self._meanwhile else [[(_("Nothing to send: the task is as it was loaded."), "heading")]]
            )
        else:
            if self._examined[0] is not document.base or self._examined[1] is not document.current:
                self._examined, self._risks = (document.base, document.current), risks(document)
            self._lines.show(self._review())
        self._ask_name(self._state == "review" and bool(self._risks))
        self._show_keys()

    def _review(self) -> Iterator[Line]:
        document, task_id = self._document, self._document.task_id
        yield from self._said()
        if self._risks:
            yield from risk_lines(self._risks, self._word)
        body = self._session.body(document, full=self._full)
        keys = _("every key") if self._full else _("changed keys")
        what = f"PUT /v3/tasks/{task_id} · {keys}" if task_id else _("The file will hold")
        size = self._size_of(body)
        told = _("{what} · {size} bytes") if size is not None else _("{what} · counting its bytes")
        yield from review_lines(document, body, told.format(what=what, size=size))

    def _size_of(self, body: Body) -> int | None:
        """The bytes of what goes out; of a long one they are counted in a thread, and not known at first."""
        key = self._document.current, self._full
        if is_long(body) and self._counted[0] != (id(key[0]), key[1]):
            self.run_worker(self._count(*key), exclusive=True, group="count")
            return None
        return self._counted[1] if is_long(body) else len(self._session.payload(self._document, full=self._full))

    async def _count(self, current: Body, full: bool) -> None:
        size = len(await asyncio.to_thread(self._session.payload, self._document, full=full))
        if self._state == "review" and self._document.current is current:
            self._counted = (id(current), full), size
            self.post_message(self.Counted())

    @on(Counted)
    def _show_counted(self) -> None:
        if self._state == "review":
            self._lines.show(self._review(), from_top=False)

    def _said(self) -> Iterator[Line]:
        if self._note:
            yield self._note
        yield from meanwhile_lines(self._document, self._meanwhile)

    def _ask_name(self, wanted: bool) -> None:
        self._typed_name.display = wanted
        self._typed_name.prompt = _("Name")
        self._typed_name.placeholder = _("type {word} and Enter to submit").format(word=self._word)
        self.set_focus(self._typed_name if wanted else self._lines)

    def _typed(self, text: str) -> None:
        if text in ("y", "Y") and not self._word.startswith(text):
            self._typed_name.put("")
            self._keys.say(self.why_not("submit"), alert=True)

    def action_ways_out(self) -> None:
        if reason := self.why_not("ways_out"):
            self._keys.say(reason, alert=True)
            return
        from sms_tui.ui.ways_out import offer_ways

        update = self._session.update(self._document, full=self._full)
        offer_ways(self, update, self._document.changes, self._keys.say)

    def why_not(self, action: str) -> str:
        """Why an action of the review does nothing now, in a sentence; "" where it does something."""
        match action, self._state:
            case "ways_out", _ if self._state != "review":
                return _("There is no change under review.")
            case "switch_body", _ if not self._document.task_id:
                return _("A file is always written whole.")
            case "switch_body" | "submit", "sending":
                return _("The change is on its way; wait for the answer.")
            case "switch_body" | "submit", "done":
                return (
                    _("There is nothing to send any more.")
                    if self._document.changes
                    else _("There is nothing to send.")
                )
            case "submit", _ if blocking := sum(finding.blocks for finding in self._document.findings):
                return ngettext(
                    "{count} error to mend first: Esc goes back, F8 there.",
                    "{count} errors to mend first: Esc goes back, F8 there.",
                    blocking,
                ).format(count=blocking)
            case "submit", _ if self._risks:
                return _("This is risky, so {key} is not enough: type {word} and press Enter.").format(
                    key=key_of(self, "submit"), word=self._word
                )
        return ""

    def action_scroll(self, step: int) -> None:
        self._lines.action_move(step)

    def action_page(self, pages: int) -> None:
        self._lines.action_page(pages)

    def action_switch_body(self) -> None:
        if self._state == "review" and self._document.task_id:
            self._full = not self._full
            self._show_review()
