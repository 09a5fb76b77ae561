"""Whose a value is: what the service writes by itself, and what only an operator changes."""

from __future__ import annotations

from functools import reduce
from typing import Literal, TypeAlias

from sms_tui.document.body import Body
from sms_tui.document.diff import all_objects
from sms_tui.document.matching import pair_entries
from sms_tui.document.sharing import either, shared
from sms_tui.document.weaving import woven
from sms_tui.schema.paths import ABSENT, Path, Value
from sms_tui.schema.registry import ROOT, KindSpec, kind

Owner: TypeAlias = KindSpec | Literal["operator", "service"]
"""Whose the values in a value are: the kind tells field by field, or all are the operator's or the service's."""


def owner_below(owner: Owner, step: str | int) -> Owner:
    """Whose the value one step below is. A key that the reference does not know is the service's."""
    if isinstance(step, int) or not isinstance(owner, KindSpec):
        return owner
    spec = owner.fields.get(step)
    if spec is None or spec.owner == "service":
        return "service"
    return kind(spec.of) if spec.of is not None else "operator"


def owner_at(path: Path, above: Owner | None = None) -> Owner:
    """Whose the value at a path is; `above` is whose the value is that the path starts from, else the task."""
    return reduce(owner_below, path, above or kind(ROOT))


def churned(base: Body, theirs: Body) -> Body:
    """`base` with what the service itself changed in `theirs`, and nothing that an operator did.

    This is what may come to the screen without a question. It is `base` itself if there is nothing of the sort.
    """
    out = _churned(kind(ROOT), base, shared(base, theirs))
    assert isinstance(out, dict)
    return out


def _churned(owner: Owner, base: Value, theirs: Value) -> Value:
    if base is theirs or owner == "service":
        return theirs
    if isinstance(base, dict) and isinstance(theirs, dict):
        values = {
            key: _churned(owner_below(owner, key), base.get(key, ABSENT), theirs.get(key, ABSENT))
            for key in woven(list(base), list(theirs), as_mine=True)
        }
        return either({key: value for key, value in values.items() if value is not ABSENT}, base)
    if isinstance(base, list) and isinstance(theirs, list) and all_objects(base, theirs):
        partner = {before: theirs[after] for before, after in pair_entries(base, theirs) if after is not None}
        entries = [_churned(owner, entry, partner.get(at, ABSENT)) for at, entry in enumerate(base)]
        return either([entry for entry in entries if entry is not ABSENT], base)
    return base
