"""One disk or volume group as a bar of cells: a block per volume, to scale as far as the blocks can still be seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from sms_tui.schema.paths import Path
from sms_tui.session.picture.labels import Painted, write_label
from sms_tui.session.picture.lines import VOLUMES, Role, Run
from sms_tui.session.picture.shares import in_cells, shares
from sms_tui.session.picture.signs import Signs
from sms_tui.session.picture.stores import Store, Volume, is_focused

LEAST = 3
"""Cells that a block needs to be seen and told from its neighbours."""


class Scale(NamedTuple):
    """`cells` stand for `whole` bytes in every bar; `beyond` cells are left for what is over the end of a disk."""

    whole: int
    cells: int
    beyond: int = 0

    def at(self, size: int) -> int:
        return in_cells(size, self.whole, self.cells)


class Bar(NamedTuple):
    """A bar in runs, with what there is to tell beside it.

    `end` is where the disk ends, in cells. `to_scale` is about the length of the bar, `widened` says that a block in
    it is wider than the scale would have it; `unlabelled` are the volumes that have no room for their whole label,
    `summed` says how many share the last block.
    """

    end: int
    to_scale: bool
    widened: bool
    summed: int
    runs: Sequence[Run]
    unlabelled: Sequence[Volume]


class _Piece(NamedTuple):
    """A volume with its bytes on the disk and over its end; `outside` if it begins there."""

    volume: Volume
    inside: int
    surplus: int
    outside: bool


def in_focus(store: Store, focus: Path | None) -> int | None:
    """Which volume of a disk or group has a path in it, if any."""
    return next((at for at, volume in enumerate(store.volumes) if is_focused(volume, focus)), None)


def draw(store: Store, scale: Scale, signs: Signs, focused: int | None = None) -> Bar:
    """The bar of a disk or group with one of its volumes marked. Where there are more than can be seen, the last are
    one block."""
    volumes = _seen(store, scale.cells // LEAST)
    pieces = list(_pieces(store, volumes))
    inside = [piece for piece in pieces if not piece.outside]
    beyond = [piece for piece in pieces if piece.outside or piece.surplus]
    unallocated = max(0, store.extent - store.allocated)
    natural, natural_beyond = scale.at(store.extent), scale.at(store.surplus)
    end = min(scale.cells, max(natural, LEAST * len(inside) + bool(unallocated)))
    over_end = min(scale.beyond, max(natural_beyond, LEAST * len(beyond)))
    *widths, rest = shares(
        [*(piece.inside for piece in inside), unallocated],
        [*(LEAST for _ in inside), min(1, scale.at(unallocated))],
        end,
    )
    widths_over = iter(shares([piece.surplus for piece in beyond], [LEAST for _ in beyond], over_end))
    widened = any(width > scale.at(piece.inside) + 1 for piece, width in zip(inside, widths, strict=True))
    summed = len(store.volumes) - len(volumes) + 1 if len(volumes) < len(store.volumes) else 0
    widths_inside = iter(widths)
    cells: list[Run] = []
    unlabelled: list[Volume] = []
    marked = None if focused is None else min(focused, len(volumes) - 1)
    for at, piece in enumerate(pieces):
        block = _block(
            piece,
            0 if piece.outside else next(widths_inside),
            next(widths_over) if piece.outside or piece.surplus else 0,
            signs,
        )
        if not _mark(block, piece.volume, signs, focused=at == marked):
            unlabelled.append(piece.volume)
        cells += [Run(text, role, piece.volume.path) for text, role in block]
    if len(cells) > end:
        cells[end] = Run(signs.disk_end, "over", cells[end].path)
    cells += [Run(signs.unallocated, "unallocated", store.path)] * rest
    to_scale = end == natural and over_end == natural_beyond
    return Bar(end, to_scale, widened, summed, list(_joined(cells)), unlabelled)


def _joined(cells: Iterable[Run]) -> Iterator[Run]:
    """What lies side by side and is alike in one run."""
    for (role, path), found in groupby(cells, key=lambda cell: cell[1:]):
        yield Run("".join(text for text, _, _ in found), role, path)


def _seen(store: Store, most: int) -> Sequence[Volume]:
    """The volumes, the last of very many as one."""
    if len(store.volumes) <= most:
        return store.volumes
    first, others = store.volumes[: most - 1], store.volumes[max(0, most - 1) :]
    size = sum(volume.size or 0 for volume in others)
    return [*first, Volume(store.path, "+", "", size, None)]


def _pieces(store: Store, volumes: Sequence[Volume]) -> Iterator[_Piece]:
    start = 0
    for volume in volumes:
        size = volume.size or 0
        inside = max(0, min(size, store.extent - start))
        yield _Piece(volume, inside, size - inside, outside=store.surplus > 0 and start >= store.extent)
        start += size


def _block(piece: _Piece, width: int, over: int, signs: Signs) -> list[Painted]:
    """A block of so many cells on the disk and over its end."""
    most = width + over
    inner = _content(piece, max(0, min(width, most - 1) - 1), signs)
    inner += [(signs.over, "over")] * (most - 2 - len(inner))
    edge: Role = _solid(piece.volume) if width else "over"
    ends = inner[:1] + inner[-1:] or [("", edge), ("", edge)]
    block = [(signs.left, ends[0][1]), *inner, (signs.right, ends[-1][1])][:most]
    if 0 < width < most:
        block[width] = (signs.disk_end, "over")
    return block


def _content(piece: _Piece, width: int, signs: Signs) -> list[Painted]:
    """What is used and what is free of a volume's part on the disk; more used than there is ends in a mark."""
    size, used = piece.volume.size, piece.volume.used
    if size is None or used is None:
        return [(signs.unknown, "unknown")] * width
    solid = in_cells(min(used, piece.inside), piece.inside, width)
    if width > 1 and 0 < used < piece.inside:
        solid = max(1, min(solid, width - 1))
    content: list[Painted] = [(signs.used, _solid(piece.volume))] * solid + [(signs.free, "free")] * (width - solid)
    if used > size and content:
        content[-1] = (signs.over, "over")
    return content


def _solid(volume: Volume) -> Role:
    place = volume.path[-1]
    assert isinstance(place, int)
    return "group" if volume.group else VOLUMES[place % len(VOLUMES)]


def _mark(block: list[Painted], volume: Volume, signs: Signs, *, focused: bool) -> bool:
    """Write a volume's label into its block, and mark it if it is in focus; False if there is no room for the label."""
    is_labelled = write_label(block, volume, signs, focused=focused)
    if focused and len(block) > 1:
        block[0], block[-1] = (signs.focus_left, "focus"), (signs.focus_right, "focus")
    return is_labelled
