"""Sessions for the screens."""

from __future__ import annotations

import pytest
from service import Service

from sms_tui.session.service import ServiceSession


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
def session(service: Service) -> ServiceSession:
    return service.session
