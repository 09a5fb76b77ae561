"""Help on what has the cursor: what a field means, and which keys do something here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from sms_tui.language import N_, _
from sms_tui.schema.registry import FieldSpec, kind
from sms_tui.ui.text import limits
from sms_tui.ui.widgets.lines import Line, Lines
from sms_tui.ui.widgets.rows import fitted

_EVERYWHERE = (
    ("a", N_("in the tree: add an entry, or an object that is null")),
    ("d  c", N_("in the tree: delete, duplicate")),
    ("x  C  v", N_("in the tree: cut, copy, paste, also between source and target")),
    ("K  J", N_("in the tree: move up, move down")),
    ("m", N_("in the tree: mark, for the keys above to work on all that is marked")),
    ("u", N_("in the tree: put back what was loaded")),
    ("M", N_("in the tree: mirror the source's disks onto the target, shown first")),
    ("P", N_("in the tree: where each source disk goes, and where its target disk falls short")),
    ("n  N", N_("in the tree: next and previous match of what was found last, as F3 anywhere")),
    ("t", N_("in the tree: the list as a table; F1 there has its keys")),
    ("e", N_("in the tree: edit the node as JSON in $EDITOR; ctrl+e does it on the screen")),
    ("y  Y", N_("in the tree: copy the value, copy the path")),
    ("space", N_("open or close a node; z closes its siblings too, Z everything")),
    ("[  ]  p", N_("in the tree: previous and next sibling, parent")),
    ("Enter", N_("from the tree to the form; in the form, edit the field")),
)


class HelpDialog(ModalScreen[None]):
    """Explains a field, if there is one under the cursor, and lists the keys."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,f1,q", "dismiss", show=False)]

    def __init__(
        self, spec: FieldSpec | None, bindings: Iterable[Binding], others: Sequence[tuple[str, str]] = _EVERYWHERE
    ) -> None:
        super().__init__()
        self._content = [*(_field(spec) if spec is not None else ()), *_keys(bindings, others)]

    def compose(self) -> ComposeResult:
        with Vertical(classes="tall") as box:
            box.border_title = _("Help")
            box.border_subtitle = _("Esc leaves")
            yield Lines()

    def on_mount(self) -> None:
        lines = self.query_one(Lines)
        lines.show(self._content)
        self.set_focus(lines)


def _field(spec: FieldSpec) -> Iterator[Line]:
    yield [(spec.label, "heading")]
    yield [(spec.help, "")]
    yield [("", "")]
    facts = {
        _("name in the API"): f"{spec.name} ({kind(spec.kind).label.lower()}, {spec.kind})",
        _("type"): spec.type,
        _("takes"): limits(spec),
        _("unit"): (_(spec.unit) if spec.unit else ""),
        _("default"): "" if spec.default is None else str(spec.default),
        _("kept by"): _("the service") if spec.owner == "service" else _("you"),
        _("required"): _required(spec),
    }
    for word, fact in facts.items():
        if fact:
            yield [(fitted(word, 17), "dim"), (fact, "")]
    for member, meaning in spec.meanings.items():
        word = member or '""'
        yield [(f"  {fitted(word, 15)}", "title"), (meaning, "")]
    yield [("", "")]


def _required(spec: FieldSpec) -> str:
    if spec.required:
        return _("yes")
    return _("on {system}").format(system=spec.required_for.capitalize()) if spec.required_for else ""


def _keys(bindings: Iterable[Binding], others: Sequence[tuple[str, str]]) -> Iterator[Line]:
    yield [(_("Keys"), "heading")]
    described = [(binding.key_display or binding.key, binding.description) for binding in bindings]
    for key, words in (*((key, _(words)) for key, words in others), *described):
        if words:
            yield [(f"{key:<17}", "title"), (words, "")]
