"""A task drawn in lines of text: its disks to scale, its sub-tasks on a time axis, and the page that holds both.

Pure: the editor paints the lines, `sms-tui show` prints them. What is here is loaded when it is first used.
"""

from typing import TYPE_CHECKING

from sms_tui.deferred import deferred

if TYPE_CHECKING:
    from sms_tui.session.picture.disks import DiskMap, folded_map
    from sms_tui.session.picture.lines import ROLES, PictureLine, Role, Run
    from sms_tui.session.picture.places import placing
    from sms_tui.session.picture.time_axis import folded_timeline, timeline
    from sms_tui.session.picture.told import told_disks, told_steps

__all__ = [
    "ROLES",
    "DiskMap",
    "PictureLine",
    "Role",
    "Run",
    "folded_map",
    "folded_timeline",
    "placing",
    "timeline",
    "told_disks",
    "told_steps",
]

__getattr__ = deferred(
    __name__,
    {
        "ROLES": "lines",
        "DiskMap": "disks",
        "PictureLine": "lines",
        "Role": "lines",
        "Run": "lines",
        "folded_map": "disks",
        "folded_timeline": "time_axis",
        "placing": "places",
        "timeline": "time_axis",
        "told_disks": "told",
        "told_steps": "told",
    },
)
