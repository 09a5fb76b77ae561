"""A value that was edited as text, taken back into its task."""

from __future__ import annotations

from sms_tui.document.document import Document
from sms_tui.document.edits import Change, SetValue
from sms_tui.document.patch import changes_between
from sms_tui.exactjson import Json, same
from sms_tui.language import _
from sms_tui.schema.paths import ABSENT, Path


class NotTaken(ValueError):
    """A value that cannot take the place of the one in the task; `path` is what stands in the way."""

    def __init__(self, reason: str, path: Path = ()) -> None:
        super().__init__(reason)
        self.path = path


def changes_to(document: Document, path: Path, value: Json) -> list[Change]:
    """The changes that make the value at a path another; none if it is the same. Raises NotTaken."""
    before = document.value(path)
    if not path:
        if not isinstance(value, dict):
            raise NotTaken(_("A task is a JSON object: it starts with {{ and ends with }}").format())
        if not _same_id(document.current, value):
            raise NotTaken(_("The id says which task this is; it cannot be changed"), ("id",))
    if before is ABSENT:
        return [SetValue(path, value)]
    return [] if same(before, value) else changes_between(before, value, path)


def _same_id(before: dict[str, Json], after: dict[str, Json]) -> bool:
    return ("id" in before) == ("id" in after) and same(before.get("id"), after.get("id"))
