"""A value of the task as text to read and to edit."""
