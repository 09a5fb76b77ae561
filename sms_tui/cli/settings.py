"""Settings from the command line, the environment and the config file, in this order."""

from __future__ import annotations

import argparse
import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from sms_tui.api.errors import SettingsError
from sms_tui.cli.signs import needs_ascii
from sms_tui.cli.speaking import no_such_language
from sms_tui.language import N_, _, known, why

ENVIRONMENT = N_("""\
Credentials come from the environment, never from arguments:
  SMS_TUI_TOKEN (an IAM token), or CLOUD_SDK_AK with CLOUD_SDK_SK (access keys),
  or the file ~/.huaweicloud/credentials
The service comes from the options above, or from the environment:
  SMS_TUI_ENDPOINT, HW_REGION_NAME, SMS_TUI_PROFILE, SMS_TUI_CA_FILE,
  or the config file: sms-tui/config.toml in $XDG_CONFIG_HOME (~/.config)""")
"""What `--help` says about the environment."""

_KEYS = ("endpoint", "region", "ca_file", "theme", "ascii", "plain", "link_meter", "mouse", "lang")
_TABLES = ("profiles", "keys")
_VARIABLES = {"endpoint": "SMS_TUI_ENDPOINT", "region": "HW_REGION_NAME", "ca_file": "SMS_TUI_CA_FILE"}
_PROFILE = "SMS_TUI_PROFILE"


class Service(NamedTuple):
    """Where the service is and how it is trusted. `place` is what people call it: its region, or its host."""

    endpoint: str
    place: str
    ca_file: Path | None


def add_service_options(parser: argparse.ArgumentParser) -> None:
    """The options of every command that speaks to the service."""
    group = parser.add_argument_group(_("service"))
    where = group.add_mutually_exclusive_group()
    where.add_argument(
        "--endpoint", metavar="URL", help=_("the service's address (else SMS_TUI_ENDPOINT, or by region)")
    )
    where.add_argument("--region", help=_("the region of the service, such as cn-north-4 (else HW_REGION_NAME)"))
    group.add_argument("--profile", metavar="NAME", help=_("a profile of the config file (else SMS_TUI_PROFILE)"))
    parser.epilog = _(ENVIRONMENT)


def service(arguments: argparse.Namespace, environ: Mapping[str, str] = os.environ) -> Service | None:
    """The service that was chosen, None if nothing says which. Raises SettingsError."""
    from sms_tui.api.endpoints import check_endpoint, endpoint_for

    layers = _layers(arguments, environ)
    ca_file = next((layer["ca_file"] for layer in layers if "ca_file" in layer), None)
    trusted = None if ca_file is None else expanded(ca_file)
    for layer in layers:  # whichever says where comes whole: the region of a profile beats the endpoint below it
        if "endpoint" in layer:
            endpoint = check_endpoint(layer["endpoint"])
            return Service(endpoint, endpoint.partition("://")[2], trusted)
        if "region" in layer:
            return Service(endpoint_for(layer["region"]), layer["region"], trusted)
    return None


@dataclass(frozen=True)
class Look:
    """How the screen is painted: a theme's name, "" for the usual one, and whether the config file has it; whether in
    ASCII only, whether in sentences for a screen reader, whether only the changed cells are sent, and whether the line
    to the terminal is measured; whether the mouse is taken, and the keys that commands get instead of their own."""

    theme: str = ""
    theme_is_stored: bool = False
    ascii: bool = False
    plain: bool = False
    diff: bool = True
    link_meter: bool = False
    mouse: bool = True
    keys: Mapping[str, Any] = field(default_factory=dict)


USUAL = Look()


def look(arguments: argparse.Namespace, environ: Mapping[str, str] = os.environ) -> Look:
    """The look that was chosen. Raises SettingsError."""
    layers = _layers(arguments, environ)
    theme = next((layer["theme"] for layer in layers if "theme" in layer), "")
    ascii = _switch(layers, "ascii", usually=needs_ascii(environ))
    plain = _switch(layers, "plain", usually=False)
    meter, mouse = _switch(layers, "link_meter", usually=False), _switch(layers, "mouse", usually=True)
    keys = _content().get("keys", {})
    if not isinstance(keys, dict):
        raise SettingsError(
            _('{config_file}: keys must be a table: [keys], then lines such as undo = "f4".').format(
                config_file=config_file()
            )
        )
    return Look(
        theme,
        theme_is_stored=bool(theme) and "theme" not in layers[0],
        ascii=ascii,
        plain=plain,
        diff=not arguments.no_diff,
        link_meter=meter,
        mouse=mouse,
        keys=keys,
    )


def _switch(layers: Sequence[Mapping[str, str]], key: str, *, usually: bool) -> bool:
    """Whether a setting is on. Raises SettingsError for any other word."""
    word = next((layer[key] for layer in layers if key in layer), "on" if usually else "off")
    if word not in ("on", "off"):
        raise SettingsError(_('{config_file}: {key} must be "on" or "off".').format(config_file=config_file(), key=key))
    return word == "on"


def expanded(path: str) -> Path:
    """The path with `~` replaced, where there is a home. Raises SettingsError for what no path can be."""
    if "\0" in path:
        raise SettingsError(_("A path cannot hold the character U+0000; write another."))
    return Path(os.path.expanduser(path))  # noqa: PTH111  # Path.expanduser raises for a user without a home


def themes_directory() -> Path:
    """Where the operator's own themes are looked for."""
    return config_file().parent / "themes"


def config_file() -> Path:
    """Where the config file is looked for."""
    from platformdirs import user_config_path

    return user_config_path("sms-tui") / "config.toml"


def profiles() -> list[str]:
    """The names of the config file's profiles. Raises SettingsError."""
    found = _content().get("profiles")
    return list(found) if isinstance(found, dict) else []


def state_directory() -> Path:
    """Where drafts and receipts are kept."""
    from platformdirs import user_state_path

    return user_state_path("sms-tui")


def stored_language() -> str | None:
    """`lang` in the config file, None if it has none. Raises SettingsError."""
    return known(_texts({key: value for key, value in _content().items() if key == "lang"}).get("lang", ""))


def _layers(arguments: argparse.Namespace, environ: Mapping[str, str]) -> list[dict[str, str]]:
    """What each source says, the one that counts most first."""
    content = _content()
    given = {key: value for key in _KEYS if (value := getattr(arguments, key, None)) is not None}
    around = {key: value for key, name in _VARIABLES.items() if (value := environ.get(name, "").strip())}
    stored = _texts({key: value for key, value in content.items() if key not in _TABLES})
    if (named := getattr(arguments, "profile", None)) is not None:
        return [given, _profile(content, named), around, stored]
    if named := environ.get(_PROFILE, "").strip():
        return [given, around, _profile(content, named), stored]
    return [given, around, stored]


def _profile(content: Mapping[str, Any], name: str) -> dict[str, str]:
    profiles = content.get("profiles")
    found = profiles.get(name) if isinstance(profiles, dict) else None
    if not isinstance(found, dict):
        raise SettingsError(
            _("There is no profile {name}; add [profiles.{name}] to {config_file}.").format(
                name=name, config_file=config_file()
            )
        )
    return _texts(found)


def _texts(table: Mapping[str, Any]) -> dict[str, str]:
    for key, value in table.items():
        if key not in _KEYS:
            raise SettingsError(
                _("{config_file}: there is no setting {key}; the settings are {names}.").format(
                    config_file=config_file(), key=key, names=", ".join(_KEYS)
                )
            )
        if not isinstance(value, str):
            raise SettingsError(
                _("{config_file}: {key} must be a text in quotes.").format(config_file=config_file(), key=key)
            )
        if key == "lang" and known(value) is None:
            raise SettingsError(f"{config_file()}: {no_such_language(value)}")
    return dict(table)


def _content() -> dict[str, Any]:
    file = config_file()
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise SettingsError(_("Cannot read {file}: {reason}.").format(file=file, reason=why(error))) from None
    except UnicodeDecodeError:
        raise SettingsError(_("{file} is not UTF-8 text.").format(file=file)) from None
    except RecursionError:
        raise SettingsError(
            _("{file} is not TOML that can be read: it is nested too deeply.").format(file=file)
        ) from None
    except ValueError as error:  # beside TOMLDecodeError, a number of more digits than Python converts
        raise SettingsError(
            _("{file} is not TOML that can be read: {reason}.").format(file=file, reason=error)
        ) from None
