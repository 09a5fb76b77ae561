"""A task drawn in lines of text: its disks to scale, its sub-tasks on a time axis, and the page that holds both.

Pure: the editor paints the lines, `sms-tui show` prints them.
"""

from sms_tui.session.picture.disks import disk_map, folded_map
from sms_tui.session.picture.lines import ROLES, PictureLine, Role, Run
from sms_tui.session.picture.placing import placing
from sms_tui.session.picture.timeline import folded_timeline, timeline
from sms_tui.session.picture.told import told_disks, told_steps

__all__ = [
    "ROLES",
    "PictureLine",
    "Role",
    "Run",
    "disk_map",
    "folded_map",
    "folded_timeline",
    "placing",
    "timeline",
    "told_disks",
    "told_steps",
]
