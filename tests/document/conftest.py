"""The reference page's own example."""

from __future__ import annotations

from pathlib import Path

import pytest

from sms_tui.document.body import Body
from sms_tui.exactjson import loads

_EXAMPLE = Path(__file__).parent.parent / "data" / "reference_example.json"


@pytest.fixture
def example() -> Body:
    """The request example of the reference page: a running Windows task with one disk and two volumes."""
    task = loads(_EXAMPLE.read_bytes())
    assert isinstance(task, dict)
    return task
