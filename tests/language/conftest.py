from __future__ import annotations

from collections.abc import Iterator

import pytest

from sms_tui import language


@pytest.fixture
def chinese() -> Iterator[None]:
    language.use(language.CHINESE)
    yield
    language.use(language.ENGLISH)
