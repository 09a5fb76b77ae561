"""`sms-tui receipts`: what each submit sent and got."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from sms_tui.cli.connect import receipts
from sms_tui.cli.exits import DONE
from sms_tui.cli.output import out, out_json, tell
from sms_tui.language import _
from sms_tui.session.picture.lines import fitted
from sms_tui.session.receipts import Receipt, ReceiptError, shown_time


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="{list,show}", required=True)
    actions.add_parser("list", help=_("a line for each receipt, the latest first"))
    show = actions.add_parser("show", help=_("print one receipt as JSON"))
    show.add_argument("receipt", metavar="RECEIPT", help=_("the receipt, or the beginning of its name"))


def run(arguments: argparse.Namespace) -> int:
    return _list() if arguments.action == "list" else _show(arguments.receipt)


def _list() -> int:
    found = list(receipts().all())
    if not found:
        tell(_("There are no receipts: nothing was submitted yet."))
    for key, receipt in found:
        out(f"{key}  {_line(receipt)}")
    return DONE


def _line(receipt: Receipt | ReceiptError) -> str:
    if isinstance(receipt, ReceiptError):
        return str(receipt)
    keys = ", ".join(receipt.body)
    name = f"{receipt.task_id} {receipt.name}".strip()
    return f"{shown_time(receipt.when)}  {fitted(_(receipt.outcome), 10, '…')}  {receipt.place}  {name}  {keys}"


def _show(wanted: str) -> int:
    __, receipt = receipts().find(wanted)
    out_json(asdict(receipt))
    return DONE
