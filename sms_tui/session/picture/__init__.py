"""A task drawn in lines of text: its disks to scale, its sub-tasks on a time axis, and the page that holds both.

Pure: the editor paints the lines, `sms-tui show` prints them.
"""

from typing import TYPE_CHECKING

from sms_tui.deferred import deferred

if TYPE_CHECKING:
    from sms_tui.session.picture.disks import disk_map
    from sms_tui.session.picture.lines import ROLES, PictureLine, Role, Run
    from sms_tui.session.picture.placing import placing
    from sms_tui.session.picture.timeline import timeline

__all__ = ["ROLES", "PictureLine", "Role", "Run", "disk_map", "placing", "timeline"]

__getattr__ = deferred(
    __name__,
    {
        "ROLES": "lines",
        "PictureLine": "lines",
        "Role": "lines",
        "Run": "lines",
        "disk_map": "disks",
        "placing": "placing",
        "timeline": "timeline",
    },
)
