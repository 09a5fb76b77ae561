"""The screens: the task list, the editor, the review."""
