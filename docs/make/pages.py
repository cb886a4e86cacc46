"""Pages of the site that are written by the code itself, so that nothing is said twice.

`mkdocs.yml` names this file as its hook. Equations come from the opening page of each module, the
tables from the registry, the commands from the command line.
"""

from __future__ import annotations

import importlib
import pkgutil
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import typer
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from model.commands.app import EPILOG, app, commands
from model.fields import BALANCE, COOPERATION, ENSEMBLE, FIELDS, OUTCOMES, TABLES, Column, Table

ROOT = Path(__file__).resolve().parents[2]
EQUATIONS = "reference/equations"
PROJECT = {
    "project/contributing.md": "CONTRIBUTING.md",
    "project/decisions.md": "DECISIONS.md",
    "project/changelog.md": "CHANGELOG.md",
    "project/inputs.md": "inputs/README.md",
}
PACKAGES = (
    "model.build",
    "model.blocks",
    "model.solver",
    "model.games",
    "model.cooperation",
    "model.settlement",
)
"""Where modules open with equations, indented."""

COLUMNS = ("column", "unit", "kind", "bounds", "default", "meaning")
Rows = Iterable[Sequence[object]]


def _modules() -> Iterator[str]:
    """The modules whose opening page holds equations."""
    for package in PACKAGES:
        for found in pkgutil.walk_packages(
            importlib.import_module(package).__path__, f"{package}."
        ):
            if not found.ispkg and "\n\n    " in (
                importlib.import_module(found.name).__doc__ or ""
            ):
                yield found.name


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Fill in the equations, and leave out the pages that are not there."""
    docs = Path(config.docs_dir)
    kept = {path.relative_to(docs).as_posix() for path in docs.rglob("*.md")} | set(GENERATED)
    equations = [{_title(module): _equations(module)} for module in MODULES]
    nav: list[Any] = []
    for entry in config.nav or []:
        ((title, pages),) = entry.items()
        if pages == EQUATIONS:
            pages = equations
        elif not isinstance(pages, str):
            pages = [page for page in pages if page in kept]
        nav.append({title: pages})
    config.nav = nav
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages."""
    for path, write in GENERATED.items():
        files.append(File.generated(config, path, content=write()))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Let links to files of the repository lead to their page, or be plain words."""

    def led(match: re.Match[str]) -> str:
        words, target = match.groups()
        folder = posixpath.dirname(page.file.src_uri)
        place = posixpath.normpath(posixpath.join("docs", folder, target))
        path = _page_of(place)
        if path in GENERATED:
            return f"[{words}]({posixpath.relpath(path, folder or '.')})"
        return match[0] if place.startswith("docs/") else words

    return re.sub(r"\[([^\]]+)\]\((?!https?:|#)([^)#\s]+)\)", led, markdown)


def _page_of(place: str) -> str:
    """The page on a file of the repository; '' if there is none."""
    if place.endswith(".py"):
        return _equations(place.removesuffix(".py").replace("/", "."))
    return next((page for page, file in PROJECT.items() if file == place), "")


def _equations(module: str) -> str:
    return f"{EQUATIONS}/{module.removeprefix('model.')}.md"


def _title(module: str) -> str:
    """The first words of the opening page, as `Stock`."""
    first = (importlib.import_module(module).__doc__ or "").partition("\n")[0]
    return first.partition(":")[0] if ":" in first else module.rpartition(".")[2].capitalize()


def _opening(module: str) -> Callable[[], str]:
    """The opening page of a module: its equations, symbols and assumptions."""

    def write() -> str:
        text = importlib.import_module(module).__doc__ or ""
        first, _, rest = text.partition("\n")
        return f"# {first.rstrip('.')}\n\n`{module}`\n{rest}"

    return write


def _commands() -> str:
    """Every command with its arguments and options."""
    commands()  # each registers itself
    group = typer.main.get_command(app)
    text = ["# Commands", app.info.help or "", EPILOG]
    for name, command in sorted(group.commands.items()):  # type: ignore[attr-defined]
        told = (command.help or "").replace("\f", "")
        text += [f"## python run.py {name}", told]
        rows = [
            (" ".join(f"`{option}`" for option in param.opts), getattr(param, "help", "") or "")
            for param in command.params
            if param.name != "help"
        ]
        text += [_table(("argument or option", "meaning"), rows)] if rows else []
    return "\n\n".join(text)


def _inputs() -> str:
    """Every table of an inputs folder, column by column."""
    text = ["# Tables of an inputs folder", "One CSV file each, with the unit in the header."]
    for table in TABLES:
        must = "Required. " if table.required else ""
        text += [f"## {table.name}.csv", f"{table.doc}. {must}Key: {', '.join(table.keys)}."]
        text.append(_table(COLUMNS, _columns(table)))
    return "\n\n".join(text)


def _columns(table: Table) -> Iterator[Sequence[object]]:
    for column in table.columns:
        default = "required" if column.required and column.default is None else column.default
        yield column.name, column.unit, column.kind, _bounds(column), default, column.doc


def _bounds(column: Column) -> str:
    if column.choices:
        return ", ".join(column.choices)
    if column.refers:
        return f"a {column.refers}"
    return f"{column.lower:g} to {column.upper:g}" if column.kind == "number" else ""


def _results() -> str:
    """The variables of the result files."""
    head = ("variable", "dimensions", "unit", "meaning", "en français")
    text = ["# Results"]
    files = {
        "outcome.nc": OUTCOMES,
        "cooperation.nc": COOPERATION.values(),
        "balance_of(outcome)": BALANCE.values(),
        "ensemble.nc": ENSEMBLE.values(),
    }
    for file, variables in files.items():
        rows = [(f"`{o.name}`", ", ".join(o.dims), o.unit, o.doc, o.doc_fr) for o in variables]
        text += [f"## {file}", _table(head, rows)]
    return "\n\n".join(text)


def _arrays() -> str:
    """The arrays that the equations read."""
    rows = [(f"`{f.name}`", ", ".join(f.dims), f.unit, f.doc, f.source) for f in FIELDS]
    head = ("array", "dimensions", "unit", "meaning", "source")
    return f"# Arrays of the equations\n\n{_table(head, rows)}"


def _table(head: Sequence[str], rows: Rows) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _cell(value: object) -> str:
    return "" if value is None else str(value).replace("|", "\\|").replace("<", "&lt;")


def _copy(file: str) -> Callable[[], str]:
    return lambda: (ROOT / file).read_text(encoding="utf-8")


MODULES = tuple(_modules())
GENERATED: dict[str, Callable[[], str]] = {
    "reference/commands.md": _commands,
    "reference/inputs.md": _inputs,
    "reference/results.md": _results,
    "reference/arrays.md": _arrays,
    **{page: _copy(file) for page, file in PROJECT.items()},
    **{_equations(module): _opening(module) for module in MODULES},
}
"""What writes each generated page."""
