"""A page of many members: some are told one by one, the rest in what is true of all."""

import re
from dataclasses import replace

import numpy as np
import pytest

from model.outcome.plain import Result
from model.views.facts import sharing, tables
from model.views.painters.map import Atlas, Shape
from model.views.publishing.report import Material, paged, reader_of
from model.views.sections import gains, maps, money, reader, status
from model.views.sections.parts import Grid, Panel
from model.views.sections.settlement import settlement
from model.views.sections.shares import by_rule
from tests import views_case
from tests.views.report_case import INPUTS
from tests.views_case import EPCI, ROUEN

Patch = pytest.MonkeyPatch


@pytest.fixture
def material(monkeypatch: Patch) -> Material:
    """A union of three that is more than a page tells one by one: two."""
    for module in (reader, maps, money):
        monkeypatch.setattr(module, "MANY", 2)
    return Material.of({"spl": Result.of(views_case.outcome())}, INPUTS)


def test_the_followed_epci_and_its_first_partner_are_told(material: Material) -> None:
    """Of three, the followed one and who it exchanges most with have figures of their own."""
    found = reader_of(material, "en")
    sent = dict.fromkeys(EPCI[1:3], 0.0)
    for x in tables.exchanges(material.outcomes["spl"]):
        for epci in {x.origin, x.destination} - {ROUEN}:
            sent[epci] += sum(x.sent.values()) if ROUEN in {x.origin, x.destination} else 0.0
    assert set(found.told) == {ROUEN, max(sent, key=lambda epci: sent[epci])}


def test_the_page_of_many_says_whom_it_tells(material: Material) -> None:
    """As many sheets, choices and first screens as are told; a sentence says so."""
    page = paged(material, "en")
    assert len(page.sheets) == len(page.territories) == 2
    panels = page.sections[0].panels
    assert [panel.epci for panel in panels if panel.epci] == list(page.territories)
    [rest] = [panel for panel in panels if not panel.epci]
    assert "Of 3 members, 2 are told one by one" in str(rest.parts[0])


def test_a_map_of_many_names_the_largest(material: Material, monkeypatch: Patch) -> None:
    """The followed one and the largest have a label that stands; another is pointed at."""
    monkeypatch.setattr(maps, "NAMED", 2)
    found = reader_of(material, "en")
    small, large = (epci for epci in found.epci if epci != found.focus)
    labels = {found.focus: ("A", "1"), large: ("B", "-9"), small: ("C", "3")}
    values = {found.focus: 1.0, large: -9.0, small: 3.0}
    told = maps.quiet(found, labels, values, (0.0, 0.0))
    assert told == labels | {small: ("C: 3", "")}


def test_names_on_a_map_keep_off_one_another() -> None:
    """Of three places on a line, 10 wide each: 0 is told, 8 is too near to it, 12 is not."""
    shapes = {name: Shape("", (100.0 + x, 50.0)) for name, x in (("a", 0), ("b", 8), ("c", 12))}
    assert Atlas(shapes, 100.0).apart(list("abc"), (10.0, 5.0)) == ["a", "c"]
    assert Atlas(shapes, 100.0).apart(list("bac"), (10.0, 5.0)) == ["b"]


def test_the_others_stand_in_one_line_with_their_sum(material: Material) -> None:
    """Of three, two have a line in each table of members; the third has one by its name."""
    found, outcome = reader_of(material, "en"), material.outcomes["spl"]
    [other] = found.others(outcome)
    [table] = [part for panel in maps.maps(found).panels for part in panel.parts
               if isinstance(part, Grid) and panel.year == "2050"]  # fmt: skip
    made = tables.rows(outcome, "local_production", "epci")[other][-1]
    assert len(table.rows) == 3
    assert list(table.rows[-1][:2]) == [found.names("epci", other), found.whole(made)]
    assert table.rows[-1][4] == "–", "a local share has no sum"
    doubt, shares = (part for part in status.data_status(found).panels[0].parts
                     if isinstance(part, Grid) and len(part.rows) == 3)  # fmt: skip
    used = tables.rows(outcome, "final_consumption", "epci")[other][0]
    assert doubt.rows[-1][1].startswith(found.whole(used))
    own = tables.status(outcome, other)["consumption"].values()
    assert list(shares.rows[-1][1:5]) == [found.numbers.percent(share) for share in own]


def test_targets_of_those_untold_stand_in_one_row(material: Material) -> None:
    """Each of four has a target of 42 %: the told two a row each, then one for the others."""
    each = {"quantity": "local-share", "at": {"2050": 0.42}, "price": 300.0, "label_en": "Each"}
    targets = {epci: {**each, "of": [epci]} for epci in EPCI[:4]}
    outcome = views_case.outcome(members=EPCI[:4], targets=targets)
    found = reader_of(replace(material, outcomes={"spl": Result.of(outcome)}), "en")
    [panel] = money.limits(found).panels
    grid = panel.parts[0]
    assert isinstance(grid, Grid)
    names = [*map(found.names.short, found.told), "2 others"]
    assert [list(row[:4]) for row in grid.rows] == [
        ["Each", "local share", name, "42%"] for name in names
    ]


def test_potentials_of_many_are_told_by_how_many_used_them_up(material: Material) -> None:
    """Wind is worth 3 to one and 9 to another, nothing to the third: two, from 3 to 9."""
    data = views_case.outcome()
    rent = data["potential_rent"]
    rent[:] = 0.0
    rent.loc[{"technology": "wind", "year": 2050}] = [3.0, 0.0, 9.0]
    many = replace(material, outcomes={"spl": Result.of(data)})
    [panel] = money.limits(reader_of(many, "en")).panels
    grid = panel.parts[-1]
    assert isinstance(grid, Grid)
    [row] = grid.rows
    assert row[1:] == ["Territoire C", "2", "3.0", "6.0", "9.0"]


def settled(found: reader.Reader) -> list[Panel]:
    """The panels of what partners pay."""
    section = settlement(found)
    assert section
    return list(section.panels)


def test_partners_of_many_are_folded_in_every_table(material: Material) -> None:
    """Of three partners, two have a line and the third is the rest; sums of the path hold."""
    game = Result.of(views_case.game())
    found = reader_of(replace(material, games={"spl": game}), "en")
    [rule, *_] = sharing.rules(game)
    lists = [part for part in by_rule(found, game, rule) if isinstance(part, Grid)]
    lists += [part for panel in settled(found) for part in panel.parts
              if isinstance(part, Grid) and part.head[0] == "EPCI"]  # fmt: skip
    [other] = found.others(material.outcomes["spl"])
    assert len(lists) > 3
    for grid in lists:
        names = [row[0] for row in grid.rows if row[0] != "Total"]
        assert names[-1] == found.names("epci", other), grid.caption
        assert len(names) == 3, grid.caption
    path = {p: [v] for p, v in sharing.gains(game)[rule].items()}
    folded = sum(v for [v] in found.folded(game, path).values())
    assert folded == pytest.approx(sum(v for [v] in path.values()))


def test_groups_of_a_thousand_partners_are_not_counted(material: Material) -> None:
    """2^1100 − 1 is no number of a sentence, nor of a computer."""
    game = Result.of(views_case.game())
    game.arrays["epci"] = np.array([f"{n:09}" for n in range(1100)])
    told = gains.unasked(reader_of(material, "en"), "spl", game)
    assert told == " Only 4 groups were asked: there are too many to ask them all."


def test_a_sentence_holds_a_dozen_names(material: Material) -> None:
    """Of thirteen, eleven have a name: two others are as short as one name more."""
    listed = reader_of(material, "en").names.listed
    assert listed([str(n) for n in range(12)]).endswith("9, 10 and 11")
    assert listed([str(n) for n in range(13)]).endswith("9, 10 and 2 others")


def test_few_are_all_told() -> None:
    """A small union has a sheet for each, and no word on the rest."""
    few = Material.of({"spl": Result.of(views_case.outcome())}, INPUTS)
    page = paged(few, "en")
    assert len(page.sheets) == 3
    assert not re.search("told one by one", str(page.sections[0].panels))
