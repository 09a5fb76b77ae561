"""The network cards of a server."""

from __future__ import annotations

from pydantic import ConfigDict

from sms_tui.schema.declare import Int32, Kind, Text, about


class NetWork(Kind):
    """One network card of a server, with its addresses."""

    model_config = ConfigDict(title="Network card")

    name: Text = about("Name", "Name of the card in the operating system, such as eth0 or Ethernet 2.", required=True)
    ip: Text = about("IP address", "Address bound to this card.", required=True)
    netmask: Text = about(
        "Netmask", "Which part of the address names the network, such as 255.255.255.0.", required=True
    )
    gateway: Text = about(
        "Gateway", "Router the card sends through. Empty text is allowed for a card that has none.", required=True
    )
    mtu: Int32 = about(
        "MTU", "Largest packet the card sends in one piece, usually 1500. A plain number.", required_for="LINUX"
    )
    mac: Text = about(
        "MAC address",
        "Hardware address, such as fa:16:3e:12:34:56. The service tells cards apart by it, so do not leave it empty.",
        required=True,
    )
    id: Text = about("Database ID", "Identity of this card in the database of the service.", owner="service")
