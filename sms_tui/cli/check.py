"""`sms-tui check`: the problems of a task body, one a line."""

from __future__ import annotations

import argparse

from sms_tui.cli.bodies import add_body_argument, body_from
from sms_tui.cli.exits import DONE, NO
from sms_tui.cli.output import out, out_json, tell
from sms_tui.exactjson import Json
from sms_tui.language import _, ngettext
from sms_tui.schema.checks.checker import check
from sms_tui.schema.paths import format_path
from sms_tui.schema.problems import Problem


def configure(parser: argparse.ArgumentParser) -> None:
    add_body_argument(parser)
    parser.add_argument("--json", action="store_true", help=_("print the problems as a JSON list"))


def run(arguments: argparse.Namespace) -> int:
    problems = check(body_from(arguments.file))
    if arguments.json:
        out_json([_record(problem) for problem in problems])
    else:
        for problem in problems:
            out(f"{format_path(problem.path) or 'task'}: {problem.severity}: {problem.message} [{problem.code}]")
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    counted = ngettext("{count} error", "{count} errors", errors).format(count=errors)
    others = ngettext("{count} warning", "{count} warnings", warnings).format(count=warnings)
    tell(_("{errors}, {warnings}").format(errors=counted, warnings=others))
    return NO if errors else DONE


def _record(problem: Problem) -> Json:
    return {
        "path": format_path(problem.path),
        "severity": problem.severity,
        "code": problem.code,
        "message": problem.message,
    }
