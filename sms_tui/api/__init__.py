"""Speaks to the service: who may ask (`credentials`), where (`endpoints`), what went wrong (`errors`), the `client`.

Only `client`, `auth` and `connection` load httpx; import the client from its own module when it is first needed.
"""

from typing import TYPE_CHECKING

from sms_tui.deferred import deferred

if TYPE_CHECKING:
    from sms_tui.api.credentials import AkSk, Credentials, CredentialsError, Token, find_credentials
    from sms_tui.api.endpoints import EndpointError, check_endpoint, endpoint_for
    from sms_tui.api.errors import (
        ApiError,
        CredentialsRefused,
        OutcomeUnknown,
        PermissionMissing,
        RequestRefused,
        ServiceFailed,
        ServiceUnreachable,
        SettingsError,
        TaskNotFound,
        Throttled,
        UntrustedCertificate,
    )

__all__ = [
    "AkSk",
    "ApiError",
    "Credentials",
    "CredentialsError",
    "CredentialsRefused",
    "EndpointError",
    "OutcomeUnknown",
    "PermissionMissing",
    "RequestRefused",
    "ServiceFailed",
    "ServiceUnreachable",
    "SettingsError",
    "TaskNotFound",
    "Throttled",
    "Token",
    "UntrustedCertificate",
    "check_endpoint",
    "endpoint_for",
    "find_credentials",
]

__getattr__ = deferred(
    __name__,
    {
        "AkSk": "credentials",
        "ApiError": "errors",
        "Credentials": "credentials",
        "CredentialsError": "credentials",
        "CredentialsRefused": "errors",
        "EndpointError": "endpoints",
        "OutcomeUnknown": "errors",
        "PermissionMissing": "errors",
        "RequestRefused": "errors",
        "ServiceFailed": "errors",
        "ServiceUnreachable": "errors",
        "SettingsError": "errors",
        "TaskNotFound": "errors",
        "Throttled": "errors",
        "Token": "credentials",
        "UntrustedCertificate": "errors",
        "check_endpoint": "endpoints",
        "endpoint_for": "endpoints",
        "find_credentials": "credentials",
    },
)
