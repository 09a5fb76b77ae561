"""The service over HTTP: list, show and update tasks."""

from __future__ import annotations

import time
from collections.abc import Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from sms_tui import exactjson
from sms_tui.simulator import gateway, query, replies, rules, shapes
from sms_tui.simulator.motion import moved
from sms_tui.simulator.replies import RefusalError, answer
from sms_tui.simulator.store import Store, Stored, Task


def simulator(store: Store, *, clock: Callable[[], float] = time.time) -> Starlette:
    """The app. `clock` gives epoch seconds; running tasks move with it."""
    service = _Service(store, clock)
    app = Starlette(
        routes=[
            Route("/v3/tasks", service.tasks, methods=["GET"]),
            Route("/v3/tasks/{task_id}", service.task, methods=["GET", "PUT"]),
        ],
        exception_handlers={
            RefusalError: replies.refused,
            HTTPException: _no_such_api,
            ClientDisconnect: _broken,
            Exception: _broken,
        },
    )
    app.router.redirect_slashes = False
    return app


class _Service:
    """The endpoints. They await nothing between reading and writing a task, so no PUT falls into another."""

    def __init__(self, store: Store, clock: Callable[[], float]) -> None:
        self._store, self._clock = store, clock

    async def tasks(self, request: Request) -> Response:
        gateway.require_credentials(request)
        wanted = query.filters(request.query_params)
        page = self._store.page(wanted, *query.paging(request.query_params))
        return answer({"count": page.count, "tasks": [shapes.item(self._now(stored)) for stored in page.tasks]})

    async def task(self, request: Request) -> Response:
        gateway.require_credentials(request)
        task_id: str = request.path_params["task_id"]
        if request.method != "PUT":
            return answer(shapes.detail(self._find(task_id)))
        raw = await gateway.body_of(request)
        gateway.require_json_type(request)
        self._update(task_id, _object(raw))
        return answer({"id": task_id})

    def _update(self, task_id: str, body: Task) -> None:
        task = self._find(task_id)
        for broken in rules.violations(body, task):
            raise RefusalError(400, broken.code, broken.message)
        self._store.put(task_id, shapes.merged(task, body), self._clock())

    def _find(self, task_id: str) -> Task:
        stored = self._store.get(task_id)
        if stored is None:
            raise RefusalError(400, replies.UNKNOWN_TASK, "The task does not exist.")
        return self._now(stored)

    def _now(self, stored: Stored) -> Task:
        return moved(stored.task, stored_at=stored.at, now=self._clock())


def _object(raw: bytes) -> Task:
    try:
        body = exactjson.loads(raw)
    except exactjson.JsonError as error:
        raise RefusalError(400, replies.BAD_VALUE, f"The body is not JSON: {error}") from None
    if not isinstance(body, dict):
        raise RefusalError(400, replies.BAD_VALUE, "The body must be a JSON object.")
    return body


async def _no_such_api(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    message = "The API does not exist or has not been published in the environment"
    return replies.gateway_answer(error.status_code, replies.NO_SUCH_API, message, error.headers)


async def _broken(request: Request, error: Exception) -> Response:
    return answer({"error_code": replies.BACK_END, "error_msg": "The service failed; try again later."}, 500)
