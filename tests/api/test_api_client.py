from __future__ import annotations

from typing import Any

import pytest
from raw_service import Act, RawService, says

from sms_tui.api.client import Client
from sms_tui.api.credentials import Token
from sms_tui.api.errors import RequestRefused, ServiceFailed, TaskNotFound
from sms_tui.exactjson import dumps


def page(count: int, *ids: str) -> Act:
    return says(200, {"count": count, "tasks": [{"id": each} for each in ids]})


async def listed(client: Client, **filters: str) -> list[list[str]]:
    return [[task["id"] for task in page.tasks] async for page in client.pages(filters, page_size=2)]


async def test_an_update_goes_out_byte_for_byte_and_its_reply_comes_back(client: Client, service: RawService) -> None:
    service.script = [says(200, {"id": "t-1"}, X_Request_Id="r-1")]
    reply = await client.update_task("t-1", {"z": None, "a": "", "size": 2**63 - 1, "rate": 0.0, "名": "盘"})
    taken = service.taken[0]
    assert (taken.method, taken.target) == ("PUT", "/v3/tasks/t-1")
    assert taken.body.decode() == '{"z":null,"a":"","size":9223372036854775807,"rate":0.0,"名":"盘"}'
    assert taken.headers["content-type"] == "application/json"
    assert (reply.status, reply.request_id, reply.body) == (200, "r-1", {"id": "t-1"})


async def test_integers_come_back_exactly_however_large(client: Client, service: RawService) -> None:
    service.script = [says(200, b'{"id": "t", "odd": 9007199254740993, "huge": 123456789012345678901234567890}')]
    assert await client.get_task("t") == {"id": "t", "odd": 2**53 + 1, "huge": 123456789012345678901234567890}
    assert service.taken[0].target == "/v3/tasks/t"
    assert service.taken[0].body == b""


async def test_one_page_is_asked_for_by_filters_limit_and_offset(client: Client, service: RawService) -> None:
    service.script = [page(41, "t-1")]
    found = await client.list_tasks({"state": "RUNNING", "name": "a b"}, limit=20, offset=40)
    assert service.taken[0].target == "/v3/tasks?state=RUNNING&name=a%20b&limit=20&offset=40"
    assert (found.count, found.tasks) == (41, [{"id": "t-1"}])


async def test_pages_follow_until_the_count_is_reached(client: Client, service: RawService) -> None:
    service.script = [page(5, "a", "b"), page(5, "c", "d"), page(5, "e")]
    assert await listed(client, state="READY") == [["a", "b"], ["c", "d"], ["e"]]
    assert [taken.target.rpartition("=")[2] for taken in service.taken] == ["0", "2", "4"]


async def test_pages_end_at_an_empty_page_whatever_the_count_says(client: Client, service: RawService) -> None:
    service.script = [page(9, "a", "b"), page(9)]
    assert await listed(client) == [["a", "b"], []]


async def test_no_tasks_is_one_empty_page(client: Client, service: RawService) -> None:
    service.script = [page(0)]
    assert await listed(client) == [[]]


async def test_a_service_that_ignores_paging_is_asked_once(client: Client, service: RawService) -> None:
    service.script = [page(3, "a", "b", "c")]
    assert await listed(client) == [["a", "b", "c"]]


async def test_a_task_that_moves_to_the_next_page_meanwhile_is_listed_once(client: Client, service: RawService) -> None:
    service.script = [page(3, "a", "b"), page(4, "b", "c")]
    assert await listed(client) == [["a", "b"], ["c"]]


async def test_a_service_that_never_advances_is_not_followed(client: Client, service: RawService) -> None:
    service.otherwise = page(1000, "a", "b")
    with pytest.raises(ServiceFailed, match="repeats the same page"):
        await listed(client)
    assert len(service.taken) == 2


async def test_listing_stops_where_the_api_can_count_no_further(client: Client, service: RawService) -> None:
    service.otherwise = says(200, {"count": 10**9, "tasks": [{"id": None}] * 40_000})
    with pytest.raises(RequestRefused, match="no more than 65535 tasks; filter by"):
        await listed_without_ids(client)
    assert len(service.taken) == 2


async def listed_without_ids(client: Client) -> int:
    return sum([len(page.tasks) async for page in client.pages({})])


@pytest.mark.parametrize(
    "task_id", ["", " ", ".", "..", "a/b", "../tasks", "/", "a\nb", "a\x00", "\x7f", "\udc80", "x" * 256]
)
async def test_what_is_no_task_id_is_refused_before_anything_is_sent(
    client: Client, service: RawService, task_id: str
) -> None:
    with pytest.raises(RequestRefused, match=r"task id .*nothing was sent"):
        await client.get_task(task_id)
    with pytest.raises(RequestRefused, match=r"task id .*nothing was sent"):
        await client.update_task(task_id, {"name": "n"})
    assert service.taken == []


@pytest.mark.parametrize("value", ["a\nb", "\udc80", "x" * 256])
async def test_a_filter_that_cannot_be_sent_is_named(client: Client, service: RawService, value: str) -> None:
    with pytest.raises(RequestRefused, match=r"the filter name .*nothing was sent"):
        await client.list_tasks({"name": value})
    assert service.taken == []


async def test_an_id_with_odd_characters_stays_one_segment_of_the_path(client: Client, service: RawService) -> None:
    service.script = [says(200, {"id": "odd"})]
    await client.get_task("a b?c#d%2Fe")
    assert service.taken[0].target == "/v3/tasks/a%20b%3Fc%23d%252Fe"


async def test_an_unknown_id_is_a_task_not_found(client: Client, service: RawService) -> None:
    service.script = [says(400, {"error_code": "SMS.7703", "error_msg": "task does not exist"})]
    with pytest.raises(TaskNotFound, match=r"task does not exist \(HTTP 400, SMS\.7703\)\. Reload the task list\."):
        await client.get_task("gone")


async def test_redirects_are_not_followed(client: Client, service: RawService) -> None:
    service.otherwise = says(302, Location=f"{service.url}/v3/elsewhere")
    with pytest.raises(RequestRefused, match=r"redirects to 127\.0\.0\.1, which is never followed"):
        await client.get_task("t")
    with pytest.raises(RequestRefused, match=r"redirects to 127\.0\.0\.1, which is never followed"):
        await client.update_task("t", {})
    assert [taken.target for taken in service.taken] == ["/v3/tasks/t"] * 2


async def test_a_path_in_the_endpoint_comes_before_that_of_the_api(service: RawService, token: Token) -> None:
    service.script = [says(200, {"id": "t"})]
    async with Client(f"{service.url}/sms/", token) as client:
        await client.get_task("t")
    assert service.taken[0].target == "/sms/v3/tasks/t"


async def test_a_closed_client_holds_no_connection(service: RawService, token: Token) -> None:
    service.otherwise = says(200, {"id": "t"})
    client = Client(service.url, token)
    await client.get_task("t")
    await client.aclose()
    with pytest.raises(RuntimeError, match="closed"):
        await client.get_task("t")


async def test_a_task_is_read_with_every_key_it_has(client: Client, service: RawService) -> None:
    task: dict[str, Any] = {"id": "t", "code": "own", "message": "own", "new_key": [None, {"": ""}], "error_json": ""}
    service.script = [says(200, task)]
    assert list((await client.get_task("t")).items()) == list(task.items())


async def test_how_much_of_a_task_has_come_is_told_piece_by_piece(client: Client, service: RawService) -> None:
    task = {"id": "t", "padding": "x" * 2_000_000}
    content = dumps(task).encode()
    service.script = [says(200, content)]
    told: list[tuple[int, int | None]] = []
    assert await client.get_task("t", lambda come, total: told.append((come, total))) == task
    size = len(content)
    assert len(told) > 2
    assert told == sorted(told)
    assert told[-1] == (size, size)


async def test_the_bytes_of_a_refusal_are_none_of_the_task(client: Client, service: RawService) -> None:
    task = {"id": "t"}
    service.script = [says(503, {"error_msg": "a long explanation"}), says(200, task)]
    told: list[tuple[int, int | None]] = []
    assert await client.get_task("t", lambda come, total: told.append((come, total))) == task
    assert told == [(len(dumps(task)), len(dumps(task)))]
