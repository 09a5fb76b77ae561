"""Plain mode, for screen readers and terminals that are read line by line: the same screens in sentences, one column.

What has the keyboard is one sentence in a line of its own, at the same place on every screen, with the terminal's own
cursor on it: that is what a screen reader follows. Above it stand the announcements.
"""
