"""What a key costs in the editor: time against the same key in the floor app, and bytes on the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from figures import Figure
from limit_task import EXAMPLE, limit_task
from meter import Answer, Terminal, key_bytes
from programs import (
    DOWN,
    EDITOR_SHOWS,
    ENTER,
    ESCAPE,
    F8,
    FLOOR_SHOWS,
    HOME,
    LEFT,
    OPEN_DISKS,
    PAGE_DOWN,
    PAGE_UP,
    RIGHT,
    TAB,
    UP,
    editor,
    floor,
    has_diff_layer,
)

_TYPED = "abcdefghijkl"
_IDLE = 5.0


@dataclass(slots=True)
class _Answers:
    """What was measured on one task: answers by what the key does, and the floor's beside them."""

    step: list[Answer] = field(default_factory=list)
    character: list[Answer] = field(default_factory=list)
    floor_step: list[Answer] = field(default_factory=list)
    floor_character: list[Answer] = field(default_factory=list)
    page: list[Answer] = field(default_factory=list)
    floor_page: list[Answer] = field(default_factory=list)
    problem: list[Answer] = field(default_factory=list)
    fold: list[Answer] = field(default_factory=list)
    focus: list[int] = field(default_factory=list)
    lag: list[float] = field(default_factory=list)
    idle: int = 0


def measure(rounds: int) -> Sequence[Figure]:
    """Figures of keys on the example, on the limit task, and on the example without the diff layer."""
    found = [
        *_figures("example", _answers(EXAMPLE, rounds), character=120, step=600, focus=1_000),
        *_figures("limit task", _answers(limit_task(), rounds), character=120, step=600, focus=1_000),
    ]
    if has_diff_layer():
        plain = _answers(EXAMPLE, rounds, "--no-diff")
        found += _figures("example without diff layer", plain, character=300, step=9_000, focus=9_000)
    return found


def _answers(file: Path, rounds: int, *options: str) -> _Answers:
    answers = _Answers()
    for _ in range(rounds):
        with floor() as bare, editor(file, *options) as program:
            bare.frame(*FLOOR_SHOWS)
            bare.key(DOWN)
            program.frame(*EDITOR_SHOWS)
            program.settle()
            for key in OPEN_DISKS:
                program.key(key)
            _move(answers, bare, program)
            _type(answers, bare, program)
            _jump(answers, program)
    return answers


def _move(answers: _Answers, bare: Terminal, program: Terminal) -> None:
    for step in [DOWN] * 14 + [UP] * 14:
        answers.floor_step.append(bare.key(step))
        answers.step.append(program.key(step))
    for step in [PAGE_DOWN] * 3 + [PAGE_UP] * 3:
        answers.floor_page.append(bare.key(step))
        answers.page.append(program.key(step))
    answers.idle += program.idle(_IDLE)
    answers.lag.append(program.hold(DOWN))


def _type(answers: _Answers, bare: Terminal, program: Terminal) -> None:
    program.key(HOME)
    answers.focus += [key_bytes(program, key) for key in (ENTER, ESCAPE, ENTER)]
    bare.key(TAB)
    for terminal in (bare, program):
        terminal.key(_TYPED[0])  # opens the field
    for character in _TYPED[1:]:
        answers.floor_character.append(bare.key(character))
        answers.character.append(program.key(character))
    answers.idle += program.idle(_IDLE)
    program.key(ESCAPE)
    answers.focus.append(key_bytes(program, ESCAPE))


def _jump(answers: _Answers, program: Terminal) -> None:
    answers.problem += [program.key(F8) for _ in range(4)]
    for key in (ESCAPE, HOME, DOWN, DOWN):
        program.key(key)
    answers.fold += [program.key(key) for key in (LEFT, RIGHT) * 2]


def _figures(task: str, answers: _Answers, *, character: int, step: int, focus: int) -> Sequence[Figure]:
    times = {
        name: median(answer.last for answer in getattr(answers, name) if answer.size)  # none at the end of a list
        for name in ("step", "character", "floor_step", "floor_character", "page", "floor_page", "problem", "fold")
    }

    def sizes(found: list[Answer]) -> list[int]:
        return [answer.size for answer in found]

    return [
        Figure(f"{task}: character typed", times["character"], "ms", times["floor_character"], ratio=0.3),
        Figure(f"{task}: character typed, CPU", median(a.cpu for a in answers.character), "ms"),
        Figure(f"{task}: character typed", median(sizes(answers.character)), "B", most=character),
        Figure(f"{task}: character typed, worst", max(sizes(answers.character)), "B"),
        Figure(f"{task}: cursor step, form following", times["step"], "ms", times["floor_step"], ratio=2),
        Figure(f"{task}: cursor step, CPU", median(a.cpu for a in answers.step), "ms"),
        Figure(f"{task}: cursor step", median(sizes(answers.step)), "B", most=step),
        Figure(f"{task}: cursor step, worst", max(sizes(answers.step)), "B"),
        Figure(f"{task}: page of the tree", times["page"], "ms", times["floor_page"], ratio=1),
        Figure(f"{task}: F8", times["problem"], "ms", most=40),
        Figure(f"{task}: fold and unfold", times["fold"], "ms", most=40),
        Figure(f"{task}: fold and unfold, worst", max(a.last for a in answers.fold), "ms"),
        Figure(f"{task}: focus moves, worst", max(answers.focus), "B", most=focus),
        Figure(f"{task}: lag after 40 x down at 30 Hz", median(answers.lag), "ms", most=50),
        Figure(f"{task}: bytes sent while idle", answers.idle, "B", most=0),
    ]
