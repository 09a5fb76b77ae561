"""The reference page's own example, and a session on a service that does what a test tells it to."""

from __future__ import annotations

from pathlib import Path

import pytest
from session_fakes import FakeService

from sms_tui.document.body import Body
from sms_tui.exactjson import loads
from sms_tui.session.service import ServiceSession

_EXAMPLE = Path(__file__).parent.parent / "data" / "reference_example.json"


@pytest.fixture
def example() -> Body:
    """The request example of the reference page: a running Windows task with one disk and two volumes."""
    task = loads(_EXAMPLE.read_bytes())
    assert isinstance(task, dict)
    return task


@pytest.fixture
def service(example: Body) -> FakeService:
    return FakeService(example)


class Pauses(list[float]):
    """The pauses made, none of which takes time; `after` is called after each."""

    def after(self) -> None:
        pass

    async def __call__(self, seconds: float) -> None:
        self.append(seconds)
        self.after()


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
def session(service: FakeService, pauses: Pauses) -> ServiceSession:
    return ServiceSession(service, "a place", pause=pauses)
