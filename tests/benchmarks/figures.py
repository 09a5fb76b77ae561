"""What was measured against what is to be reached, as a table and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

HEADINGS = ("figure", "value", "floor", "ratio", "goal", "reached")


@dataclass(frozen=True, slots=True)
class Figure:
    """A value in `unit`. The goal is at most `most`, at least `least`, or at most `ratio` times the floor; without
    any it is there to be read."""

    name: str
    value: float
    unit: str
    floor: float | None = None
    most: float | None = None
    least: float | None = None
    ratio: float | None = None

    @property
    def measured_ratio(self) -> float | None:
        return self.value / self.floor if self.floor else None

    @property
    def reached(self) -> bool | None:
        """Whether the goal is reached, None without one."""
        goals = [
            None if self.most is None else self.value <= self.most,
            None if self.least is None else self.value >= self.least,
            None if self.ratio is None or not self.floor else self.value <= self.ratio * self.floor,
        ]
        known = [goal for goal in goals if goal is not None]
        return all(known) if known else None

    @property
    def cells(self) -> tuple[str, ...]:
        """The row of the table."""
        goals = [
            *([] if self.most is None else [f"<= {_number(self.most)} {self.unit}"]),
            *([] if self.least is None else [f">= {_number(self.least)} {self.unit}"]),
            *([] if self.ratio is None else [f"<= {self.ratio:g}x"]),
        ]
        return (
            self.name,
            f"{_number(self.value)} {self.unit}",
            "" if self.floor is None else f"{_number(self.floor)} {self.unit}",
            "" if self.measured_ratio is None else f"{self.measured_ratio:.2f}x",
            ", ".join(goals),
            {True: "yes", False: "NO", None: ""}[self.reached],
        )

    def record(self) -> dict[str, Any]:
        """The figure for the JSON file."""
        return asdict(self) | {"measured_ratio": self.measured_ratio, "reached": self.reached}


def table(rows: Iterable[Sequence[str]], headings: Sequence[str] = HEADINGS) -> str:
    """Rows under their headings in columns; the first column is words, the others are numbers."""
    lines = [tuple(headings), *map(tuple, rows)]
    first, *others = (max(map(len, column)) for column in zip(*lines, strict=True))
    lines.insert(1, tuple("-" * width for width in (first, *others)))
    return "\n".join("  ".join([line[0].ljust(first), *map(str.rjust, line[1:], others)]) for line in lines)


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
