"""Speaking English and Chinese: how a language is named, what English costs, what is said of a task in Chinese."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from sms_tui import language
from sms_tui.language import CHINESE, ENGLISH, N_, _, known, ngettext, pgettext
from sms_tui.schema.checks.checker import check
from sms_tui.schema.registry import kind, kinds

HAN = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("name", ["zh", "zh_CN", "zh-CN", "ZH_cn.UTF-8", "zh_SG", "zh_Hans", "zh-Hans-CN", "zh_CN@x"])
def test_chinese_goes_by_these_names(name: str) -> None:
    assert known(name) == CHINESE


@pytest.mark.parametrize("name", ["en", "en_US.UTF-8", "en-GB", "C", "C.UTF-8", "POSIX"])
def test_english_goes_by_these_names(name: str) -> None:
    assert known(name) == ENGLISH


@pytest.mark.parametrize("name", ["", "fr_FR.UTF-8", "zh_TW", "zh_Hant", "english", "czech"])
def test_other_names_are_not_known(name: str) -> None:
    assert known(name) is None


def test_english_is_said_as_it_is_written() -> None:
    assert (_("a list"), _(N_("a list")), ngettext("{count} x", "{count} xs", 1)) == ("a list", "a list", "{count} x")
    assert ngettext("{count} x", "{count} xs", 0) == "{count} xs"


def test_chinese_is_said_as_the_catalog_has_it_and_english_again_after(chinese: None) -> None:
    assert (_("a list"), _(""), _("in no catalog")) == ("列表", "", "in no catalog")
    language.use(ENGLISH)
    assert _("a list") == "a list"


def test_a_word_of_several_meanings_is_told_apart_by_its_context(chinese: None) -> None:
    assert (pgettext("key bar", "type"), _("type")) == ("输入", "类型")
    language.use(ENGLISH)
    assert pgettext("key bar", "type") == "type"


def test_english_loads_no_gettext_and_no_catalog() -> None:
    program = (
        "import sys, sms_tui.schema.checks.checker as c; c.check({'priority': 9}); print('gettext' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"


def test_every_kind_and_field_has_its_label_and_help_in_chinese(chinese: None) -> None:
    for known_kind in kinds().values():
        for told in (known_kind, *known_kind.fields.values()):
            assert HAN.search(told.help), told.name
            assert told.help.endswith("。"), told.name
            assert len(told.label) <= 12, told.name
    assert kind("TargetDisk").label == "目的端磁盘"
    assert kind("PutTaskReq").fields["priority"].meanings == {"0": "低", "1": "标准", "2": "高"}


def test_findings_are_said_in_chinese(chinese: None) -> None:
    disks = [{"name": "a", "size": 5, "used_size": 9}, {"name": "a", "size": 3}]
    task = {"priority": 5, "typ": 1, "target_server": {"os_type": "LINUX", "disks": disks}}
    messages = [problem.message for problem in check(task)]
    assert "5 大于最大值 2" in messages
    assert all(HAN.search(message) for message in messages)
    assert not [message for message in messages if re.search(r"\b(is|the|of|than|must)\b", message)]


def test_the_same_problems_are_found_in_either_language(chinese: None) -> None:
    task = {"priority": 5, "source_server": {"disks": [{"size": -1}]}, "sub_tasks": [{"progress": 101}, 3]}
    in_chinese = [(problem.path, problem.code) for problem in check(task)]
    language.use(ENGLISH)
    assert [(problem.path, problem.code) for problem in check(task)] == in_chinese
