"""The arrows between the rooms go one way (ARCHITECTURE.md)."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

_PROGRAM = {"plan", "diagnostics", "results", "values", "scripts", "program"}
ALLOWED: dict[str, set[str]] = {
    "plan": set(),
    "diagnostics": {"plan"},
    "results": {"plan", "diagnostics"},
    "values": {"plan", "diagnostics", "results", "scripts"},
    "scripts": {"plan", "diagnostics", "results", "values"},
    "program": _PROGRAM,
    "elements": _PROGRAM,
    "protocols": _PROGRAM,
    "compile": _PROGRAM | {"elements", "protocols"},
    "engine": _PROGRAM | {"compile"},
    "analysis": {"plan", "diagnostics", "values"},
    "importers": {"plan", "diagnostics"},
    "language": {"plan", "diagnostics", "grammar"},
    "grammar": set(),
    "demo": set(),
}


def rooms() -> dict[str, Path]:
    found = {path.name: path for path in (ROOT / "silhouette_plan").iterdir() if (path / "__init__.py").exists()}
    return {**found, "importers": ROOT / "importers", "grammar": ROOT / "grammar"}


def imported_rooms(file: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "silhouette_plan":
            names.update(f"silhouette_plan.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
        elif isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
    parts = (name.split(".") for name in names)
    return {part[1] for part in parts if part[0] == "silhouette_plan" and len(part) > 1 and part[1] != "__version__"}


@pytest.mark.parametrize("room", sorted(rooms()))
def test_a_room_imports_only_what_it_may(room: str) -> None:
    if room == "cli":
        return
    for file in rooms()[room].rglob("*.py"):
        strangers = imported_rooms(file) - ALLOWED[room] - {room}
        assert not strangers, f"{file.relative_to(ROOT)} imports {sorted(strangers)}"


def test_every_room_is_on_the_plan_of_the_house() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    modules = [path.name for path in (ROOT / "silhouette_plan").glob("[!_]*.py")]
    assert not [
        name for name in (*(f"`{room}/" for room in rooms()), *(f"`{name}`" for name in modules)) if name not in page
    ]


def test_nothing_but_the_command_line_prints() -> None:
    for room, folder in rooms().items():
        for file in folder.rglob("*.py"):
            calls = (node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call))
            prints = [c.lineno for c in calls if isinstance(c.func, ast.Name) and c.func.id == "print"]
            assert room == "cli" or not prints, f"{file.relative_to(ROOT)}:{prints} prints"


def test_every_package_is_installed() -> None:
    """The build configuration names each package, since two of them stand at the top of the tree."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    places = {
        "silhouette_plan": "silhouette_plan",
        "importers": "silhouette_plan.importers",
        "grammar": "silhouette_plan.grammar",
    }
    found = {
        ".".join((name, *init.parent.relative_to(ROOT / place).parts))
        for place, name in places.items()
        for init in (ROOT / place).rglob("__init__.py")
    }
    assert set(settings["packages"]) == found
