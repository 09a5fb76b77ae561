"""Drafts: what an operator changed and did not submit yet, on the disk within a second, whatever dies."""
