"""What must never be shown, should a server repeat it in an error."""

from __future__ import annotations

from dataclasses import dataclass, field

from sms_tui.api.credentials import AkSk, Credentials, Token
from sms_tui.exactjson import Json

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

    def hide_in(self, value: Json, levels: int = 100) -> Json:
        """The value without them in any of its texts and keys; what lies more levels down is left out."""
        if isinstance(value, str):
            return self.hide(value)
        if isinstance(value, dict | list) and not levels:
            return None
        if isinstance(value, dict):
            return {self.hide(key): self.hide_in(below, levels - 1) for key, below in value.items()}
        return [self.hide_in(entry, levels - 1) for entry in value] if isinstance(value, list) else value

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
