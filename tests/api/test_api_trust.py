from __future__ import annotations

import ssl
import traceback
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import trustme
from raw_service import Act, RawService, breaks_off, hangs_up, raw_service, says, stalls

from sms_tui.api.client import Client
from sms_tui.api.connection import Timeouts
from sms_tui.api.credentials import AkSk, Credentials, Token
from sms_tui.api.endpoints import EndpointError
from sms_tui.api.errors import ApiError, ServiceUnreachable, SettingsError, UntrustedCertificate
from sms_tui.exactjson import dumps

KEYS = AkSk("an-access-key-of-the-tests", "a-secret-key-of-the-tests", "a-security-token-of-the-tests")
TOKEN = Token("gAAAAA-a-token-of-the-tests")


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> Path:
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    return tmp_path / "ca.pem"


def server_context(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


@pytest.fixture
async def secure(authority: trustme.CA) -> AsyncIterator[RawService]:
    async with raw_service(tls=server_context(authority, "127.0.0.1"), otherwise=says(200, {"id": "t"})) as service:
        yield service


def https(service: RawService) -> str:
    return f"https://127.0.0.1:{service.port}"


async def test_an_unknown_authority_is_refused_at_once_and_nothing_is_sent(secure: RawService) -> None:
    async with Client(https(secure), TOKEN) as client:
        with pytest.raises(UntrustedCertificate, match=r"not trusted: .*certificate.*Nothing was sent"):
            await client.get_task("t")
        with pytest.raises(UntrustedCertificate):
            await client.update_task("t", {})
    assert secure.taken == []


async def test_the_ca_file_adds_an_authority(secure: RawService, ca_file: Path) -> None:
    async with Client(https(secure), TOKEN, ca_file=ca_file) as client:
        assert await client.get_task("t") == {"id": "t"}


async def test_a_certificate_of_another_name_is_refused_in_spite_of_its_authority(
    authority: trustme.CA, ca_file: Path
) -> None:
    async with (
        raw_service(tls=server_context(authority, "sms.example.com")) as service,
        Client(https(service), TOKEN, ca_file=ca_file) as client,
    ):
        with pytest.raises(UntrustedCertificate, match="IP address mismatch"):
            await client.get_task("t")
    assert service.taken == []


async def test_the_ca_file_of_the_environment_is_believed_instead_of_the_public_ones(
    monkeypatch: pytest.MonkeyPatch, secure: RawService, ca_file: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(ca_file))
    async with Client(https(secure), TOKEN) as client:
        assert await client.get_task("t") == {"id": "t"}


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_ca_file_that_is_none_is_named(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "ours.pem"
    if content is not None:
        path.write_text(content)
    with pytest.raises(SettingsError, match=r"The CA file .*ours\.pem does not hold CA certificates"):
        Client("https://sms.example.com", TOKEN, ca_file=path)


def test_a_ca_file_of_the_environment_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "nowhere.pem")
    with pytest.raises(SettingsError, match="SSL_CERT_FILE does not lead to CA certificates"):
        Client("https://sms.example.com", TOKEN)


def test_a_client_for_an_endpoint_in_clear_cannot_be_made() -> None:
    with pytest.raises(EndpointError, match="in clear"):
        Client("http://sms.example.com", TOKEN)


async def test_a_service_without_tls_behind_https_is_unreachable() -> None:
    async with (
        raw_service(greeting=b"HTTP/1.1 400 Bad Request\r\n\r\n") as service,
        Client(https(service), TOKEN) as client,
    ):
        with pytest.raises(ServiceUnreachable, match=r"no connection to 127\.0\.0\.1.*Nothing was changed"):
            await client.update_task("t", {})


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
async def test_the_proxy_of_the_environment_is_taken_and_sees_no_credentials(
    monkeypatch: pytest.MonkeyPatch, authority: trustme.CA, ca_file: Path, variable: str
) -> None:
    behind = server_context(authority, "sms.example.com")
    async with raw_service(tls_behind_connect=behind, otherwise=says(200, {"id": "t"})) as proxy:
        monkeypatch.setenv(variable, f"127.0.0.1:{proxy.port}")
        async with Client("https://sms.example.com", TOKEN, ca_file=ca_file) as client:
            assert await client.get_task("t") == {"id": "t"}
    assert [connect.split(" ")[0] for connect in proxy.connects] == ["sms.example.com:443"]
    assert TOKEN.value not in proxy.connects[0]
    assert proxy.taken[0].headers["host"] == "sms.example.com"
    assert proxy.taken[0].headers["x-auth-token"] == TOKEN.value


async def test_a_proxy_that_refuses_leaves_the_update_unsent_and_its_password_unsaid(
    monkeypatch: pytest.MonkeyPatch, service: RawService
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://operator:hunter22@127.0.0.1:{service.port}")
    async with Client("https://sms.example.com", TOKEN) as client:
        with pytest.raises(ServiceUnreachable, match=r"the proxy 127\.0\.0\.1 says 407") as raised:
            await client.update_task("t", {})
    assert "hunter22" not in str(raised.value)
    assert service.taken == []


async def test_no_proxy_stands_between_this_program_and_this_machine(
    monkeypatch: pytest.MonkeyPatch, service: RawService, deaf_url: str
) -> None:
    service.otherwise = says(200, {"id": "t"})
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, deaf_url)
    async with Client(service.url, TOKEN) as client:
        assert await client.get_task("t") == {"id": "t"}


async def test_no_proxy_is_honoured(monkeypatch: pytest.MonkeyPatch, service: RawService) -> None:
    monkeypatch.setenv("HTTPS_PROXY", service.url)
    monkeypatch.setenv("NO_PROXY", "other.example,.invalid")
    async with Client("https://sms.invalid", TOKEN) as client:
        with pytest.raises(ServiceUnreachable, match=r"the name sms\.invalid is not known"):
            await client.get_task("t")
    assert service.connects == []


@pytest.mark.parametrize(
    "proxy", ["socks5://operator:hunter22@127.0.0.1:1080", "http://", "http://[broken", "http://proxy:port"]
)
def test_a_proxy_of_another_kind_is_refused_without_repeating_it(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(SettingsError, match="HTTPS_PROXY") as raised:
        Client("https://sms.example.com", TOKEN)
    assert "hunter22" not in str(raised.value)


FAILURES = {
    "refused": says(401, {"error_code": "APIGW.0301", "error_msg": "decrypt token fail"}),
    "an error in success": says(200, {"error_code": "SMS.1", "error_msg": "no"}),
    "throttled": says(429, Retry_After="999"),
    "failed": says(500),
    "not JSON": says(200, b"<html>"),
    "silence": stalls,
    "no reply": hangs_up(),
    "reset": breaks_off(200, reset=True),
}


@pytest.mark.parametrize("credentials", [TOKEN, KEYS], ids=["token", "keys"])
@pytest.mark.parametrize("act", FAILURES.values(), ids=FAILURES.keys())
async def test_no_failure_shows_a_secret_even_in_a_traceback_with_local_variables(
    service: RawService, hasty: Timeouts, credentials: Credentials, act: Act
) -> None:
    service.otherwise = act
    async with Client(service.url, credentials, timeouts=hasty) as client:
        with pytest.raises(ApiError) as raised:
            await client.update_task("t", {})
    error = raised.value
    assert (error.__cause__, error.__context__) == (None, None), "an error of httpx holds the request and its headers"
    assert error.__traceback__ is not None
    of_the_program = error.with_traceback(error.__traceback__.tb_next)
    told = "".join(traceback.TracebackException.from_exception(of_the_program, capture_locals=True).format())
    assert "update_task" in told
    for secret in secrets_sent(service, credentials):
        assert secret not in told + repr(error) + str(error)


@pytest.mark.parametrize("credentials", [TOKEN, KEYS], ids=["token", "keys"])
async def test_what_the_service_repeats_of_the_credentials_is_not_shown(
    service: RawService, credentials: Credentials
) -> None:
    async def echo(reader: object, writer: object) -> bool:
        told = " ".join(service.taken[-1].headers.values())
        reply = says(401, {"error_code": "APIGW.0301", "error_msg": told[-250:], "request_id": told[:250]})
        return await reply(reader, writer)

    service.otherwise = echo
    async with Client(service.url, credentials) as client:
        with pytest.raises(ApiError, match="hidden") as raised:
            await client.get_task("t")
    for secret in secrets_sent(service, credentials):
        assert secret not in str(raised.value) + dumps(vars(raised.value))


def secrets_sent(service: RawService, credentials: Credentials) -> list[str]:
    if isinstance(credentials, Token):
        return [credentials.value]
    signature = service.taken[-1].headers["authorization"].rpartition("=")[2]
    assert len(signature) == 64
    return [credentials.access_key, credentials.secret_key, credentials.security_token or "", signature]
