"""The floor: the least Textual app with a header, a tree of 200 nodes, an input and a footer."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, Input, Tree


class Floor(App[None]):
    """What any editor on Textual pays before it does anything."""

    def compose(self) -> ComposeResult:
        yield Header()
        tree: Tree[None] = Tree("Task")
        tree.root.expand()
        for disk in range(50):
            node = tree.root.add(f"Disk {disk}", expand=True)
            for volume in range(3):
                node.add_leaf(f"Volume {volume}")
        yield tree
        yield Input()
        yield Footer()


if __name__ == "__main__":
    Floor().run()
