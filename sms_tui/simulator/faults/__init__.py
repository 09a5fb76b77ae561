"""Faults on demand: one table of what can go wrong with a call, and how each is done.

A fault is written as text (`sms_tui.simulator.faults.spec`), for `sms-tui simulate --fault` and for `Faults` alike.
`Faults` decides what becomes of each call; two modules do it: `wire` on a port, by real resets and broken replies, and
`transport` inside one process, by the errors httpx would raise.
"""

from sms_tui.simulator.faults.spec import FaultError
from sms_tui.simulator.faults.striking import Faults

__all__ = ["FaultError", "Faults"]
