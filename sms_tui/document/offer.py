"""A repair on offer, and the words it is offered in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sms_tui.document.edits import Change
from sms_tui.document.identity import entry_name
from sms_tui.exactjson import Json
from sms_tui.language import N_, _
from sms_tui.schema.paths import Path, value_at
from sms_tui.schema.registry import kind_at

_DISK = N_("disk {name}")
_CALLED = {"ServerDisk": _DISK, "TargetDisk": _DISK, "VolumeGroups": N_("volume group {name}")}


@dataclass(frozen=True, slots=True)
class Offer:
    """What would remove a finding, to be made as one edit labelled with its `words`.

    Changes that take a while to find are found once they are asked for; F8 tells the words only.
    """

    words: str
    what: tuple[Change, ...] | Callable[[], Sequence[Change]]

    @property
    def changes(self) -> tuple[Change, ...]:
        return self.what if isinstance(self.what, tuple) else tuple(self.what())


def fields_at(task: Json, path: Path) -> dict[str, Json]:
    """The object at a path, an empty one where there is none."""
    value = value_at(task, path)
    return value if isinstance(value, dict) else {}


def called(task: Json, path: Path) -> str:
    """The entry at a path as an offer calls it: `disk Disk 2`, `volume group vg0`, and of volumes the mere name."""
    known, name = kind_at(path), entry_name(fields_at(task, path), int(path[-1]))
    words = _CALLED.get(known.name) if known is not None else None
    return name if words is None else _(words).format(name=name)
