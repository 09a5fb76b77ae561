"""Property tests here have no deadline: on a busy machine one slow example says nothing about the code."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
