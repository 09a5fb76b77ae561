"""What screens and commands ask of a session, whether the task lives in the service or in a file."""

from __future__ import annotations

from typing import Protocol

from sms_tui.document import Body, Document, EditError, SetValue
from sms_tui.exactjson import dumps, same
from sms_tui.schema.paths import ABSENT
from sms_tui.session.outcomes import Outcome


class Session(Protocol):
    """One operator at work on tasks of one place."""

    @property
    def place(self) -> str:
        """Where the tasks are, as the header shows it."""

    def body(self, document: Document, *, full: bool = False) -> Body:
        """Exactly what `save` would write."""

    def payload(self, document: Document, *, full: bool = False) -> bytes:
        """The same as bytes, as they go out."""

    async def open(self, task_id: str) -> Document:
        """Load a task. Raises ApiError, or FileError for a file."""

    async def save(self, document: Document, *, full: bool = False) -> Outcome:
        """Write the reviewed change; after Saved the document starts over from what is held now."""

    async def close(self) -> None:
        """Let go of connections."""


def propose(document: Document, body: Body) -> None:
    """Lay the keys of a task body over a document, as one edit; keys the body lacks stay as they are.

    Raises EditError if the body belongs to another task.
    """
    own = document.current.get("id", document.task_id)
    if "id" in body and not same(body["id"], own):
        raise EditError(
            f"the body is of task {dumps(body['id'])}, not of {dumps(own)}; remove its id or name that task"
        )
    changes = [
        SetValue((key,), value)
        for key, value in body.items()
        if key != "id" and ((now := document.value((key,))) is ABSENT or not same(now, value))  # type: ignore[arg-type]
    ]
    document.apply("the body given", *changes)
