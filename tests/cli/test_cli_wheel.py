"""The wheel and the sdist hold everything that is needed, and the program runs from the wheel without the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from cli_helpers import PATIENCE

from sms_tui.ui.themes import Themes

CHECKOUT = Path(__file__).parent.parent.parent
PACKAGE = CHECKOUT / "sms_tui"
MAN_PAGE = "sms_tui/cli/sms-tui.1"
SOURCE_OF_CATALOG = "sms_tui/locale/zh_CN/LC_MESSAGES/sms-tui.po"
LARGEST_WHEEL, LARGEST_SDIST = 1_000_000, 2_500_000
"""Bytes; about twice what they are."""
DEMO = """
import asyncio, sys
from sms_tui.cli.connect import demo

async def names():
    session = demo()
    try:
        return [task["name"] async for page in session.tasks() for task in page]
    finally:
        await session.close()

print(*asyncio.run(names()), sep="\\n")
"""
THEMES = "from sms_tui.ui.themes import Themes; print(*(Themes().read(name).name for name in Themes().names()))"
PLACES = "import sys, sms_tui; print(sms_tui.__file__, *sys.path, sep='\\n')"
PyRun = Callable[..., str]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as pip builds it from the checkout."""
    directory = tmp_path_factory.mktemp("wheel")
    build = ["wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(directory), str(CHECKOUT)]
    _pip(*build)
    (built,) = directory.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> PyRun:
    """Python where the wheel is installed, beside the dependencies and without the checkout; what it prints."""
    target, elsewhere = tmp_path_factory.mktemp("installed"), tmp_path_factory.mktemp("elsewhere")
    _pip("install", "--no-deps", "--no-index", "--no-compile", "--target", str(target), str(wheel))
    path = os.pathsep.join((str(target), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))

    def run(*arguments: str) -> str:
        # Without site (-S) no .pth file brings an editable checkout back.
        done = subprocess.run(
            [sys.executable, "-S", "-B", *arguments],
            cwd=elsewhere,
            env={"PATH": os.environ["PATH"], "HOME": str(elsewhere), "PYTHONPATH": path},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    return run


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-cache-dir", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def _hatchling(target: str, source: Path, directory: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(directory)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


def test_every_file_of_the_package_and_every_theme_is_in_the_wheel(wheel: Path) -> None:
    packed = set(ZipFile(wheel).namelist())
    for name in (
        *(str(file.relative_to(PACKAGE)) for file in PACKAGE.rglob("*.tcss")),
        "locale/zh_CN/LC_MESSAGES/sms-tui.mo",
        "schema/task.schema.json",
        "simulator/seeds/reference.json",
        "themes/sms-dark.toml",
    ):
        assert f"sms_tui/{name}" in packed
    files = {file for file in (CHECKOUT / "sms_tui").rglob("*") if file.is_file() and "__pycache__" not in file.parts}
    assert {file.relative_to(CHECKOUT).as_posix() for file in files} - {MAN_PAGE, SOURCE_OF_CATALOG} <= packed
    assert SOURCE_OF_CATALOG not in packed
    assert {f"sms_tui/themes/{file.name}" for file in (CHECKOUT / "themes").glob("*.toml")} <= packed


def test_nothing_but_the_package_its_metadata_and_the_man_page_is_in_the_wheel(wheel: Path) -> None:
    for name in ZipFile(wheel).namelist():
        assert name.startswith("sms_tui/") or ".dist-info/" in name or name.endswith("share/man/man1/sms-tui.1")
        assert "__pycache__" not in name
    assert wheel.stat().st_size < LARGEST_WHEEL


def test_the_man_page_is_where_man_looks_for_it(wheel: Path) -> None:
    with ZipFile(wheel) as packed:
        (name,) = [name for name in packed.namelist() if name.endswith("/sms-tui.1")]
        assert name.endswith(".data/data/share/man/man1/sms-tui.1")
        assert packed.read(name) == (CHECKOUT / MAN_PAGE).read_bytes()


def test_the_sdist_holds_tests_and_papers_too_and_makes_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    _hatchling("sdist", CHECKOUT, tmp_path)
    (sdist,) = tmp_path.glob("*.tar.gz")
    assert sdist.stat().st_size < LARGEST_SDIST
    with tarfile.open(sdist) as packed:
        packed.extractall(tmp_path, filter="data")
    unpacked = tmp_path / sdist.name.removesuffix(".tar.gz")
    for name in ("tests/cli/test_cli_wheel.py", "README.md", "CHANGELOG.md", "LICENSE", ".ci/run", "screenshots"):
        assert (unpacked / name).exists(), name
    assert not [path for path in unpacked.rglob("*") if path.name in ("__pycache__", ".venv", ".git")]
    _hatchling("wheel", unpacked, tmp_path)
    (again,) = tmp_path.glob("*.whl")
    assert set(ZipFile(again).namelist()) == set(ZipFile(wheel).namelist())


def test_the_installed_package_knows_nothing_of_the_checkout(python: PyRun) -> None:
    file, *path = python("-c", PLACES).splitlines()
    assert not Path(file).is_relative_to(CHECKOUT / "sms_tui")
    assert str(CHECKOUT) not in path


def test_the_installed_commands_work(python: PyRun) -> None:
    assert python("-m", "sms_tui", "--version").startswith("sms-tui ")
    assert "speed_limit" in json.loads(python("-m", "sms_tui", "schema"))["properties"]


def test_the_installed_demo_has_its_tasks(python: PyRun) -> None:
    assert "MigrationTask" in python("-c", DEMO).splitlines()


def test_the_installed_editor_has_its_themes(python: PyRun) -> None:
    assert python("-c", THEMES).split() == Themes().names()
