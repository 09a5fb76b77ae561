"""The calls by which drafts reach the disk, in one place so that a test can let any of them fail."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path
from typing import TypeAlias

Identity: TypeAlias = tuple[int, int]
"""What a file is, whatever it is called: its device and inode."""


class Files:
    """The real disk. Every method raises OSError."""

    def make_directory(self, path: Path) -> None:
        """Make a directory for its owner alone; those above it as is usual."""
        path.mkdir(0o700, parents=True, exist_ok=True)

    def create(self, path: Path) -> int:
        """A descriptor of a new file that only its owner can read."""
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)

    def open(self, path: Path, *, create: bool = False) -> int:
        """A descriptor to read a file, and to write it where `create` makes it if need be; never through a link."""
        return os.open(path, os.O_NOFOLLOW | (os.O_RDWR | os.O_CREAT if create else os.O_RDONLY), 0o600)

    def read(self, descriptor: int) -> bytes:
        """All that is in a file from where it stands."""
        parts = []
        while part := os.read(descriptor, 1 << 20):
            parts.append(part)
        return b"".join(parts)

    def write(self, descriptor: int, data: bytes) -> None:
        """Write all of it; the kernel may take it in parts."""
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]

    def overwrite(self, descriptor: int, data: bytes) -> None:
        """Make this all that is in a file."""
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        self.write(descriptor, data)

    def sync(self, descriptor: int) -> None:
        os.fsync(descriptor)

    def sync_directory(self, path: Path) -> None:
        """Bring new names to the disk; file systems that cannot are left to do it in their own time."""
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):
                raise
        finally:
            os.close(descriptor)

    def rename(self, old: Path, new: Path) -> None:
        old.replace(new)

    def link(self, old: Path, new: Path) -> None:
        """Give a file a second name."""
        new.hardlink_to(old)

    def remove(self, path: Path) -> None:
        """Remove a file, if it is there."""
        path.unlink(missing_ok=True)

    def identity(self, what: Path | int) -> Identity | None:
        """What stands under a name, or is open; None if nothing."""
        try:
            found = os.fstat(what) if isinstance(what, int) else what.lstat()
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino

    def close(self, descriptor: int) -> None:
        """Let a file go; what was not brought to the disk before is told by `sync`, not here."""
        with contextlib.suppress(OSError):
            os.close(descriptor)
