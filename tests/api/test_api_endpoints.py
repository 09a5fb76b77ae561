from __future__ import annotations

import pytest

from sms_tui.api.endpoints import EndpointError, check_endpoint, endpoint_for


@pytest.mark.parametrize(
    ("region", "endpoint"),
    [
        ("cn-north-4", "https://sms.cn-north-4.myhuaweicloud.com"),
        ("my-kualalumpur-1", "https://sms.my-kualalumpur-1.myhuaweicloud.com"),
        ("ru-moscow-1", "https://sms-api.ru-moscow-1.myhuaweicloud.com"),
        ("eu-west-101", "https://sms.eu-west-101.myhuaweicloud.eu"),
    ],
)
def test_a_region_has_an_endpoint_that_may_be_used(region: str, endpoint: str) -> None:
    assert endpoint_for(region) == endpoint
    assert check_endpoint(endpoint) == endpoint


@pytest.mark.parametrize("region", ["", "north", "cn-north-4.evil.example/", "CN-NORTH-4", "cn-north-4\n", "a@b-c"])
def test_what_is_no_region_cannot_lead_anywhere(region: str) -> None:
    with pytest.raises(EndpointError, match="such as cn-north-4"):
        endpoint_for(region)


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        (" https://sms.example.com/ ", "https://sms.example.com"),
        ("HTTPS://SMS.Example.com:8443", "https://sms.example.com:8443"),
        ("https://gateway.example.com/sms//", "https://gateway.example.com/sms"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_an_endpoint_is_put_in_its_plain_form(url: str, plain: str) -> None:
    assert check_endpoint(url) == plain


@pytest.mark.parametrize("host", ["sms.example.com", "10.0.0.1", "localhost.example.com", "0.0.0.0"])
def test_http_is_refused_for_other_machines_because_the_token_would_be_readable(host: str) -> None:
    with pytest.raises(EndpointError, match="in clear; write https://"):
        check_endpoint(f"http://{host}")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "sms.example.com",
        "ftp://sms.example.com",
        "https://",
        "https:///v3",
        "https://sms.example.com:port",
        "https://sms.example.com:99999",
        "https://[::1",
        "https://999.1.1.1",
        "http://127.1",
        "https://sms.example.com/?a=b",
        "https://sms.example.com/#a",
        "https://sms.example.com/../v3",
        "https://sms.example.com\\v3",
        "https://sms.exa mple.com",
        "https://sms.example.com\nX-Evil: 1",
        "https://服务.example.com",
        "https://-sms.example.com",
    ],
)
def test_what_is_no_endpoint_is_refused(url: str) -> None:
    with pytest.raises(EndpointError, match="endpoint"):
        check_endpoint(url)


def test_a_password_in_an_endpoint_is_refused_and_not_repeated() -> None:
    with pytest.raises(EndpointError) as refused:
        check_endpoint("https://operator:hunter22@sms.example.com")
    assert "hunter22" not in str(refused.value)
