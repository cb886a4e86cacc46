"""Tutorial: every command and file of it works, in both languages, in the order of the page."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

import run
from model.commands import app

ROOT = Path(__file__).parents[2]
PAGES = {lang: ROOT / "docs" / f"tutorial.{lang}.md" for lang in ("en", "fr")}
BLOCK = re.compile(r"^```(sh|yaml|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WITH_RESULTS = ("compare", "status", "export", "report", "run")
ENDS = {"dieppe-too-much": 3}
"""Exit codes other than 0, by the scenario that is run."""


def blocks(lang: str) -> list[tuple[str, str]]:
    """The blocks of code of a page: their language and text."""
    return BLOCK.findall(PAGES[lang].read_text(encoding="utf-8"))


def commands(text: str) -> list[list[str]]:
    """The commands of a block of shell, without `python run.py`."""
    lines = [shlex.split(line) for line in text.splitlines()]
    assert all(line[:2] == ["python", "run.py"] for line in lines)
    return [line[2:] for line in lines]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, as far as the commands see it."""
    folder = tmp_path_factory.mktemp("clone")
    (folder / "inputs").symlink_to(ROOT / "inputs")
    (folder / "scenarios").mkdir()
    tiny = ROOT / "scenarios" / "tiny.yaml"
    (folder / "scenarios" / "tiny.yaml").write_bytes(tiny.read_bytes())
    return folder


def test_both_pages_have_the_same_commands_and_files():
    english, french = blocks("en"), blocks("fr")
    for (kind, text), (other_kind, other) in zip(english, french, strict=True):
        assert kind == other_kind
        if kind == "sh":
            assert text.splitlines() == [c.removesuffix(" --lang fr") for c in other.splitlines()]
        else:
            assert re.sub("  #.*", "", text) == re.sub("  #.*", "", other)


@pytest.mark.parametrize("lang", ["en", pytest.param("fr", marks=pytest.mark.campaign)])
def test_the_page_works_from_top_to_bottom(home, monkeypatch, capsys, lang):
    monkeypatch.setattr(app, "SCENARIOS", home / "scenarios")
    monkeypatch.chdir(home)
    for kind, text in blocks(lang):
        if kind == "yaml":
            name = text.splitlines()[0].removeprefix("# ")
            (home / name).write_text(text, encoding="utf-8")
        elif kind == "python":
            exec(compile(text, str(PAGES[lang]), "exec"), {})
        else:
            for command in commands(text):
                with monkeypatch.context() as patch:
                    if command[0] != "report":  # the page is written once, at the end
                        patch.setattr("model.commands.run.publish", lambda *_, **__: True)
                    work(home, command)
    told = capsys.readouterr()
    lacks = {"en": "lacks", "fr": "il manque"}
    assert lacks[lang] in told.out
    assert (home / "results" / f"report.{lang}.html").is_file()
    exported = home / "results" / "export" / "dieppe-more-wind.csv-fr"
    assert (exported / "local_production.csv").is_file()


def work(home: Path, command: list[str]) -> None:
    """Run a command of the page in the copy; scenarios that are there are not made anew."""
    if command[0] == "new" and (home / "scenarios" / "region-dieppoise.yaml").exists():
        return
    named = command[0] in app.commands()
    if not named or command[0] in WITH_RESULTS:
        command = [*command, "--results", str(home / "results")]
    command = command if named else ["run", "-j", "1", *command]
    assert run.main(command) == (0 if named else ENDS.get(command[3], 0))
    if command[0] == "new":  # coarser steps, for a quick test
        path = home / "scenarios" / "region-dieppoise.yaml"
        path.write_text(path.read_text().replace("hours_per_step: 6", "hours_per_step: 24"))
