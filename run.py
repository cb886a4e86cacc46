"""The command line: `python run.py --help`. Parse, call, print; the work is done in `model/`."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

try:
    import typer
except ModuleNotFoundError as missing:
    sys.exit(
        f"{missing}. Install the packages with the first command of README.md, then run again."
    )

from model.errors import InputError, ModelError

if TYPE_CHECKING:
    from model.scenario import Scenario
    from model.views.publishing.publish import Known

# Imports and tables make many objects that stay, and few in cycles: looking for those at every 700
# new ones, as Python does, takes a tenth of a short run. Workers import this file, too.
gc.set_threshold(50_000, 20, 20)
atexit.register(gc.freeze)  # nor is it worth a search of all that is left when the process ends

# A scenario is the work of one core: on small arrays, threads of BLAS cost more than they do.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Pydantic would look for plug-ins in every package that is installed.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

ROOT = Path(__file__).resolve().parent
RESULTS = ROOT / "results"
INTERRUPTED = 130

EPILOG = """Exit codes: 0 all is well; 2 bad input; 3 the one scenario asked for is infeasible;
4 it met a limit of the solver; 5 part of a batch failed by error (there, an infeasible scenario is
reported and does not count as a failure); 1 defect of the model; 130 interrupted."""

app = typer.Typer(
    add_completion=False,
    epilog=EPILOG,
    help="Energy cooperation between French EPCI. Without a command: `run`, on every scenario.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class Engine(StrEnum):
    """Who expands the text of the model: our compiler, or Pyomo."""

    template = "template"
    pyomo = "pyomo"


class Language(StrEnum):
    """A language of the tables."""

    en = "en"
    fr = "fr"


class Form(StrEnum):
    """A form of the exported files."""

    csv = "csv"
    csv_fr = "csv-fr"
    xlsx = "xlsx"
    iamc = "iamc"
    pcaet = "pcaet"
    figures = "figures"


Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="NAME", help="Files of scenarios/ without .yaml, or paths."),
]
Results = Annotated[Path, typer.Option(help="Folder of the results.", show_default="results")]


@app.command(epilog=EPILOG)
def run(  # noqa: PLR0913, PLR0917
    names: Names = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=1, help="Processes at once.", show_default="cores"),
    ] = None,
    results: Results = RESULTS,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Run on this Dask scheduler instead.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Also run what is done already.")] = False,
    lang: Annotated[Language, typer.Option(help="Language of the table.")] = Language.en,
    engine: Annotated[
        Engine | None,
        typer.Option(help="Who expands the model.", show_default="that of the scenario"),
    ] = None,
) -> None:
    """Run the named scenarios, or all of them.

    What is done already, from the same inputs, is skipped. The last line is where the report is.
    """
    from model.batch import Record, exit_code, gains, run_batch, solved
    from model.commands.ended import messages, table
    from model.commands.progress import of_batch
    from model.commands.words import say
    from model.scenario import load_scenarios, override, sound_scenarios

    words = say(lang.value)
    every, refused = sound_scenarios(_scenarios())
    scenarios = load_scenarios(names, _scenarios()) if names else every
    if engine is not None:
        scenarios = [override(s, {"solver.engine": engine.value}) for s in scenarios]
    with of_batch(len(scenarios), words) as progress:
        records = run_batch(scenarios, results, jobs, scheduler, force, progress)
    if not names:
        records += [Record(name, "refused", message=str(e)) for name, e in refused.items()]
    for line in messages(records, lang.value):
        typer.echo(line, err=True)
    up_to_date = solved({s.name: s for s in (*every, *scenarios)}.values(), results)
    _print_grid(*table(records, gains(up_to_date), lang.value), left=2)
    typer.echo(words("results") + str(results.resolve()))
    known = {record.name: record.arrays for record in records}
    _publish([found.scenario for found in up_to_date], results, lang, known=known)
    raise typer.Exit(exit_code(records))


@app.command()
def report(
    names: Names = None,
    results: Results = RESULTS,
    lang: Annotated[Language, typer.Option(help="Language of the page named last.")] = Language.en,
) -> None:
    """Write the page of the results, in both languages.

    Nothing is solved: scenarios without a result are left out.
    """
    from model.scenario import load_scenarios, sound_scenarios

    folder = _scenarios()
    scenarios = load_scenarios(names, folder) if names else sound_scenarios(folder)[0]
    others = [language for language in Language if language != lang]
    if not _publish(scenarios, results, lang, *others):
        typer.echo("No result yet: start with `python run.py`.", err=True)
        raise typer.Exit(2)


@app.command()
def check(names: Names = None) -> None:
    """Report every fault of scenarios and inputs.

    Nothing is solved.
    """
    from model.data.assemble import load_data
    from model.scenario import load_scenarios

    faults = []
    for scenario in load_scenarios(names or None, _scenarios()):
        try:
            load_data(scenario)
        except InputError as error:
            faults += [fault for fault in error.faults if fault not in faults]
        else:
            typer.echo(f"{scenario.name}: sound")
    if faults:
        raise InputError(faults)


@app.command()
def explain(
    name: Annotated[str, typer.Argument(help="A file of scenarios/ without .yaml, or a path.")],
    key: Annotated[str | None, typer.Argument(help="Only this key, such as `horizon`.")] = None,
) -> None:
    """Show a scenario's values and their origin.

    Each resolved value stands with the file and the line it came from.
    """
    from model.scenario import explain as explain_scenario
    from model.scenario import load_scenario

    typer.echo(explain_scenario(load_scenario(name, _scenarios()), key))


@app.command()
def new(
    epci: Annotated[str, typer.Option("--epci", help="SIREN of an EPCI, or its name.")],
    ring: Annotated[
        int, typer.Option(min=0, max=3, help="Borders to cross: 0 alone, 1 neighbours.")
    ] = 1,
    name: Annotated[
        str, typer.Option(help="Name of the scenario.", show_default="from the EPCI")
    ] = "",
    lang: Annotated[Language, typer.Option(help="Language of the comments.")] = Language.en,
) -> None:
    """Write a scenario for any EPCI and its neighbours.

    It runs as it is; comments say what to change and what is estimated. Nothing is overwritten.
    """
    from model.commands.new import Wish, new_scenario
    from model.commands.words import say

    words = say(lang.value)
    paths = new_scenario(Wish(epci, ring, name, lang.value), _scenarios(), ROOT / "inputs")
    for path in paths:
        typer.echo(words("written") + str(path))
    names = [path.stem for path in paths]
    for line in (f"run.py check {names[0]}", f"run.py {' '.join(names)}"):
        typer.echo(words("next") + "python " + line)


@app.command()
def compare(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME", help="Results, or a sweep; none: all.")
    ] = None,
    results: Results = RESULTS,
    year: Annotated[
        int | None, typer.Option(help="Year of the outputs.", show_default="last")
    ] = None,
    epci: Annotated[str, typer.Option(help="SIREN of one EPCI.", show_default="all")] = "",
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Also write everything to this file.")
    ] = None,
    lang: Annotated[Language, typer.Option(help="Language of the tables.")] = Language.en,
) -> None:
    """Show what differs between scenarios beside what comes out.

    Nothing is solved. What a scenario lacks (an EPCI, a year, a solution) is shown as absent.
    """
    from model.commands.compare import differences, figures, last_year, tidy
    from model.commands.words import say
    from model.outcome.compare import compare as compare_scenarios
    from model.views.publishing.csv import write_csv

    words = say(lang.value)
    found = compare_scenarios(*(names or ()), results=results)
    if len(found.inputs):
        typer.echo(words("inputs differ"))
        _print_grid(*differences(found, lang.value), left=3)
    else:
        typer.echo(words("same inputs"))
    shown = year or last_year(found)
    typer.echo(words("outputs", shown or "–"))
    _print_grid(*figures(found, epci, shown, lang.value), left=2)
    if csv is not None:
        write_csv(tidy(found), csv, lang.value)
        typer.echo(words("written") + str(csv))


@app.command()
def export(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME", help="Results, or a sweep; none: all.")
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="Form of the files.")] = Form.csv,
    to: Annotated[
        Path | None, typer.Option(help="Folder to write to.", show_default="RESULTS/export")
    ] = None,
    results: Results = RESULTS,
    lang: Annotated[Language, typer.Option(help="Language of the figures.")] = Language.en,
) -> None:
    """Write results as files for spreadsheets and databases.

    csv: a file for each variable; csv-fr: the same for a French spreadsheet; xlsx: a workbook;
    iamc: a table of regions, variables and years; pcaet: the regulatory form; figures: the
    drawings of the report, as SVG, and as PNG if the package resvg-py is installed.
    """
    from model.commands.words import say
    from model.views.publishing.export import Order
    from model.views.publishing.export import export as export_results

    folder = to or results / "export"
    order = Order(form.value, results, ROOT / "inputs", folder, lang.value)
    for path in export_results(names or (), order):
        typer.echo(say(lang.value)("written") + str(path))


@app.command()
def status(
    results: Results = RESULTS,
    lang: Annotated[Language, typer.Option(help="Language of the table.")] = Language.en,
) -> None:
    """Show which scenarios are done, stale, missing or failed.

    Stale: the scenario, the inputs or the model have changed since. Nothing is solved.
    """
    from model.commands.status import pages
    from model.commands.status import status as status_of
    from model.commands.words import say
    from model.scenario import sound_scenarios

    words = say(lang.value)
    _print_grid(*status_of(*sound_scenarios(_scenarios()), results, lang.value), left=3)
    typer.echo(words("results") + str(results.resolve()))
    for page in pages(results):
        typer.echo(words("report") + str(page.resolve()))


@app.command()
def diagnose(
    name: Annotated[str, typer.Argument(help="A file of scenarios/ without .yaml, or a path.")],
    lang: Annotated[Language, typer.Option(help="Language of the answer.")] = Language.en,
) -> None:
    """Say why a scenario cannot be met, and by how much.

    What is missing to each target at least, and what stands in the way.
    """
    from model.commands.diagnose import diagnose as diagnose_scenario
    from model.scenario import load_scenario

    for line in diagnose_scenario(load_scenario(name, _scenarios()), lang.value):
        typer.echo(line)


@app.command()
def cooperate(
    name: Annotated[str, typer.Argument(help="A file of scenarios/ without .yaml, or a path.")],
    results: Results = RESULTS,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes at once.")] = 1,
    group: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=SIREN,SIREN", help="EPCI that negotiate as one; repeatable."),
    ] = None,
    lang: Annotated[Language, typer.Option(help="Language of the tables.")] = Language.en,
) -> None:
    """Say who gains by cooperating, and who owes whom.

    Every coalition is solved, unless there are too many; what was solved before is taken up. The
    last line is where cooperation.nc is.
    """
    from model.commands.gains import groups_of, tables, told
    from model.commands.progress import of_coalitions
    from model.commands.words import say
    from model.scenario import load_scenario
    from model.settlement import cooperate as cooperate_on

    scenario, groups = load_scenario(name, _scenarios()), groups_of(group or [])
    folder = results / scenario.name
    with of_coalitions() as progress:
        sheet = cooperate_on(scenario, folder, progress, jobs=jobs, groups=groups)
    for title, (head, *rows) in tables(sheet, lang.value):
        _print_grid(head, rows, left=1, title=title)
    for line in told(sheet, lang.value):
        typer.echo(line)
    typer.echo(say(lang.value)("results") + str((folder / "cooperation.nc").resolve()))


@app.command()
def schema() -> None:
    """Write the schemas that editors and other tools read."""
    from model.scenario import write_schema
    from model.tables.schema import write_datapackage

    for write, path in (
        (write_schema, ROOT / "schemas" / "scenario.json"),
        (write_datapackage, ROOT / "inputs" / "datapackage.json"),
    ):
        path.parent.mkdir(exist_ok=True)
        write(path)
        typer.echo(str(path))


def _scenarios() -> Path:
    """Find the folder of scenarios: from here if we are above it, so that messages stay short."""
    here = Path.cwd()
    return (ROOT.relative_to(here) if ROOT.is_relative_to(here) else ROOT) / "scenarios"


def _publish(
    scenarios: Sequence[Scenario],
    results: Path,
    lang: Language,
    *others: Language,
    known: Known | None = None,
) -> bool:
    """Write the report and say, last, where it is; False if there is nothing to tell."""
    from model.commands.page import write_page
    from model.commands.words import say

    pages = write_page(
        scenarios, results, lang.value, *(other.value for other in others), known=known
    )
    if pages:
        typer.echo(say(lang.value)("report") + str(pages[0].resolve()))
    return bool(pages)


def _print_grid(
    head: Sequence[str], rows: Sequence[Sequence[str]], left: int, title: str | None = None
) -> None:
    """Print a table of texts; the first `left` columns are words, the others numbers."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left")
    for place, heading in enumerate(map(Text, head)):
        table.add_column(heading, justify="left" if place < left else "right", overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    Console(width=None if sys.stdout.isatty() else 120).print(table)


def main(arguments: Sequence[str]) -> int:
    """Run a command and return the exit code; no error reaches the user as a traceback."""
    commands = {
        command.callback.__name__ for command in app.registered_commands if command.callback
    }
    named = arguments and arguments[0] in commands | {"--help"}
    try:
        app(list(arguments) if named else ["run", *arguments], prog_name="run.py")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    except ModelError as error:
        for line in str(error).splitlines():
            typer.echo(line, err=True)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        return _told(error)
    return 0


def _told(error: Exception) -> int:
    """Tell a defect in one line, and keep its traceback in a file."""
    if isinstance(error, ModuleNotFoundError) and not (error.name or "").startswith("model"):
        typer.echo(f"{error}. Install the packages with a command of README.md.", err=True)
        return 1
    RESULTS.mkdir(exist_ok=True)
    log = RESULTS / "error.log"
    log.write_text(traceback.format_exc(), encoding="utf-8")
    words = f"{type(error).__name__}: {error}".splitlines()[0]
    typer.echo(f"Defect of the model: {words} (traceback: {log})", err=True)
    return 1


def _interrupt(*_: object) -> None:
    """End on SIGTERM, as a queue of jobs sends it, as on Ctrl-C."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _interrupt)
    sys.exit(main(sys.argv[1:]))
