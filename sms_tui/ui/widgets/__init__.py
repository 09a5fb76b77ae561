"""Widgets that know nothing of tasks but how to paint them."""
