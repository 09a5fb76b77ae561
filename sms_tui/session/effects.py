"""What became of each change after a PUT, judged by reading the task back."""

from __future__ import annotations

from sms_tui.document.body import Body
from sms_tui.document.diff import Difference, diff
from sms_tui.document.identity import describe, identity
from sms_tui.document.matching import Counterparts, pair_entries, reordered
from sms_tui.exactjson import Json, same
from sms_tui.schema.paths import ABSENT, Value, value_at
from sms_tui.session.outcomes import Effect, Fate


def effects(base: Body, current: Body, sent: Body, held: Body) -> list[Effect]:
    """One effect for every change from `base` to `current` that the body `sent` carried; `held` was read back."""
    counterparts = Counterparts(current, held)
    return [
        _effect(change, base if change.sort == "removed" else current, current, held, counterparts)
        for change in diff(base, current)
        if change.path[0] in sent
    ]


def _effect(change: Difference, task: Body, current: Body, held: Body, counterparts: Counterparts) -> Effect:
    there = counterparts.in_newer(change.path if change.sort == "reordered" else change.holder)
    holder = ABSENT if there is None else value_at(held, there)
    where = describe(change.path, task)
    if holder is ABSENT:
        return Effect(change, where, "not shown by the service", ABSENT)
    if change.sort == "reordered":
        return Effect(change, where, _fate_of_order(change, holder), holder)
    if change.sort == "removed":
        still = _still_there(change.old, value_at(current, change.holder), holder)
        return Effect(change, where, "kept" if still is ABSENT else "ignored", still)
    place = counterparts.in_newer(change.path)
    now = ABSENT if place is None else value_at(held, place)
    return Effect(change, where, _fate(change, now), now)


def _fate(change: Difference, now: Value) -> Fate:
    if _holds(now, change.new):
        return "kept"
    if now is ABSENT and change.sort == "changed":
        return "not shown by the service"
    return "ignored" if same(now, change.old) else "changed by the service"


def _fate_of_order(change: Difference, now: Value) -> Fate:
    if not isinstance(now, list):
        return "changed by the service"
    if _in_order(change.new, now):
        return "kept"
    return "ignored" if _in_order(change.old, now) else "changed by the service"


def _in_order(wanted: Value, now: list[Json]) -> bool:
    assert isinstance(wanted, list)
    return not reordered(pair_entries(wanted, now))


def _still_there(entry: Value, wanted: Value, now: Value) -> Value:
    """The entry that was to be taken out, if the list holds more of its identity than was wanted; else ABSENT."""
    if not (isinstance(wanted, list) and isinstance(now, list)):
        return ABSENT
    there = [one for one in now if _is_the_same(entry, one)]
    meant = sum(_is_the_same(entry, one) for one in wanted)
    return there[meant] if len(there) > meant else ABSENT


def _is_the_same(entry: Value, one: Json) -> bool:
    known_by = identity(entry)
    return same(entry, one) or (known_by is not None and known_by == identity(one))


def _holds(now: Value, sent: Value) -> bool:
    """Whether the service holds what was sent; keys it fills in, such as the id of a new disk, take nothing away."""
    if now is ABSENT or sent is ABSENT:
        return now is sent
    return all(difference.sort == "changed" and difference.old is ABSENT for difference in diff(sent, now))
