"""What takes long is done in a thread, for the event loop to go on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")


async def meanwhile(work: Callable[[], _T], takes_long: bool) -> _T:
    """Have something done, in a thread where it takes long: to go there and back is a waste where it does not."""
    return await asyncio.to_thread(work) if takes_long else work()
