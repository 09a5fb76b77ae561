"""`sms-tui schema`: the JSON Schema of the PUT body."""

from __future__ import annotations

import argparse
from importlib.resources import files

from sms_tui.cli.exits import DONE
from sms_tui.cli.output import out_text


def configure(parser: argparse.ArgumentParser) -> None:
    """No options."""


def run(arguments: argparse.Namespace) -> int:
    out_text(files("sms_tui.schema").joinpath("task.schema.json").read_text("utf-8").rstrip())
    return DONE
