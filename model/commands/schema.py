"""Schema: the schemas that editors and other tools read."""

from __future__ import annotations

from functools import partial

import typer

from model.commands.app import INPUTS, ROOT, app


@app.command()
def schema() -> None:
    """Write the schemas that editors and other tools read."""
    from model.scenario import write_schema
    from model.tables.schema import write_datapackage

    for write, path in (
        (write_schema, ROOT / "schemas" / "scenario.json"),
        (partial(write_schema, lang="fr"), ROOT / "schemas" / "scenario.fr.json"),
        (write_datapackage, INPUTS / "datapackage.json"),
    ):
        path.parent.mkdir(exist_ok=True)
        write(path)
        typer.echo(str(path))
