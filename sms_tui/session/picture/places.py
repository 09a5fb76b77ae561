"""Where each source disk goes, and where its target disk falls short, in lines that lead to what they name."""

from __future__ import annotations

from collections.abc import Iterator

from sms_tui.document.identity import entry_name
from sms_tui.document.placements import Placement, placements, unused_disks
from sms_tui.exactjson import Json
from sms_tui.language import N_, _
from sms_tui.schema.checks.words import is_size
from sms_tui.schema.paths import Path, value_at
from sms_tui.schema.units import format_size
from sms_tui.session.picture.lines import PictureLine, Run, cells, clipped, fitted, safe
from sms_tui.session.picture.signs import Signs, signs

_PAIRED_BY = {
    "relation": N_("by relation_name"),
    "name": N_("by name"),
    "place": N_("by its place in the list"),
}
_SHORT = "      "


def placing(task: Json, width: int, *, ascii: bool = False) -> list[PictureLine]:
    """Each source disk with the target disk that takes it and what is lacking there, then the target disks left over,
    in lines of at most `width` cells."""
    using = signs(ascii)
    found = placements(task)
    widest = max((cells(_named(task, placement.source).text) for placement in found), default=0)
    column = min(widest, width // 2)
    lines = [line for placement in found for line in _placement(task, placement, using, column)]
    if not found:
        lines = [(Run(_("There are no source disks."), "dim"),)]
    for path in unused_disks(task):
        lines.append((Run("    ", "plain"), _named(task, path), Run("  " + _("takes no source disk"), "dim")))
    return [clipped(line, width) for line in lines]


def _placement(task: Json, placement: Placement, using: Signs, column: int) -> Iterator[PictureLine]:
    source = _named(task, placement.source)
    source = source._replace(text=fitted(source.text, column, using.cut))
    if placement.target is None or placement.by is None:
        yield Run(f"  {using.warning} ", "warning"), source, Run("  " + _("no target disk takes it"), "warning")
        return
    target = _named(task, placement.target)
    short = list(_shortcomings(task, placement, using))
    yield (
        Run(f"  {using.warning} " if short else "    ", "warning"),
        source,
        Run(f"  {using.becomes}  ", "dim"),
        target,
        Run(f"  {_(_PAIRED_BY[placement.by])}", "dim"),
    )
    yield from short


def _shortcomings(task: Json, placement: Placement, using: Signs) -> Iterator[PictureLine]:
    if placement.lacks_for_used:
        lacking = _("{size} too small for what is used of the source disk")
        words = lacking.format(size=format_size(placement.lacks_for_used))
        yield (Run(_SHORT + words, "error", placement.target),)
    elif placement.lacks_for_size:
        words = _("{size} smaller than the source disk").format(size=format_size(placement.lacks_for_size))
        yield (Run(_SHORT + words, "warning"),)
    for path in placement.missing_volumes:
        yield Run(_SHORT + _("lacks volume "), "warning"), _named(task, path)
    for path, other in placement.other_file_systems:
        was, is_now = (safe(str(value_at(task, (*one, "file_system")))) for one in (path, other))
        words = _("file system {change} of ").format(change=f"{was} {using.becomes} {is_now}")
        yield Run(_SHORT + words, "warning"), _named(task, other)


def _named(task: Json, path: Path) -> Run:
    """An entry by its name and size; chosen, it leads there."""
    entry, size = value_at(task, path), value_at(task, (*path, "size"))
    name = entry_name(entry, int(path[-1]))
    beside = f"  {format_size(size)}" if is_size(size) else ""
    return Run(f"{safe(name)}{beside}", "plain", path)
