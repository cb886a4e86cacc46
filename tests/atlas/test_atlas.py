"""Atlas: pairs, circles and the union of an area, with a pencil.

Wind of RURAL, 100 GWh/yr at 20 €/MWh; URBAN uses 50, THIRD 80; the market asks 100. A year.

    alone     URBAN 5.0 M€, THIRD 8.0, RURAL nothing
    pairs     RURAL with URBAN 50 · 80 = 4.0, with THIRD 80 · 80 = 6.4; URBAN with THIRD nothing
    union     100 at 20 and 30 at 100 = 5.0: 8.0 saved, all of it of the wind, at a price of 100
"""

from __future__ import annotations

import pytest

from model.atlas import FILE, Wanted, atlas, partners
from model.errors import InputError
from model.outcome.files import read_dataset
from model.views.publishing.atlas import write_atlas
from model.views.terminal.atlas import sentences, table, whom_to_ask
from tests.cases import RURAL, THIRD, URBAN, carrier, demand, plant, write
from tests.views.report_case import INPUTS


def area(folder):
    """The three, in a pool."""
    return write(
        folder,
        demand({RURAL: 0, URBAN: 50, THIRD: 80}),
        carrier("electricity", 100, exchange="contract"),
        plant("wind", {RURAL: 100}, cost=20),
        cooperation={"form": "pool"},
    )


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """Its atlas, pairs of any distance."""
    folder = tmp_path_factory.mktemp("atlas")
    result = atlas(area(folder), folder, Wanted(1000.0, circle=2))
    assert read_dataset(folder / FILE).identical(result)
    return result


def test_pairs_by_hand(found):
    ends = zip(found["first"].to_numpy(), found["second"].to_numpy(), strict=True)
    gains = dict(zip(map(frozenset, ends), found["pair_gain"].to_numpy(), strict=True))
    assert gains[frozenset((RURAL, URBAN))] == pytest.approx(4.0)
    assert gains[frozenset((RURAL, THIRD))] == pytest.approx(6.4)
    assert gains[frozenset((URBAN, THIRD))] == pytest.approx(0.0, abs=1e-9)
    assert [name for name, _ in partners(found, RURAL)] == [THIRD, URBAN]
    assert partners(found, THIRD)[0] == (RURAL, pytest.approx(6.4))


def test_union_and_circles_by_hand(found):
    assert found.attrs["gain"] == pytest.approx(8.0)
    assert float(found["alone_cost"].sel(epci=URBAN)) == pytest.approx(5.0)
    assert float(found["union_gain"].sel(epci=RURAL)) == pytest.approx(8.0)
    assert float(found["union_gain"].sel(epci=URBAN)) == pytest.approx(0.0, abs=1e-9)
    assert float(found["power_price"].sel(epci=THIRD)) == pytest.approx(100)
    assert float(found["circle_gain"].sel(epci=URBAN)) == pytest.approx(4.0)
    assert found["circle"].sel(epci=URBAN).item() == " ".join(sorted((RURAL, URBAN)))


def test_far_ones_are_no_pair(tmp_path):
    """Of places 0, 1 and 2, 100 km one from the next, the outer two are no pair within 150 km."""
    assert atlas(area(tmp_path), tmp_path, Wanted(150.0)).sizes["pair"] == 2
    with pytest.raises(InputError, match="no two EPCI are within 50 km"):
        atlas(area(tmp_path), tmp_path, Wanted(50.0))


@pytest.mark.parametrize(("lang", "gain"), [("en", "6.4"), ("fr", "6,4")])
def test_it_is_told(found, lang, gain):
    _, (head, rows) = table(found, lang)
    assert {len(row) for row in rows} == {len(head)}
    assert rows[0][:3] == ["Rural", "Intermediate", gain], "who gains most by inhabitant is first"
    assert len(list(sentences(found, lang))) == 4
    [line] = whom_to_ask(found, RURAL, 2, lang)
    assert line.index("Intermediate") < line.index("Urban")
    assert not list(whom_to_ask(found, URBAN, 0, lang))


def test_its_pages_need_nothing_else(found, tmp_path):
    """One in each language, linked; nobody has an outline here, so that there is no map."""
    pages = write_atlas(found, INPUTS, tmp_path)
    assert sorted(path.name for path in pages.values()) == [
        "atlas-case.en.html",
        "atlas-case.fr.html",
    ]
    text = pages["fr"].read_text(encoding="utf-8")
    assert "script-src" in text
    assert "<script" not in text
    assert 'href="atlas-case.en.html"' in text
    assert '<th scope="row">Rural</th><td>Intermediate</td><td>Urban</td><td>6,4</td>' in text
