"""The drawings in words, a sentence a line, for whoever has them read out."""

from __future__ import annotations

from collections.abc import Iterator

from sms_tui.exactjson import Json
from sms_tui.language import N_, _, ngettext
from sms_tui.schema.units import format_size
from sms_tui.session.picture.disks import NO_DISKS
from sms_tui.session.picture.lines import PictureLine, Role, Run
from sms_tui.session.picture.steps import Course, Step, as_fields, failure, step
from sms_tui.session.picture.stores import Server, Store, Volume, disks_in_order, size_text, stores
from sms_tui.session.picture.time_axis import heading, time_text

MOST = 200
"""Disks or sub-tasks that are told of."""

_GOES_ON = N_("goes on")
"""What is said of a sub-task that has begun and not ended; its ending is called the same."""
_DISKS = {"source": N_("Source {name}, {size}: {volumes}"), "target": N_("Target {name}, {size}: {volumes}")}


def told_disks(task: Json) -> list[PictureLine]:
    """The disks of both servers, every source disk before its target; after each its volumes with what is used."""
    source, target = Server(task, "source"), Server(task, "target")
    order = disks_in_order(source, target)
    lines = [line for held in stores(order[:MOST], source, target) for store in held for line in _store(store)]
    if len(order) > MOST:
        more = len(order) - MOST
        words = ngettext(" {count} more disk after these", " {count} more disks after these", more)
        lines.append((Run(words.format(count=more)),))
    missing = [server for server in (source, target) if not server.disks]
    return [*((Run(_(NO_DISKS[server.side]), "plain", server.path),) for server in missing), *lines]


def _store(store: Store) -> Iterator[PictureLine]:
    volumes = [f"{volume.name} {size_text(volume.size)}" for volume in store.volumes]
    volumes.append(_("{size} unallocated").format(size=format_size(max(0, store.extent - store.allocated))))
    if store.surplus:
        words = _("{name}: its volumes take {size} more than it has")
        volumes.append(words.format(name=store.name, size=format_size(store.surplus)))
    if store.least is not None:
        volumes.append(_("at least {size}").format(size=format_size(store.least)))
    words = _(_DISKS[store.side]).format(name=store.name, size=size_text(store.size), volumes=", ".join(volumes))
    role: Role = "over" if store.surplus else "plain"
    yield (Run(words, role, store.path),)
    for volume in store.volumes:
        if volume.used is not None:
            yield (Run(f"  {_volume(volume)}", "plain", volume.path),)


def _volume(volume: Volume) -> str:
    called = " ".join(part for part in (volume.name, volume.file_system) if part)
    words = _("{name}: {used} of {size} used")
    return words.format(name=called, used=format_size(volume.used or 0), size=size_text(volume.size))


def told_steps(task: Json, now_ms: int) -> list[PictureLine]:
    """How the task stands, and its sub-tasks in their order."""
    entries = as_fields(task).get("sub_tasks")
    course = Course.of(task, now_ms)
    steps = [step(at, entry, course) for at, entry in enumerate(entries[:MOST] if isinstance(entries, list) else ())]
    stands = ", ".join(
        run.text.strip() for line in heading(task, course, now_ms, 400) for run in line if run.text.strip()
    )
    lines: list[PictureLine] = [(Run(stands, "plain", ("state",)),)]
    lines += [(Run(_step(one), "error" if one.failed else "plain", one.path),) for one in steps]
    return [*lines, *((Run(told, "error", ("error_json",)),) for told in failure(task))]


def _step(one: Step) -> str:
    done = "? %" if one.progress is None else f"{one.progress} %"
    stands = _("failed") if one.failed else _(_GOES_ON) if one.ending == _GOES_ON and one.start is not None else ""
    parts = (done, time_text(one), one.speed, stands, one.odd, one.trace)
    return f"{one.name}: {', '.join(part for part in parts if part)}"
