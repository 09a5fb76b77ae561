"""Run the benchmarks: print what was measured against what is to be reached, and write it as JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from bench_growth import growth_table
from figures import Figure, table

ROUNDS = {"start": 7, "keys": 1, "link": 1, "limit": 3, "list": 1, "growth": 1, "simulator": 1}
"""The parts with how often each is measured, unless told otherwise; `bench_NAME.py` holds `measure`."""
PARTS = [name for name in ROUNDS if Path(__file__).with_name(f"bench_{name}.py").exists()]


def main() -> int:
    """Run the parts that are asked for; 1 if a goal was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to this file as well")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, metavar="NAME", help=", ".join(PARTS))
    parser.add_argument("--rounds", type=int, metavar="N", help="measure each figure N times and take the median")
    arguments = parser.parse_args()
    found: list[Figure] = []
    for name in arguments.only:
        print(f"\n{name}", flush=True)
        figures = _measured(name, arguments.rounds or ROUNDS[name])
        print(growth_table(figures) if name == "growth" else table(figure.cells for figure in figures), flush=True)
        found += figures
        if arguments.json is not None:
            record = {"machine": _machine(), "figures": [figure.record() for figure in found]}
            arguments.json.write_text(json.dumps(record, indent=2), "utf-8")
    missed = sum(figure.reached is False for figure in found)
    print(f"\n{sum(figure.reached is True for figure in found)} goals reached, {missed} missed")
    return 1 if missed else 0


def _measured(name: str, rounds: int) -> Sequence[Figure]:
    measure = import_module(f"bench_{name}").measure
    if name == "simulator":
        return [Figure(f"simulator: {what}", value, "") for what, value in measure().items()]
    figures: Sequence[Figure] = measure(rounds)
    return figures


def _machine() -> dict[str, object]:
    return {
        "python": platform.python_version(),
        "system": platform.platform(),
        "cores": os.cpu_count(),
        **{name: version(name) for name in ("sms-tui", "textual", "pydantic")},
    }


if __name__ == "__main__":
    sys.exit(main())
