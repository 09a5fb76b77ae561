from __future__ import annotations

import email.utils
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.api.credentials import AkSk, Token
from sms_tui.api.errors import (
    ApiError,
    CredentialsRefused,
    OutcomeUnknown,
    PermissionMissing,
    RequestRefused,
    ServiceFailed,
    TaskNotFound,
    Throttled,
)
from sms_tui.api.faults import LONGEST, clean, fault_in
from sms_tui.api.redaction import secrets_of
from sms_tui.api.replies import (
    LIST,
    SHOW,
    UPDATE,
    Answer,
    Operation,
    page_in,
    read,
    refusal,
    reply_to_update,
    retry_after,
    task_in,
)
from sms_tui.exactjson import dumps


def answer(status: int, body: Any = b"", **headers: str) -> Answer:
    content = body if isinstance(body, bytes) else dumps(body).encode()
    return Answer(status, {name.replace("_", "-"): value for name, value in headers.items()}, content)


def service_error(code: str, message: str = "so it is") -> dict[str, Any]:
    return {"error_code": code, "error_param": [], "error_msg": message}


@pytest.mark.parametrize(
    "body",
    [
        {"error_code": "SMS.6103", "error_msg": "Missing diskId", "request_id": "r-1"},
        {"error_msg": "Missing diskId", "error_code": "SMS.6103", "error_param": [], "request_id": "r-1"},
        {"errorCode": "SMS.6103", "errorMsg": "Missing diskId", "request_id": "r-1"},
        {"code": "SMS.6103", "message": "Missing diskId", "request_id": "r-1"},
        {"error": {"code": "SMS.6103", "message": "Missing diskId", "request_id": "r-1"}},
        {"anything": {"error_code": "SMS.6103", "error_msg": "Missing diskId", "request_id": "r-1"}},
    ],
)
def test_every_known_shape_of_an_error_is_read(body: dict[str, Any]) -> None:
    error = refusal(UPDATE, answer(400, body))
    assert (error.code, error.message, error.request_id) == ("SMS.6103", "Missing diskId", "r-1")
    assert str(error) == (
        "The request was refused: Missing diskId (HTTP 400, SMS.6103, request r-1). Give every target disk its disk_id."
    )


def test_a_number_for_a_code_is_read_and_the_request_id_may_stand_in_a_header() -> None:
    error = refusal(SHOW, answer(500, {"error": {"code": 500, "message": "down"}}, X_Request_Id="r-2"))
    assert (error.code, error.request_id) == ("500", "r-2")


@pytest.mark.parametrize("body", [b"", b"<html>nginx</html>", b'{"a":', b"[1]", b"null", b'{"a": 1}', b"\xff\xfe"])
def test_an_error_without_words_is_named_by_its_status(body: bytes) -> None:
    assert str(refusal(SHOW, answer(500, body))) == (
        "The service failed: internal server error (HTTP 500). Try again later."
    )


@pytest.mark.parametrize(
    ("operation", "status", "code", "kind"),
    [
        (SHOW, 401, "APIGW.0301", CredentialsRefused),
        (UPDATE, 401, "", CredentialsRefused),
        (UPDATE, 401, "SMS.2004", RequestRefused),
        (SHOW, 403, "SMS.9004", PermissionMissing),
        (SHOW, 404, "", TaskNotFound),
        (UPDATE, 400, "SMS.7703", TaskNotFound),
        (SHOW, 200, "SMS.7703", TaskNotFound),
        (SHOW, 404, "APIG.0101", RequestRefused),
        (LIST, 404, "", RequestRefused),
        (UPDATE, 400, "SMS.6103", RequestRefused),
        (UPDATE, 409, "", RequestRefused),
        (UPDATE, 413, "APIGW.0201", RequestRefused),
        (SHOW, 429, "APIGW.0308", Throttled),
        (UPDATE, 429, "APIGW.0308", Throttled),
        (SHOW, 500, "SMS.2007", ServiceFailed),
        (UPDATE, 500, "SMS.2007", ServiceFailed),
        (UPDATE, 503, "", ServiceFailed),
        (SHOW, 502, "", ServiceFailed),
        (SHOW, 200, "SMS.2007", ServiceFailed),
        (UPDATE, 200, "SMS.2007", ServiceFailed),
        (UPDATE, 502, "", OutcomeUnknown),
        (UPDATE, 504, "APIGW.0106", OutcomeUnknown),
        (SHOW, 302, "", RequestRefused),
    ],
)
def test_a_reply_is_sorted_by_what_can_be_done_about_it(
    operation: Operation, status: int, code: str, kind: type[ApiError]
) -> None:
    with pytest.raises(ApiError) as raised:
        read(operation, answer(status, service_error(code) if code else b""))
    assert type(raised.value) is kind
    assert (raised.value.status, raised.value.code) == (status, code or None)


@pytest.mark.parametrize(
    ("operation", "permission"),
    [(LIST, "sms:server:listTask"), (SHOW, "sms:server:getTask"), (UPDATE, "sms:server:updateTask")],
)
def test_a_missing_permission_is_named_for_the_operation(operation: Operation, permission: str) -> None:
    assert str(refusal(operation, answer(403, service_error("SMS.9004", "No.")))) == (
        f"The account is not allowed to do this: No (HTTP 403, SMS.9004). Ask for the permission {permission}."
    )


@pytest.mark.parametrize(
    ("location", "where"),
    [
        ("https://login.example.com/?token=abc", "to login.example.com"),
        ("/elsewhere", "elsewhere"),
        ("http://[broken", "elsewhere"),
    ],
)
def test_a_redirect_names_its_host_and_no_more(location: str, where: str) -> None:
    assert f"the endpoint redirects {where}, which" in refusal(SHOW, answer(307, Location=location)).message


@pytest.mark.parametrize("body", [{"id": "t"}, {}, [], "done", None, {"code": "x", "message": "a task's own"}])
def test_an_update_is_taken_when_the_reply_carries_no_error(body: Any) -> None:
    reply = reply_to_update(answer(200, body, X_Request_Id="r-3"))
    assert (reply.status, reply.request_id, reply.body) == (200, "r-3", body)


@pytest.mark.parametrize("status", [200, 202, 204])
def test_an_update_is_taken_when_the_reply_is_empty(status: int) -> None:
    assert reply_to_update(answer(status)).body is None


@pytest.mark.parametrize("body", [b"<html>log in</html>", b'{"id": "t"', b"\xff", b'{"id": NaN}', b'{"a":1,"a":2}'])
def test_a_success_that_cannot_be_read_leaves_an_update_unknown_and_fails_a_get(body: bytes) -> None:
    with pytest.raises(OutcomeUnknown, match=r"its reply is not JSON \(line 1"):
        reply_to_update(answer(200, body))
    with pytest.raises(ServiceFailed, match=r"its reply is not JSON \(line 1"):
        task_in(answer(200, body))


@pytest.mark.parametrize("body", [[], "task", 1, None, True])
def test_a_task_is_an_object(body: Any) -> None:
    with pytest.raises(ServiceFailed, match="no JSON object"):
        task_in(answer(200, body))


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        None,
        {"count": 1},
        {"tasks": []},
        {"count": "1", "tasks": []},
        {"count": True, "tasks": []},
        {"count": 1, "tasks": None},
        {"count": 1, "tasks": ["t"]},
    ],
)
def test_a_page_has_a_count_and_tasks(body: Any) -> None:
    with pytest.raises(ServiceFailed, match="its reply holds"):
        page_in(answer(200, body))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("0", 0), ("120", 120), (" 7 ", 7), ("", None), ("soon", None), ("-5", None), ("1.5", None), ("9" * 400, None)],
)
def test_a_wait_in_seconds_is_read(text: str, seconds: float | None) -> None:
    assert retry_after({"Retry-After": text}) == seconds


def test_a_wait_until_a_date_is_counted_from_the_date_of_the_reply() -> None:
    headers = {"Date": "Wed, 01 Jan 2020 00:00:00 GMT", "Retry-After": "Wed, 01 Jan 2020 00:00:20 GMT"}
    assert retry_after(headers) == 20
    assert retry_after({**headers, "Date": "Wed, 01 Jan 2020 01:00:00 GMT"}) == 0


def test_a_wait_until_a_date_is_counted_from_now_if_the_reply_has_none() -> None:
    until = email.utils.formatdate(time.time() + 600, usegmt=True)
    wait = retry_after({"Retry-After": until})
    assert wait is not None
    assert 590 < wait <= 600


def test_the_wait_the_service_asks_for_is_told() -> None:
    error = refusal(SHOW, answer(429, service_error("APIGW.0308", "over ratelimit"), Retry_After="120"))
    assert str(error) == (
        "The service is throttling requests: over ratelimit (HTTP 429, APIGW.0308). Try again in 120 s."
    )


@given(st.text())
def test_whatever_the_service_says_fits_on_one_line_of_a_terminal(message: str) -> None:
    error = refusal(UPDATE, answer(400, {"error_code": message, "error_msg": message, "request_id": message}))
    assert len(str(error)) < 3 * LONGEST + 100
    assert str(error).isprintable()


def test_control_characters_and_direction_marks_are_removed() -> None:
    assert clean("\x1b[2Jred\x07 \u202etxt\u2066\n\n  next\x9b line") == "[2Jred txt next line"


def test_a_secret_the_service_repeats_is_hidden_even_in_pieces() -> None:
    secret = "a-secret-token"
    torn = secret[:4] + "\x00\u200b" + secret[4:]
    body = dumps({"error_code": secret, "error_msg": f"bad {torn}, {secret}", "request_id": secret}).encode()
    fault = fault_in(body, secrets_of(Token(secret)))
    assert (fault.code, fault.message, fault.request_id) == ("[hidden]", "bad [hidden], [hidden]", "[hidden]")


def test_a_secret_is_hidden_before_the_text_is_cut() -> None:
    secret = "x" * 50
    assert "xxx" not in clean("y" * (LONGEST - 10) + secret, secrets_of(Token(secret)))


def test_every_part_of_an_access_key_is_hidden() -> None:
    secrets = secrets_of(AkSk("the-access-key", "the-secret-key", "the-security-token"))
    shown = secrets.with_signature("SDK-HMAC-SHA256 Access=the-access-key, Signature=0123456789abcdef").hide(
        "the-access-key the-secret-key the-security-token 0123456789abcdef"
    )
    assert shown == " ".join(["[hidden]"] * 4)
    assert "the-" not in repr(secrets)
