"""The outline of the task: its nodes, and the widget that shows them."""
