"""What must never be shown, should a server repeat it in an error."""

from __future__ import annotations

from dataclasses import dataclass, field

from sms_tui.api.credentials import AkSk, Credentials, Token

_SHORTEST = 6  # hiding shorter ones would tear ordinary words apart


@dataclass(frozen=True, slots=True)
class Secrets:
    """Texts to hide. An object of its own, so that no traceback prints them as a local variable."""

    texts: tuple[str, ...] = field(default=(), repr=False)

    def hide(self, text: str) -> str:
        """The text without them."""
        for secret in self.texts:
            if len(secret) >= _SHORTEST:
                text = text.replace(secret, "[hidden]")
        return text

    def with_signature(self, authorization: str) -> Secrets:
        """These and the signature of an Authorization header."""
        return Secrets((*self.texts, authorization.rpartition("Signature=")[2]))


NO_SECRETS = Secrets()


def secrets_of(credentials: Credentials | None) -> Secrets:
    """Every part of the credentials that proves something."""
    match credentials:
        case Token(value):
            return Secrets((value,))
        case AkSk(access_key, secret_key, security_token):
            return Secrets((security_token or "", secret_key, access_key))
        case None:
            return NO_SECRETS
