"""What becomes of each call: which faults strike it, and how its reply is then brought."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial

from sms_tui.simulator.faults.exchange import Asked, Call, Delivery, Handler, Operation, Reply, Service
from sms_tui.simulator.faults.spec import Fault, parse


@dataclass(slots=True)
class _Watched:
    """A fault as it was written, with the calls that reached it and those it struck."""

    spec: str
    fault: Fault
    reached: int = 0
    struck: int = 0


class Faults:
    """The faults of one service, each written as a spec; the one named first sees a request first.

    They may be changed while the service runs. `sleep` is how late and slow replies wait. Raises FaultError for a spec
    that is wrong.
    """

    def __init__(self, *specs: str, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep) -> None:
        self.sleep = sleep
        self._watched: list[_Watched] = []
        self._held: dict[str, Reply] = {}
        for spec in specs:
            self.add(spec)

    def add(self, spec: str) -> None:
        """One more fault, behind those there are; its count starts now. Raises FaultError."""
        self._watched.append(_Watched(spec, parse(spec)))

    def clear(self) -> None:
        """No faults any more."""
        self._watched.clear()
        self._held.clear()

    def struck(self, spec: str) -> int:
        """How many calls a fault has struck so far, by its spec as it was given."""
        return sum(watched.struck for watched in self._watched if watched.spec == spec)

    async def deliver(self, asked: Asked, service: Service) -> Delivery:
        """What becomes of a request; `service` answers it where it reaches the service."""
        operation = asked.operation
        handler: Handler = partial(self._served, service)
        if operation is not None:
            for watched in reversed(self._watched):
                handler = partial(self._guarded, watched, operation, handler, service)
        return await handler(asked)

    async def _served(self, service: Service, asked: Asked) -> Delivery:
        held = self._held.pop(asked.path, None) if asked.method == "GET" else None
        return Delivery(held or await service(asked))

    async def _guarded(
        self, watched: _Watched, operation: Operation, ahead: Handler, service: Service, asked: Asked
    ) -> Delivery:
        if operation not in watched.fault.operations:
            return await ahead(asked)
        watched.reached += 1
        if not watched.fault.strikes(watched.reached):
            return await ahead(asked)
        watched.struck += 1
        return await watched.fault.act(Call(operation, asked, ahead, service, self._held))
