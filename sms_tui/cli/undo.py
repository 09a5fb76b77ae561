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
    _go_where_it_was_sent(arguments, receipt)
    document = asyncio.run(_opened(arguments, receipt))
    merged = take_back(receipt, document)
    for name in document.unsendable:
        tell(_("{value}: stays, for an update cannot take a key away").format(value=format_path((name,))))
    return send(arguments, document, merged)


def _go_where_it_was_sent(arguments: argparse.Namespace, receipt: Receipt) -> None:
    """Have the arguments mean the service that a receipt is of, which was spoken to before; the operator is told.

    Raises SettingsError where the arguments themselves name another one, and for a receipt of the demo.
    """
    if "://" not in receipt.place:
        raise SettingsError(
            _("The receipt is of the demo, whose tasks are gone with it; there is nothing to take back.")
        )
    chosen = service(arguments)
    if chosen is not None and chosen.endpoint == receipt.place:
        return
    if chosen is not None and any((arguments.endpoint, arguments.region, arguments.profile)):
        raise SettingsError(
            _("The receipt is of {place}, not of {endpoint}; name no service, or give --endpoint {place}.").format(
                place=receipt.place, endpoint=chosen.endpoint
            )
        )
    arguments.endpoint = receipt.place
    tell(_("The receipt is of {place}, so that is where it is taken back.").format(place=receipt.place))


async def _opened(arguments: argparse.Namespace, receipt: Receipt) -> Document:
    async with connected(arguments) as session:
        return await session.open(receipt.task_id)
