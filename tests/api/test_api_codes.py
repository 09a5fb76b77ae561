"""The table of error codes, and what is made of it: advice, the field to look at, and the words for `error_json`."""

from __future__ import annotations

import pytest
from cases import every
from hypothesis import given
from hypothesis import strategies as st

from sms_tui.api.codes import CODES, Code, advice_on_401, explain, place
from sms_tui.api.error_json import explain_error_json
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
from sms_tui.exactjson import Json, dumps
from sms_tui.schema.paths import format_path, parse_path
from sms_tui.schema.registry import field_at

KNOWN = [
    *("SMS.7703", "SMS.7711", "SMS.7712", "SMS.6601", "SMS.6610", "SMS.7602", "SMS.6030", "SMS.6031", "SMS.6032"),
    *("SMS.6033", "SMS.6103", "SMS.6519", "SMS.6539", "SMS.6602", "SMS.6603", "SMS.7719", "SMS.9004", "SMS.2002"),
    *("SMS.2248", "SMS.2003", "SMS.2004", "SMS.2005", "SMS.2006", "SMS.2013", "SMS.2009", "SMS.2015", "SMS.2206"),
    *("SMS.2216", "SMS.2252", "SMS.2007", "SMS.1038", "SMS.1039", "SMS.1040", "SMS.0201", "SMS.0202", "SMS.0203"),
    *("SMS.0204", "SMS.0205", "SMS.0303", "SMS.0412", "SMS.0515", "SMS.0805", "SMS.0806", "SMS.0807", "SMS.1104"),
    *("SMS.1105", "SMS.1807", "SMS.2802", "SMS.3802", "SMS.3803", "SMS.3804", "SMS.3805", "SMS.3806", "SMS.6526"),
    *("SMS.6528", "SMS.6616", "SMS.6617", "SMS.9007"),
    *("APIG.0301", "APIG.0101", "APIG.0201", "APIG.0308", "APIGW.0301", "APIGW.0101", "APIGW.0201", "APIGW.0308"),
]
"""Every code that the service and its gateway are known to send."""

DEEDS = (
    *("Add", "Ask", "Check", "Choose", "Compare", "Complete", "Correct", "Get", "Give", "Look", "Make", "Open"),
    *("Raise", "Reload", "Restart", "Send", "Set", "Start", "Stop", "Try", "Use", "Wait"),
)

JSON: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["SMS.0515", "[]", 0.5]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["error_code", "error_param", "error_msg", "code", "x", "\x1b"]), inner)
    ),
    max_leaves=8,
)


@every("code", KNOWN)
def test_every_known_code_has_a_cause_and_tells_what_to_do(code: str) -> None:
    known = explain(code)
    assert known is not None
    assert known.code == code.replace("APIG.", "APIGW.")
    assert known.advice.split()[0] in DEEDS
    for sentence in (known.cause, known.advice):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert ". " not in sentence
        assert len(sentence) <= 120


def test_the_table_has_no_code_that_is_not_known_to_be_sent() -> None:
    assert set(CODES) == {code.replace("APIG.", "APIGW.") for code in KNOWN}


@every("code", [one for one in CODES.values() if one.field], ids=lambda one: one.code)
def test_the_field_of_a_code_is_one_of_the_reference(code: Code) -> None:
    assert field_at(parse_path(str(code.field).replace("[]", "[0]"))) is not None


@pytest.mark.parametrize("code", ["sms.0515", " SMS.0515 "])
def test_a_code_is_known_in_any_spelling(code: str) -> None:
    assert explain(code) == CODES["SMS.0515"]


@pytest.mark.parametrize("code", ["", "0515", "SMS.515", "SMS.9999", "APIG.0515", "SMS.0301", "XAPIGW.0301", "500"])
def test_an_unknown_code_is_not_explained(code: str) -> None:
    assert explain(code) is None


# In the words of an error


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (RequestRefused("Bad name", code="SMS.7711"), "Use only letters, digits, _ and - in the name."),
        (RequestRefused("No", code="SMS.9999"), ""),
        (RequestRefused("No"), ""),
        (TaskNotFound("Gone", code="SMS.7703"), "Reload the task list."),
        (TaskNotFound("Gone", code="SMS.9999"), "Reload the task list."),
        (
            ServiceFailed("Down", code="SMS.2007"),
            "Try again later; if it goes on, give Huawei's support the request ID.",
        ),
        (ServiceFailed("Down"), "Try again later."),
        (ServiceFailed("Down", code="SMS.2007", retry_after=7), "Try again in 7 s."),
        (Throttled("Slow", code="APIG.0308"), "Wait a few seconds, then try again."),
        (Throttled("Slow", code="APIG.0308", retry_after=31), "Try again in 31 s."),
        (
            PermissionMissing("No", permission="sms:server:getTask", code="SMS.9004"),
            "Ask for the permission sms:server:getTask.",
        ),
        (
            OutcomeUnknown("Lost", code="SMS.2007"),
            "Load the task again and look before sending it once more.",
        ),
        (
            CredentialsRefused("Incorrect IAM authentication information: token expires", code="APIGW.0301"),
            "Get a new token: this one has expired.",
        ),
    ],
)
def test_an_error_ends_with_the_advice_for_its_code(error: ApiError, advice: str) -> None:
    before, _, said = str(error).partition("). ") if error.code else str(error).partition(". ")
    assert error.message in before
    assert said == advice


@every("code", KNOWN)
def test_no_error_takes_more_than_three_sentences(code: str) -> None:
    assert len(str(RequestRefused("It went wrong", status=400, code=code, request_id="r-1")).split(". ")) <= 3


@pytest.mark.parametrize(
    ("code", "field"),
    [
        ("SMS.7711", "name"),
        ("SMS.6103", "target_server.disks[].disk_id"),
        ("SMS.2007", None),
        ("?", None),
        (None, None),
    ],
)
def test_an_error_tells_the_field_to_look_at(code: str | None, field: str | None) -> None:
    assert RequestRefused("No", code=code).field == field


# Refused credentials

IAM = "Incorrect IAM authentication information: "


@pytest.mark.parametrize(
    ("message", "advice"),
    [
        ("x-auth-token not found", "Set SMS_TUI_TOKEN"),
        ("decrypt token fail", "Get a new token and copy it whole"),
        ("token expires, expires_at:2019-02-13T06:52:13.855000Z", "Get a new token: this one has expired."),
        ("The token must be updated", "Get a new token: this one has expired."),
        ("verify aksk signature fail, forbidden", "Check the secret key and the clock"),
        ("Verify AKSK signature fail", "Check the secret key and the clock"),
        ("AK access failed to reach the limit,forbidden", "Wait five minutes and do not try before"),
        ("Get secretKey failed,ak:[hidden],err:ak not exist", "Check the access key"),
        ("", "Get a new token, or check the access keys and the clock of this machine."),
        ("something new", "Get a new token, or check the access keys and the clock of this machine."),
    ],
)
def test_each_reason_for_refused_credentials_has_its_own_advice(message: str, advice: str) -> None:
    assert advice_on_401(f"{IAM}{message}").startswith(advice)
    assert advice in str(CredentialsRefused(f"{IAM}{message}", status=401, code="APIGW.0301"))


# Where the field of a code stands in a task


@pytest.mark.parametrize(
    ("task", "path"),
    [
        ({"target_server": {"disks": [{"disk_id": "0"}, {"disk_id": "1"}]}}, "target_server.disks[0].disk_id"),
        ({"target_server": {"disks": [{"disk_id": "0"}, {"name": "b"}]}}, "target_server.disks[1].disk_id"),
        ({"target_server": {"disks": [{"disk_id": "0"}, {"disk_id": ""}]}}, "target_server.disks[1].disk_id"),
        ({"target_server": {"disks": [{"disk_id": "0"}, {"disk_id": None}]}}, "target_server.disks[1].disk_id"),
        ({"target_server": {"disks": [5, {"disk_id": "0"}]}}, "target_server.disks[0]"),
        ({"target_server": {"disks": []}}, "target_server.disks"),
        ({"target_server": {}}, "target_server.disks"),
        ({"target_server": "none"}, "target_server"),
        ({}, "target_server"),
        ([], ""),
    ],
)
def test_a_field_of_disks_is_found_in_the_first_that_lacks_it(task: Json, path: str) -> None:
    assert format_path(place("target_server.disks[].disk_id", task)) == path


def test_a_field_without_lists_is_where_it_says() -> None:
    assert place("target_server.vm_id", {"target_server": {"vm_id": "v"}}) == ("target_server", "vm_id")
    assert place("name", {}) == ("name",)


# What a task says of its failure


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            '{"error_code":"SMS.0515","error_param":"[]"}',
            [
                "SMS.0515: The disks of the source server have changed. "
                "Restart the agent so that it reports its disks again, then fit the target disks to them."
            ],
        ),
        (
            {"error_code": "SMS.1807", "error_param": ["10.0.0.5"], "error_msg": "No connection."},
            [
                "SMS.1807: The source does not reach port 8900 of the target server. Open port 8900 in the security "
                "group of the target server, and check that the source reaches migration_ip. "
                'The service says: No connection. It is about ["10.0.0.5"].'
            ],
        ),
        ('{"error_code":"SMS.9999","x":1}', ["SMS.9999: not in the table of this program."]),
        ('[{"error_code":"SMS.9999"},"and more"]', ["SMS.9999: not in the table of this program.", "and more"]),
        ('{"reason":"no space","count":2,"more":null}', ["reason: no space. count: 2."]),
        ("no space\nleft", ["no space left"]),
        ('{"error_code":"SMS.0515"', ['{"error_code":"SMS.0515"']),
        ("5", ["5"]),
        ("\x1b]0;title\x07\u202etext", ["]0;titletext"]),
    ],
)
def test_what_a_task_says_of_its_failure_is_put_into_words(text: Json, words: list[str]) -> None:
    assert [failure.words for failure in explain_error_json(text)] == words


@pytest.mark.parametrize("text", ["", "  ", "null", "[]", "{}", None, [], {}, '{"error_code":""}'])
def test_a_task_that_did_not_fail_says_nothing(text: Json) -> None:
    assert explain_error_json(text) == []


def test_a_failure_tells_the_field_to_look_at() -> None:
    fields = [failure.field for failure in explain_error_json('[{"error_code":"SMS.0515"},{"error_code":"SMS.9999"}]')]
    assert fields == ["source_server.disks", None]


def nested(depth: int) -> Json:
    value: Json = "SMS.0515"
    for _ in range(depth):
        value = {"error_code": value}
    return value


ODD: dict[str, Json] = {
    "an object for a code": nested(2),
    "too deep": nested(3000),
    "too deep to be read": '{"a":' * 3000,
    "too many digits": 10**5000,
    "too many digits for a code": {"error_code": 10**5000},
    "half a character": "\ud800",
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_an_odd_error_is_no_crash(odd: Json) -> None:
    assert all(failure.words.isprintable() for failure in explain_error_json(odd))


@given(JSON | st.text() | JSON.map(lambda odd: dumps(odd)))
def test_whatever_stands_for_an_error_is_put_into_words_fit_for_a_terminal(odd: Json) -> None:
    for failure in explain_error_json(odd):
        assert failure.words
        assert failure.words.isprintable()
