"""Which service is spoken to: the command line, a profile, the environment and the config file, whichever counts."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest
from cli_helpers import Run

from sms_tui.api.errors import SettingsError
from sms_tui.cli.demo import is_first_time
from sms_tui.cli.settings import Look, Service, look, service

CONFIG = """
endpoint = "https://config.example"
ca_file = "~/ca.pem"
theme = "sms-light"
[profiles.asia]
region = "ap-southeast-3"
[profiles.lab]
endpoint = "https://lab.example:8443"
theme = "sms-dark"
"""


def endpoint(environ: dict[str, str] | None = None, **options: str) -> str:
    chosen = service(Namespace(**options), environ or {})
    assert chosen is not None
    return chosen.endpoint


@pytest.fixture
def config(environment: Path) -> Path:
    file = environment / "config.toml"
    file.write_text(CONFIG)
    return file


def test_without_any_setting_there_is_no_service() -> None:
    assert service(Namespace(endpoint=None, region=None, profile=None), {"SMS_TUI_ENDPOINT": " "}) is None


def test_a_region_is_known_by_its_name_and_an_endpoint_by_its_host() -> None:
    by_region = service(Namespace(region="cn-north-4"), {})
    assert by_region == Service("https://sms.cn-north-4.myhuaweicloud.com", "cn-north-4", None)
    assert service(Namespace(endpoint="https://a.example:1/"), {}) == Service(
        "https://a.example:1", "a.example:1", None
    )


@pytest.mark.usefixtures("config")
def test_the_command_line_beats_the_environment_and_that_the_config_file() -> None:
    around = {"SMS_TUI_ENDPOINT": "https://env.example", "HW_REGION_NAME": "cn-east-3"}
    assert endpoint(around, endpoint="https://cli.example") == "https://cli.example"
    assert endpoint(around, region="cn-north-4") == "https://sms.cn-north-4.myhuaweicloud.com"
    assert endpoint(around) == "https://env.example"
    assert endpoint({"HW_REGION_NAME": "cn-east-3"}) == "https://sms.cn-east-3.myhuaweicloud.com"
    assert endpoint() == "https://config.example"


@pytest.mark.usefixtures("config")
def test_a_profile_named_on_the_command_line_beats_the_environment() -> None:
    around = {"SMS_TUI_ENDPOINT": "https://env.example", "SMS_TUI_PROFILE": "asia"}
    assert endpoint(around, profile="lab") == "https://lab.example:8443"
    assert endpoint(around, profile="lab", endpoint="https://cli.example") == "https://cli.example"


@pytest.mark.usefixtures("config")
def test_a_profile_named_in_the_environment_counts_less_than_an_endpoint_there() -> None:
    assert endpoint({"SMS_TUI_PROFILE": "lab"}) == "https://lab.example:8443"
    assert endpoint({"SMS_TUI_PROFILE": "lab", "SMS_TUI_ENDPOINT": "https://env.example"}) == "https://env.example"


@pytest.mark.usefixtures("config")
def test_the_region_of_a_profile_is_not_lost_to_the_endpoint_outside_of_it() -> None:
    chosen = service(Namespace(profile="asia"), {})
    assert chosen is not None
    assert (chosen.endpoint, chosen.place) == ("https://sms.ap-southeast-3.myhuaweicloud.com", "ap-southeast-3")


@pytest.mark.usefixtures("config")
def test_other_settings_reach_into_a_profile_that_lacks_them() -> None:
    chosen = service(Namespace(profile="asia"), {})
    assert chosen is not None
    assert chosen.ca_file == Path.home() / "ca.pem"
    assert look(Namespace(profile="asia", no_diff=False), {}) == Look("sms-light", theme_is_stored=True)
    assert look(Namespace(profile="lab", no_diff=True), {}) == Look("sms-dark", theme_is_stored=True, diff=False)
    assert look(Namespace(profile="lab", theme="sms-light", no_diff=False), {}) == Look("sms-light")


def test_the_link_meter_is_off_until_an_option_or_the_config_file_turns_it_on(config: Path) -> None:
    assert not look(Namespace(no_diff=False), {}).link_meter
    assert look(Namespace(no_diff=False, link_meter="on"), {}).link_meter
    config.write_text('link_meter = "on"\n[profiles.near]\nlink_meter = "off"\n')
    assert look(Namespace(no_diff=False, link_meter=None), {}).link_meter
    assert not look(Namespace(profile="near", no_diff=False), {}).link_meter
    config.write_text('link_meter = "yes"\n')
    with pytest.raises(SettingsError, match='link_meter must be "on" or "off"'):
        look(Namespace(no_diff=False), {})


@pytest.mark.usefixtures("config")
def test_the_ca_file_of_the_environment_beats_that_of_the_config_file() -> None:
    chosen = service(Namespace(), {"SMS_TUI_CA_FILE": "/other.pem"})
    assert chosen is not None
    assert chosen.ca_file == Path("/other.pem")


def test_an_empty_endpoint_on_the_command_line_is_not_taken_for_none() -> None:
    with pytest.raises(SettingsError, match="https://"):
        service(Namespace(endpoint=""), {"SMS_TUI_ENDPOINT": "https://env.example"})


def test_a_service_can_be_chosen_without_a_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/dev/null")
    assert endpoint({"SMS_TUI_ENDPOINT": "https://env.example"}) == "https://env.example"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('theme = "sms-dark"\nendpoint =\n', "at line 2"),
        (b'theme = "\xff"', "not UTF-8"),
        ('ak = "x"', "there is no setting ak; the settings are endpoint, region, ca_file, theme"),
        ("endpoint = 7", "endpoint must be a text in quotes"),
        ("profiles = 7", "There is no profile lab; add [profiles.lab]"),
        ("[profiles.asia]", "There is no profile lab; add [profiles.lab]"),
        ("[profiles.lab]\nregoin = 'x'", "there is no setting regoin"),
    ],
)
def test_a_config_file_that_cannot_be_used_is_named_with_what_is_wrong(
    run: Run, environment: Path, content: str | bytes, says: str
) -> None:
    file = environment / "config.toml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    ran = run("list", "--profile", "lab")
    assert (ran.code, ran.out) == (2, "")
    assert str(file) in ran.err
    assert says in ran.err
    assert ran.err.count("\n") == 1


def test_a_config_file_that_cannot_be_opened_is_named(run: Run, environment: Path) -> None:
    (environment / "config.toml").mkdir()
    ran = run("list")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"Cannot read {environment / 'config.toml'}: Is a directory.\n"


@pytest.mark.usefixtures("config")
def test_a_setting_is_not_shown_where_the_file_is_wrong(run: Run, environment: Path, secret: str) -> None:
    (environment / "config.toml").write_text(f'sk = "{secret}"')
    assert run("list").code == 2
    (environment / "config.toml").write_text(f'endpoint = "https://user:{secret}@host.example"')
    assert run("list").code == 2


def test_the_mouse_is_taken_until_an_option_or_the_config_file_leaves_it(config: Path) -> None:
    assert look(Namespace(no_diff=False), {}).mouse
    assert not look(Namespace(no_diff=False, mouse="off"), {}).mouse
    config.write_text('mouse = "off"\n')
    assert not look(Namespace(no_diff=False, mouse=None), {}).mouse


def test_keys_are_a_table_of_the_config_file(config: Path) -> None:
    config.write_text('[keys]\nundo = ["f4", "ctrl+z"]\n[profiles.lab]\nregion = "cn-north-4"\n')
    assert look(Namespace(no_diff=False, profile="lab"), {}).keys == {"undo": ["f4", "ctrl+z"]}
    config.write_text('keys = "f4"\n')
    with pytest.raises(SettingsError, match="keys must be a table"):
        look(Namespace(no_diff=False), {})


def test_the_demo_knows_the_first_time_from_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert [is_first_time(), is_first_time()] == [True, False]
    assert (tmp_path / "state" / "sms-tui").stat().st_mode & 0o777 == 0o700


def test_where_nothing_can_be_kept_no_time_is_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert not is_first_time()
