"""Lists of the task as tables: a row an entry, a column a field."""
