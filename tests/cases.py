"""A test of many like cases, as one: of thousands that take no time, most of it goes into keeping them apart.

Used like `pytest.mark.parametrize`. Each case is tried, whatever became of those before it, and each that fails is
told with its name and its own traceback.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest


def every(names: str | Sequence[str], cases: Iterable[Any], ids: Callable[[Any], str] = str) -> Callable[..., Any]:
    """Try a test with each of the cases: values for one argument, or for several named ones a tuple of values each."""
    together = () if isinstance(names, str) else tuple(names)

    def decorated(test: Callable[..., None]) -> Callable[[], None]:
        def tried() -> None:
            count, failed = 0, []
            for case in cases:
                count += 1
                try:
                    test(**dict(zip(together, case, strict=True))) if together else test(case)
                except (Exception, pytest.fail.Exception) as failure:
                    failure.add_note(f"in the case {ids(case):.200}")
                    failed.append(failure)
            assert count, "there are no cases"
            if failed:
                raise BaseExceptionGroup(f"{len(failed)} of {count} cases", failed)

        functools.update_wrapper(tried, test)
        del tried.__wrapped__  # pytest would look there for fixtures
        return tried

    return decorated
