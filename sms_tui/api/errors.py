"""What can go wrong between here and the service, named by what a person can do about it.

    ApiError
      CredentialsRefused    get other credentials
      PermissionMissing     ask for the permission it names
      TaskNotFound          reload the list
      RequestRefused        correct what was asked
      Throttled             wait
      ServiceFailed         try again later
      ServiceUnreachable    check the endpoint and the line; nothing was changed
        UntrustedCertificate  check who answers, or name its CA
      OutcomeUnknown        look at the task before sending again

No text here carries a secret: what the service says is cleaned (`sms_tui.api.faults`) before it becomes a message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sms_tui.language import N_, _

if TYPE_CHECKING:
    from sms_tui.api.codes import Code


class SettingsError(ValueError):
    """A setting (credentials, endpoint, CA file, proxy) that cannot be used; the text says which and what to do. Each
    argument is a line of it."""

    def __str__(self) -> str:
        return "\n".join(map(str, self.args))


class ApiError(Exception):
    """A call that did not succeed; `str()` is two or three sentences for a person, with advice by the code if known.

    `status` is the HTTP status, None if no reply came. `code` and `message` are the service's `error_code` and
    `error_msg`; without a reply `message` says what happened. `request_id` is what Huawei's support asks for.
    `retry_after` is the wait the service asks for, in seconds.
    """

    headline: ClassVar[str] = N_("The call did not succeed")
    advice: ClassVar[str] = ""

    def __init__(
        self,
        message: str = "",
        *,
        status: int | None = None,
        code: str | None = None,
        request_id: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.code = code
        self.request_id = request_id
        self.retry_after = retry_after

    @property
    def field(self) -> str | None:
        """The field to look at, as `sms_tui.api.codes` writes it; None if the code tells none."""
        known = self._known
        return known.field if known is not None else None

    @property
    def _known(self) -> Code | None:
        from sms_tui.api.codes import explain

        return explain(self.code or "")

    @property
    def cause(self) -> str:
        """What happened, without a headline: `no answer came within 30 s`, `bad gateway (HTTP 502)`."""
        origin = ", ".join(self._origin())
        return f"{self.message.rstrip('. 。')}{f' ({origin})' if origin else ''}".strip()

    @property
    def happened(self) -> str:
        """What happened in one sentence, without the advice."""
        headline, cause = _(self.headline), self.cause
        if self.message:
            return _("{headline}: {cause}.").format(headline=headline, cause=cause)
        return _("{what}.").format(what=f"{headline} {cause}".rstrip())

    def __str__(self) -> str:
        return _("{what} {then}").format(what=self.happened, then=self._advice()).rstrip()

    def _origin(self) -> list[str]:
        parts = [f"HTTP {self.status}"] if self.status is not None else []
        parts += [self.code] if self.code else []
        return parts + ([_("request {id}").format(id=self.request_id)] if self.request_id else [])

    def _advice(self) -> str:
        if self.retry_after is not None:
            return _("Try again in {seconds} s.").format(seconds=f"{self.retry_after:.0f}")
        known = self._known
        return known.advice if known is not None else _(self.advice)


class CredentialsRefused(ApiError):
    """Token or access keys are wrong, expired or locked. Never tried again: five bad signatures lock an access key."""

    headline = N_("The service refused the credentials")

    def _advice(self) -> str:
        from sms_tui.api.codes import advice_on_401

        return advice_on_401(self.message)


class PermissionMissing(ApiError):
    """The account may not do this; `permission` names what it lacks, as IAM policies write it."""

    headline = N_("The account is not allowed to do this")

    def __init__(
        self,
        message: str = "",
        *,
        permission: str,
        status: int | None = None,
        code: str | None = None,
        request_id: str | None = None,
    ) -> None:
        super().__init__(message, status=status, code=code, request_id=request_id)
        self.permission = permission

    def _advice(self) -> str:
        return _("Ask for the permission {permission}.").format(permission=self.permission)


class TaskNotFound(ApiError):
    """The service has no task with this id (any more)."""

    headline = N_("The service has no such task")
    advice = N_("Reload the task list.")


class RequestRefused(ApiError):
    """The service, or this program before sending, refused what was asked; asking the same again will not help."""

    headline = N_("The request was refused")


class Throttled(ApiError):
    """Too many requests; this one was not taken."""

    headline = N_("The service is throttling requests")
    advice = N_("Try again in a minute.")


class ServiceFailed(ApiError):
    """The service, or something in between, answered with a failure or with what cannot be understood."""

    headline = N_("The service failed")
    advice = N_("Try again later.")


class ServiceUnreachable(ApiError):
    """No answer came over the line and nothing was changed: an update in this state was never sent."""

    headline = N_("The service cannot be reached")
    advice = N_("Nothing was changed; check the endpoint, the network and HTTPS_PROXY.")


class UntrustedCertificate(ServiceUnreachable):
    """Whoever answers does not prove to be the service; nothing was sent."""

    headline = N_("The certificate of the service is not trusted")
    advice = N_("Nothing was sent; check the endpoint, or name the CA file of your network.")


class OutcomeUnknown(ApiError):
    """An update may have been sent and nothing tells whether it landed; it is neither done nor failed."""

    headline = N_("Nothing tells whether the update landed")

    def _advice(self) -> str:
        return _("Load the task again and look before sending it once more.")
