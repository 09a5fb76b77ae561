"""A task drawn in lines of text: its disks to scale, its sub-tasks on a time axis, and the page that holds both.

Pure: the editor paints the lines, `sms-tui show` prints them.
"""
