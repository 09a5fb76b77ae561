"""`sms-tui undo`: take back what a submit changed, in the task as it is now, through the same review."""

from __future__ import annotations

import argparse
import asyncio

from sms_tui.api.errors import SettingsError
from sms_tui.cli.connect import connected, receipts
from sms_tui.cli.output import tell
from sms_tui.cli.sending import add_sending_options, send
from sms_tui.cli.settings import add_service_options, service
from sms_tui.document.document import Document
from sms_tui.language import _
from sms_tui.schema.paths import format_path
from sms_tui.session.receipts import Receipt, take_back


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("receipt", metavar="RECEIPT", help=_("the receipt, or the beginning of its name"))
    add_sending_options(parser)
    add_service_options(parser)


def run(arguments: argparse.Namespace) -> int:
    __, receipt = receipts().find(arguments.receipt)
    _check_place(arguments, receipt)
    document = asyncio.run(_opened(arguments, receipt))
    merged = take_back(receipt, document)
    for name in document.unsendable:
        tell(_("{value}: stays, for an update cannot take a key away").format(value=format_path((name,))))
    return send(arguments, document, merged)


def _check_place(arguments: argparse.Namespace, receipt: Receipt) -> None:
    """Raises SettingsError where the receipt is of another service than the one that is configured."""
    if "://" not in receipt.place:
        raise SettingsError(
            _("The receipt is of the demo, whose tasks are gone with it; there is nothing to take back.")
        )
    chosen = service(arguments)
    if chosen is not None and chosen.endpoint != receipt.place:
        raise SettingsError(
            _("The receipt is of {place}, and {endpoint} is configured; give --endpoint {place}.").format(
                place=receipt.place, endpoint=chosen.endpoint
            )
        )


async def _opened(arguments: argparse.Namespace, receipt: Receipt) -> Document:
    async with connected(arguments) as session:
        return await session.open(receipt.task_id)
