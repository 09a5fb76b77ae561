"""What screens and commands ask of a session, whether the task lives in the service or in a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from sms_tui.api.replies import Progress
    from sms_tui.document.body import Body
    from sms_tui.document.document import Document
    from sms_tui.session.outcomes import Outcome
    from sms_tui.session.ways import Update


class Session(Protocol):
    """One operator at work on tasks of one place."""

    @property
    def place(self) -> str:
        """Where the tasks are, as the header shows it."""

    def subject(self, task_id: str) -> tuple[str, str]:
        """What drafts know a task by: the place and the id in it."""

    def body(self, document: Document, *, full: bool = False) -> Body:
        """Exactly what `save` would write."""

    def payload(self, document: Document, *, full: bool = False) -> bytes:
        """The same as bytes, as they go out."""

    @property
    def trouble(self) -> str:
        """Why no receipt of the last submit could be kept, "" if it could."""

    def on_waiting(self, told: Callable[[float], None] | None) -> None:
        """Tell every second how many more the service asks to wait, 0 when that is over; None tells nobody."""

    @property
    def renews(self) -> bool:
        """Whether credentials can be read anew."""

    async def renew(self, path: str) -> None:
        """Go on with the credentials in a file, or with those found anew (""). Raises SettingsError."""

    async def open(self, task_id: str, told: Progress | None = None) -> Document:
        """Load a task. Raises ApiError, or FileError for a file. Cancelling gives it up, with nothing left open."""

    async def read(self, task_id: str) -> Body:
        """The task as it is held now. Raises ApiError, or FileError for a file."""

    async def save(self, document: Document, *, full: bool = False) -> Outcome:
        """Read the task again, merge, write the reviewed change and read it back.

        What the service itself moved is taken over without a word; what anybody else changed since goes back to the
        review (Moved, Conflicted). After Saved the document starts over from what is held now.
        """

    def update(self, document: Document, *, full: bool = False) -> Update | None:
        """What a save would send, for other tools; None where no service is that they could reach."""

    async def close(self) -> None:
        """Let go of connections."""
