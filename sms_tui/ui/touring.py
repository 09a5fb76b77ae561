"""An app that may show the tour of the demo, which is loaded where it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import events

from sms_tui.language import _
from sms_tui.ui.keys import OrderedKeys

if TYPE_CHECKING:
    from sms_tui.ui.dialogs.palette import Entry
    from sms_tui.ui.tour import Tour


class Touring(OrderedKeys):
    """An app that may show the tour. `tour` is None where it is not shown."""

    tour: Tour | None = None
    has_tour = False
    """Whether there is a tour to be taken."""

    def tour_commands(self) -> Iterator[Entry]:
        """What can be done about the tour."""
        from sms_tui.ui.dialogs.palette import Entry

        if self.tour is not None:
            yield Entry(_("Skip the tour"), "", self.end_tour)
        elif self.has_tour:
            yield Entry(_("Take the tour of five steps"), "", self.begin_tour)

    def begin_tour(self) -> None:
        """Show the tour, from its first step."""
        from sms_tui.ui.tour import Tour

        self.tour = Tour()
        self._show_tour()

    def end_tour(self) -> None:
        """Show no more of the tour."""
        from sms_tui.ui.tour import TourBar

        self.tour = None
        for screen in self.screen_stack:
            screen.query(TourBar).remove()

    def post_display_hook(self) -> None:
        if self.tour is not None:
            self.call_later(self._show_tour)

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and event.key == "escape" and self.tour is not None:
            from sms_tui.ui.screens.task_list import TaskListScreen

            if isinstance(self.screen, TaskListScreen) and not self.screen.is_busy:
                self.end_tour()
        await super().on_event(event)

    def _show_tour(self) -> None:
        if self.tour is not None:
            from sms_tui.ui.tour import tell_step

            tell_step(self.tour, self.screen, self.end_tour)
