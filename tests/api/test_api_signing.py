from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from raw_service import RawService, says
from vendor_signing import vendor_authorization

from sms_tui.api.auth import AkSkAuth, auth_for
from sms_tui.api.client import Client
from sms_tui.api.credentials import AkSk, Token
from sms_tui.exactjson import dumps

# Keys of the vendor's documentation, which no account has.
ACCESS_KEY, SECRET_KEY = "QTWAOYTTINDUT2QVKYUC", "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc"
ENDPOINT = "https://sms.cn-north-4.myhuaweicloud.com"
TASK = "/v3/tasks/ef3b9722-07a0-40ae-89b0-889ee96d0001"


def sent(request: httpx.Request, auth: httpx.Auth) -> httpx.Request:
    """The request as it leaves, after httpx and the auth have done everything to it."""
    taken: list[httpx.Request] = []

    def take(leaving: httpx.Request) -> httpx.Response:
        taken.append(leaving)
        return httpx.Response(200)

    with httpx.Client(transport=httpx.MockTransport(take), trust_env=False) as line:
        line.send(request, auth=auth)
    return taken[0]


def on_new_year(**more: str) -> AkSkAuth:
    return AkSkAuth(AkSk(ACCESS_KEY, SECRET_KEY, **more), clock=lambda: datetime(2025, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("request_", "auth", "signed", "signature"),
    [
        (
            httpx.Request("GET", ENDPOINT + TASK),
            on_new_year(),
            "host;x-sdk-date",
            "d3730c3f9436410fae82ee3940987df99f9bbac6bd8546cd87d6c61d8a19f91b",
        ),
        (
            httpx.Request("GET", ENDPOINT + "/v3/tasks?limit=50&name=%E6%B5%8B%E8%AF%95%20a%2Bb&offset=0"),
            on_new_year(domain_id="d0"),
            "host;x-domain-id;x-sdk-date",
            "e202c705ac4a5c6254cf5e433d5194412a379e0029d929b59116a697137c9f19",
        ),
        (
            httpx.Request(
                "PUT",
                ENDPOINT + TASK,
                headers={"Content-Type": "application/json"},
                content=b'{"name":"MigrationTask"}',
            ),
            on_new_year(security_token="tok"),
            "content-type;host;x-sdk-date;x-security-token",
            "141677a2194cf9108558a62553368258aefdc0a7125e78398d8e2bb8010f703f",
        ),
    ],
)
def test_known_requests_get_their_known_signatures(
    request_: httpx.Request, auth: AkSkAuth, signed: str, signature: str
) -> None:
    leaving = sent(request_, auth)
    assert leaving.headers["X-Sdk-Date"] == "20250101T000000Z"
    assert leaving.headers["Authorization"] == (
        f"SDK-HMAC-SHA256 Access={ACCESS_KEY}, SignedHeaders={signed}, Signature={signature}"
    )


def vendors_view(leaving: httpx.Request) -> str:
    return vendor_authorization(
        leaving.method,
        leaving.url.raw_path.decode(),
        {name.lower(): value for name, value in leaving.headers.multi_items()},
        leaving.content,
        ACCESS_KEY,
        SECRET_KEY,
    )


text = st.text(max_size=12) | st.text(alphabet="a+ %/&=~*'()!$,;:@é测\U0001f600-_.", max_size=12)
query_text = st.lists(st.tuples(text, text), max_size=4)
ids = st.none() | st.text(alphabet="abc123-_", min_size=1, max_size=8)


@given(
    method=st.sampled_from(["GET", "PUT", "POST", "DELETE"]),
    segments=st.lists(text, max_size=4),
    parameters=query_text,
    spaces=st.sampled_from(["%20", "+"]),
    body=st.none() | st.binary(max_size=40) | st.dictionaries(text, text, max_size=2).map(lambda d: dumps(d).encode()),
    extra=st.tuples(ids, ids, ids),
    port=st.sampled_from(["", ":443", ":8443"]),
)
def test_the_vendor_signs_what_we_send_the_same(
    method: str,
    segments: list[str],
    parameters: list[tuple[str, str]],
    spaces: str,
    body: bytes | None,
    extra: tuple[str | None, str | None, str | None],
    port: str,
) -> None:
    path = "".join(f"/{quote(segment, safe='')}" for segment in segments)
    query = urlencode(parameters, quote_via=quote).replace("%20", spaces)
    request = httpx.Request(
        method,
        f"{ENDPOINT}{port}{path}{'?' if query else ''}{query}",
        headers={} if body is None else {"Content-Type": "application/json"},
        content=body,
    )
    leaving = sent(request, AkSkAuth(AkSk(ACCESS_KEY, SECRET_KEY, *extra)))
    assert leaving.headers["Authorization"] == vendors_view(leaving)


@given(raw=st.text(alphabet="a/.~%2Fe'é+ &=;[]{}|^`\"", max_size=20))
def test_a_url_that_httpx_has_to_tidy_up_is_signed_as_it_leaves(raw: str) -> None:
    leaving = sent(httpx.Request("GET", f"{ENDPOINT}/{raw}?{raw}"), AkSkAuth(AkSk(ACCESS_KEY, SECRET_KEY)))
    assert leaving.headers["Authorization"] == vendors_view(leaving)


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"name": "two words"},
        {"name": "a+b&c=d%20e/~'*"},
        {"name": "测试", "state": "RUNNING"},
        {"name": ""},
        {"zone": "last", "id": "first"},
    ],
)
async def test_a_list_request_taken_from_the_wire_bears_the_vendors_signature(
    service: RawService, filters: dict[str, str]
) -> None:
    service.otherwise = says(200, {"count": 0, "tasks": []})
    keys = AkSk(ACCESS_KEY, SECRET_KEY, "security-token", "project", "domain")
    async with Client(service.url + "/a-gateway", keys) as client:
        await client.list_tasks(filters, limit=7, offset=3)
    taken = service.taken[0]
    assert taken.headers["authorization"] == vendor_authorization(
        taken.method, taken.target, taken.headers, taken.body, ACCESS_KEY, SECRET_KEY
    )


@pytest.mark.parametrize("task_id", ["ef3b9722-07a0-40ae-89b0-889ee96d0001", "a b+c%2Fd~é测", "...", "a:b@c;d=e?f#g"])
@pytest.mark.parametrize("body", [{}, {"name": "任务\udc80", "size": 2**63}])
async def test_get_and_put_taken_from_the_wire_bear_the_vendors_signature(
    service: RawService, task_id: str, body: dict[str, Any]
) -> None:
    service.otherwise = says(200, {"id": task_id})
    async with Client(service.url, AkSk(ACCESS_KEY, SECRET_KEY)) as client:
        await client.get_task(task_id)
        await client.update_task(task_id, body)
    assert [taken.method for taken in service.taken] == ["GET", "PUT"]
    for taken in service.taken:
        assert taken.headers["authorization"] == vendor_authorization(
            taken.method, taken.target, taken.headers, taken.body, ACCESS_KEY, SECRET_KEY
        )
    assert signed_headers(service.taken[1].headers["authorization"]) == ["content-type", "host", "x-sdk-date"]


def signed_headers(authorization: str) -> list[str]:
    found = re.search("SignedHeaders=([^,]*),", authorization)
    assert found is not None
    return found[1].split(";")


async def test_every_attempt_is_signed_at_its_own_time(monkeypatch: pytest.MonkeyPatch, service: RawService) -> None:
    times = iter([datetime(2025, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, 0, 0, 30, tzinfo=UTC)])
    monkeypatch.setattr("sms_tui.api.client.auth_for", lambda keys: AkSkAuth(keys, clock=lambda: next(times)))
    service.script = [says(429), says(200, {"id": "t"})]
    async with Client(service.url, AkSk(ACCESS_KEY, SECRET_KEY)) as client:
        await client.get_task("t")
    assert [taken.headers["x-sdk-date"] for taken in service.taken] == ["20250101T000000Z", "20250101T000030Z"]
    for taken in service.taken:
        assert taken.headers["authorization"] == vendor_authorization(
            taken.method, taken.target, taken.headers, taken.body, ACCESS_KEY, SECRET_KEY
        )


def test_a_token_goes_out_as_it_is_and_nothing_is_signed() -> None:
    leaving = sent(httpx.Request("GET", ENDPOINT + TASK), auth_for(Token("the-token")))
    assert leaving.headers["X-Auth-Token"] == "the-token"
    assert "Authorization" not in leaving.headers


def test_without_credentials_nothing_is_added() -> None:
    leaving = sent(httpx.Request("GET", ENDPOINT + TASK), auth_for(None))
    assert not {"x-auth-token", "authorization", "x-sdk-date"} & set(leaving.headers)
