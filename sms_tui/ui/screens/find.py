"""The find bar: type a field's name, label, value or path, and go there."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.message import Message
from textual.worker import Worker, WorkerCancelled

from sms_tui.document.document import Document
from sms_tui.document.search import Hit, Search
from sms_tui.language import N_, _
from sms_tui.schema.paths import Path
from sms_tui.schema.registry import field_at
from sms_tui.ui.forms.input import FieldInput
from sms_tui.ui.plain.words import spoken
from sms_tui.ui.text import printable, shown
from sms_tui.ui.widgets.painted import Part, fitted
from sms_tui.ui.widgets.rows import Rows

_MOST = 999
"""Matches that are kept to step through."""


_AT_ONCE, _A_TURN = 0.008, 0.005
"""Seconds of looking before a key is answered, and between two looks at the keys."""
_A_PIECE = 200
"""Fields and entries that are looked at between two looks at the clock."""
_TOLD_EVERY = 0.2
"""Seconds between two counts of what was found so far."""


class _Hits(Rows, can_focus=False):
    """The matches; the cursor is moved by the bar, which has the keyboard."""

    def __init__(self, document: Document, *, go: Callable[[], None]) -> None:
        super().__init__()
        self._document, self._go = document, go
        self.hits: list[Hit] = []

    def row_count(self) -> int:
        return len(self.hits)

    def row_parts(self, index: int, width: int) -> Iterable[Part]:
        path = self.hits[index].path
        name = f" {printable(self._document.describe(path))}"
        value = self._document.value(path)
        text = "" if isinstance(value, dict | list) else shown(value, field_at(path))
        left = max(width * 2 // 3, width - 40)
        yield fitted(name, left), None
        yield fitted(f" {text}", width - left), self.named_style("dim")

    def sentence(self, index: int) -> str:
        path = self.hits[index].path
        value = self._document.value(path)
        text = "" if isinstance(value, dict | list) else shown(value, field_at(path))
        return spoken(f"{path[-1] if path else ''}: {text}, {printable(self._document.describe(path[:-1]))}")

    def activated(self, index: int) -> None:
        self._go()


class FindBar(Container):
    """An input and its matches, shown while in use. `go` gets the chosen path, `say` that there is none."""

    HELP: ClassVar[str] = N_(
        "Type part of a field's name, label, value or path: size, 40G, disks[0].size. Enter goes to "
        "the match under the cursor; afterwards the next match is one key away."
    )
    KEYS_WORK: ClassVar[str] = N_("While finding")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go", N_("Go to the match"), show=False),
        Binding("escape", "leave", N_("Leave"), show=False),
        Binding("up", "choose(-1)", N_("Previous match"), show=False),
        Binding("down", "choose(1)", N_("Next match"), show=False),
    ]

    class Found(Message):
        """The search came upon more."""

    def __init__(self, document: Document, *, go: Callable[[Path], None], say: Callable[[str], None]) -> None:
        super().__init__()
        self._document, self._go, self._say = document, go, say
        self._back: Callable[[], None] | None = None
        self._query = ""
        self._search = Search({}, "")
        self._searched: object = None
        self._looking: Worker[None] | None = None
        self._input = FieldInput(typed=self._typed)
        self._input.prompt = _("Find")
        self._hits = _Hits(document, go=self._clicked)

    def compose(self) -> ComposeResult:
        yield self._hits
        yield self._input

    def open(self, back: Callable[[], None]) -> None:
        """Show the bar and give it the keyboard; `back` gives it to what had it."""
        if not self.display or self._back is None:
            self._back = back
        self.border_title = _("Find a field, label, value or path")
        self.display = True
        self._input.put("")
        self._typed("")
        self.screen.set_focus(self._input, scroll_visible=False)

    def action_choose(self, step: int) -> None:
        self._hits.action_move(step)

    def _clicked(self) -> None:
        self.call_later(self.action_go)

    async def action_go(self) -> None:
        if self._looking is not None and not self._search.settled:
            with suppress(WorkerCancelled):
                await self._looking.wait()
        self._stop()
        self._show()
        hits = self._hits.hits
        if hits:
            self.display = False
            self._go(hits[self._hits.cursor].path)
            return
        self.action_leave()
        if self.was_used:
            self._say(self._nothing)

    @property
    def _nothing(self) -> str:
        return _("Nothing is found for {query}.").format(query=printable(self._query.strip()))

    def action_leave(self) -> None:
        self._stop()
        self.display = False
        if self._back is not None:
            self._back()

    @property
    def was_used(self) -> bool:
        """Whether anything was looked for."""
        return bool(self._query.strip())

    def next_hit(self, step: int, here: Path) -> str:
        """Go on to the next match of what was looked for last, from the one at `here`; what to say about it."""
        if self._searched is not self._document.current:
            self._begin()
            self._search.work()
            self._show()
        hits = self._hits.hits
        if not hits:
            return self._nothing
        at = next((at for at, hit in enumerate(hits) if hit.path == here), self._hits.cursor)
        self._hits.cursor = (at + step) % len(hits)
        self._go(hits[self._hits.cursor].path)
        return _("{cursor} of {count} for {query}.").format(
            cursor=self._hits.cursor + 1, count=self._count(), query=printable(self._query)
        )

    def _typed(self, text: str) -> None:
        self._query = text
        self._begin()
        _work(self._search, _AT_ONCE)
        self._hits.cursor = 0
        self._show()
        self._looking = None if self._search.done else self.run_worker(self._look_on(), group="find", exclusive=True)

    def _stop(self) -> None:
        """Look no further; what was found stays to be stepped through."""
        if self._looking is not None:
            self._looking.cancel()

    def _begin(self) -> None:
        self._searched = self._document.current
        self._search = Search(self._document.current, self._query, _MOST)

    async def _look_on(self) -> None:
        """Look through the rest of a large task, between the keys."""
        search, told = self._search, time.monotonic()
        while search is self._search and not search.done:
            await asyncio.sleep(0)
            _work(search, _A_TURN)
            if search.done or time.monotonic() > told + _TOLD_EVERY:
                told = time.monotonic()
                self.post_message(self.Found())

    @on(Found)
    def _show(self) -> None:
        self._hits.hits = self._search.hits
        self._hits.rows_changed()
        found = _("{count} found · Enter goes there · Esc")
        if not self._search.done:
            found = _("{count} found so far · Enter goes there · Esc")
        elif not self._hits.hits:
            found = _("Nothing found · Esc leaves")
        self.border_subtitle = found.format(count=self._count()) if self._query.strip() else _("Esc leaves")

    def _count(self) -> str:
        found = len(self._hits.hits)
        return f"{found}+" if self._search.left_out else str(found)


def _work(search: Search, seconds: float) -> None:
    """Look on for so long."""
    until = time.monotonic() + seconds
    while not search.done and time.monotonic() < until:
        search.work(_A_PIECE)
