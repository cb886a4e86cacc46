"""How sure it is, on the page: an aim that is missed, no cooperation, and what was not drawn."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from model.outcome.solve import solve_scenario
from model.scenario import Scenario, load_scenario
from model.views.publishing.publish import publish
from tests.doubt.doubt_case import ROOT, ensemble
from tests.views.report_case import whole
from tests.views_case import stand

AIM = "targets: {aim: {quantity: production, of: territory, at: {2030: 500}, price: 1}}\n"


def variant(folder: Path, name: str, without: str = "", more: str = "") -> Scenario:
    """The case of docs/tiny.md under another name, without what begins so, and with more."""
    text = (ROOT / "scenarios" / "tiny.yaml").read_text(encoding="utf-8")
    text = text.replace("../inputs/tiny", "inputs").split(without or "\0")[0]
    (folder / f"{name}.yaml").write_text(text + more, encoding="utf-8")
    return load_scenario(str(folder / f"{name}.yaml"))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What both pages say of `aim`, which is drawn, `alone`, too, and `tiny`, which is not."""
    folder = tmp_path_factory.mktemp("results")
    (folder / "inputs").symlink_to(ROOT / "inputs" / "tiny", target_is_directory=True)
    scenarios = [
        variant(folder, "aim", more=AIM),
        variant(folder, "alone", without="cooperation:"),
        variant(folder, "tiny"),
    ]
    for scenario in scenarios:
        stand(folder, scenario.name, solve_scenario(scenario))
    for scenario in scenarios[:2]:
        ensemble(folder, scenario, draws=16)
    return {
        lang: plain(file.read_text(encoding="utf-8"))
        for lang, file in zip(("en", "fr"), publish(scenarios, folder, "en", "fr"), strict=True)
    }


def plain(text: str) -> str:
    """A page without marks, its spaces plain."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", whole(text))).split())


def test_an_aim_that_no_draw_meets_is_told(pages: dict[str, str]) -> None:
    """200 GWh/yr are made whatever is drawn, and 500 are promised."""
    assert "Every target is met in 0 of 16 draws." in pages["en"]
    assert "Every target is met in 0 of 16 cases." in pages["en"]
    assert "Tous les objectifs sont atteints dans 0 des 16 tirages." in pages["fr"]


def test_without_cooperation_the_bill_is_told(pages: dict[str, str]) -> None:
    """927.3 M€: docs/tiny.md."""
    assert "As the tables say the bill is 927 M€; in 4 of 5 cases between" in pages["en"]


def test_what_was_not_drawn_names_the_command(pages: dict[str, str]) -> None:
    assert (
        "The doubt about this scenario is not computed yet: python run.py ensemble tiny"
        in (pages["en"])
    )
