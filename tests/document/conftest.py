"""Property tests here have no deadline: on a busy machine one slow example says nothing about the code."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from sms_tui.document import Body
from sms_tui.exactjson import loads

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

_EXAMPLE = Path(__file__).parent.parent / "data" / "reference_example.json"


@pytest.fixture
def example() -> Body:
    """The request example of the reference page: a running Windows task with one disk and two volumes."""
    task = loads(_EXAMPLE.read_bytes())
    assert isinstance(task, dict)
    return task
