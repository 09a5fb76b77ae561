"""The command line in two languages, and which of them is chosen."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_helpers import BodyFile, Run

from sms_tui import language
from sms_tui.cli import COMMANDS
from sms_tui.cli.speaking import LanguageError, speak

HAN = re.compile("[\u4e00-\u9fff]")
CONFIGURED = 'lang = "zh_CN"\n'


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    language.use(language.ENGLISH)


def spoken(*argv: str, **environ: str) -> str:
    speak(argv, environ)
    return language.spoken()


def test_without_any_choice_english_is_spoken() -> None:
    assert spoken() == "en"


def test_the_locale_chooses_and_lc_all_counts_before_lang() -> None:
    assert spoken(LANG="zh_CN.UTF-8") == "zh_CN"
    assert spoken(LANG="zh_CN.UTF-8", LC_MESSAGES="en_US.UTF-8") == "en"
    assert spoken(LANG="en_US.UTF-8", LC_MESSAGES="en_US.UTF-8", LC_ALL="zh_CN.GB18030") == "zh_CN"
    assert spoken(LANG="fr_FR.UTF-8") == "en"


def test_the_list_of_gettext_counts_before_the_locale_but_not_in_that_of_c() -> None:
    assert spoken(LANG="en_US.UTF-8", LANGUAGE="de:zh_CN:en") == "zh_CN"
    assert spoken(LC_ALL="zh_CN.UTF-8", LANGUAGE="en") == "en"
    assert spoken(LANG="zh_CN.UTF-8", LANGUAGE="de") == "zh_CN"
    assert spoken(LANG="C.UTF-8", LANGUAGE="zh_CN") == spoken(LANGUAGE="zh_CN") == "en"


def test_the_console_of_the_kernel_has_no_chinese_letters_unless_they_are_asked_for() -> None:
    assert spoken(LANG="zh_CN.UTF-8", TERM="linux") == "en"
    assert spoken("--lang", "zh_CN", TERM="linux") == "zh_CN"


def test_the_config_file_counts_before_the_locale(environment: Path) -> None:
    (environment / "config.toml").write_text(CONFIGURED)
    assert spoken(LANG="en_US.UTF-8") == "zh_CN"


def test_the_variable_counts_before_the_config_file_and_the_option_before_all(environment: Path) -> None:
    (environment / "config.toml").write_text(CONFIGURED)
    assert spoken(SMS_TUI_LANG="en") == "en"
    assert spoken("--lang=zh_CN", SMS_TUI_LANG="en") == "zh_CN"


def test_a_config_file_that_cannot_be_read_leaves_the_choice_to_the_locale(environment: Path) -> None:
    (environment / "config.toml").write_text("lang = ")
    assert spoken(LANG="zh_CN.UTF-8") == "zh_CN"


def test_the_option_may_stand_anywhere_and_is_taken_out() -> None:
    assert speak(["--lang", "en", "list", "--name", "x", "--lang=zh"], {}) == ["list", "--name", "x"]
    assert language.spoken() == "zh_CN"
    assert speak(["get", "--", "--lang", "zh"], {}) == ["get", "--", "--lang", "zh"]
    assert language.spoken() == "en"


def test_a_language_that_is_not_spoken_here_is_refused_with_those_that_are() -> None:
    with pytest.raises(LanguageError, match=r"no language tlh; the languages are en, zh_CN"):
        speak(["--lang", "tlh"], {})


def test_without_its_catalog_a_language_gives_way_to_english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(language, "CATALOGS", tmp_path)
    assert spoken(LANG="zh_CN.UTF-8") == "en"


def test_wrong_languages_end_with_2_wherever_they_stand(run: Run, environment: Path) -> None:
    assert run("--lang", "tlh", "schema").code == 2
    assert "expected one argument" in run("schema", "--lang").err
    (environment / "config.toml").write_text('lang = "tlh"\n')
    refused = run("list")
    assert refused.code == 2
    assert "config.toml: There is no language tlh" in refused.err


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)])
def test_help_is_chinese_to_the_last_sentence_and_fits_80_columns(run: Run, command: tuple[str, ...]) -> None:
    told = run(*command, "--help", "--lang", "zh_CN")
    assert told.code == 0
    for line in told.out.splitlines():
        assert HAN.search(line) or not re.search(r"[a-z]+ (the|a|of|to|is|and|this) [a-z]+", line), line
        assert sum(2 if ord(character) > 0x2E7F else 1 for character in line) <= 80, line


def test_what_argparse_says_is_chinese_too(run: Run) -> None:
    told = run("get", "--lang", "zh_CN")
    assert told.code == 2
    assert "用法: " in told.err
    assert "sms-tui get：错误：缺少必需的参数：TASK_ID" in told.err


def test_after_a_chinese_run_argparse_speaks_english_again(run: Run) -> None:
    run("get", "--lang", "zh_CN")
    assert "the following arguments are required: TASK_ID" in run("get").err


def test_problems_are_told_in_chinese_with_paths_severities_and_codes_as_ever(run: Run, body_file: BodyFile) -> None:
    told = run("check", body_file('{"priority": 5}'), "--lang", "zh_CN")
    assert told.code == 1
    assert told.out == "priority: error: 5 大于最大值 2 [too-large]\n"
    assert told.err == "1 个错误，0 个警告\n"


def test_json_says_the_same_keys_in_any_language(run: Run) -> None:
    chinese, english = run("schema", "--lang", "zh_CN"), run("schema")
    assert json.loads(chinese.out) == json.loads(english.out)
