"""The deck: eight slides that say what the results say, with charts that hold their numbers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytest import approx

import run
from model.views.publishing import deck
from tests.views_case import family, game, stand

pptx = pytest.importorskip("pptx")


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three scenarios, one of them alone; who gains, in one."""
    home = tmp_path_factory.mktemp("results")
    for name, outcome in family().items():
        stand(home, name, outcome)
    game().to_netcdf(home / "spl-1" / "cooperation.nc", engine="netcdf4")
    return home


def export(results: Path, to: Path, *names: str, lang: str = "en") -> list[Path]:
    options = ["--format", "pptx", "--results", str(results), "--to", str(to), "--lang", lang]
    assert run.main(["export", *names, *options]) == 0
    return sorted(to.iterdir())


def slides(path: Path) -> list[Any]:
    return list(pptx.Presentation(path).slides)


def said(slide: Any) -> str:
    return " ".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)


def charts(slide: Any) -> list[Any]:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


@pytest.fixture(scope="module", params=["en", "fr"])
def show(request, results, tmp_path_factory) -> list[Any]:
    [path] = export(results, tmp_path_factory.mktemp("deck"), "spl-1", lang=request.param)
    assert path.name == f"spl-1.{request.param}.pptx"
    return slides(path)


def test_eight_slides_with_charts_and_what_to_say(show):
    assert len(show) == 8
    assert [len(charts(slide)) for slide in show] == [0, 1, 1, 1, 1, 1, 1, 0]
    for slide in show:
        assert slide.shapes.title.text_frame.text
        assert len(slide.notes_slide.notes_text_frame.text) > 40
    assert len({slide.shapes.title.text_frame.text for slide in show}) == 8


def test_all_stands_on_the_slide_and_nothing_covers_anything(show):
    """Sentences and charts beside one another; the text fits in its box by a generous measure."""
    wide, high = int(deck.WIDE * 914_400), int(deck.HIGH * 914_400)
    for slide in show:
        boxes = [(s.left, s.top, s.left + s.width, s.top + s.height) for s in slide.shapes]
        assert all(min(box) >= 0 and box[2] <= wide and box[3] <= high for box in boxes)
        for rank, (left, top, right, bottom) in enumerate(boxes):
            for other in boxes[rank + 1 :]:
                apart = (
                    right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
                )
                assert apart
        for shape in slide.shapes:
            if shape.has_text_frame and shape is not slide.shapes.title:
                paragraphs = shape.text_frame.paragraphs
                size = paragraphs[0].runs[0].font.size.pt
                letters = shape.width / 12_700 / (0.5 * size)
                lines = sum(-(-len(p.text) // letters) for p in paragraphs)
                assert lines * 1.15 * size <= shape.height / 12_700


def test_a_chart_holds_the_numbers_of_the_results(show):
    outcome = family()["spl-1"]
    [made] = charts(show[1])
    total = outcome["local_production"].sum(["epci", "technology"]).to_numpy()
    columns = zip(*(series.values for series in made.plots[0].series), strict=True)
    assert [sum(column) for column in columns] == approx(total)
    assert list(made.plots[0].categories) == [str(year) for year in outcome["year"].to_numpy()]
    [gains] = charts(show[4])
    assert list(gains.plots[0].series[0].values) == approx([90.0, 5.0, 5.0])
    [path] = charts(show[2])
    assert path.plots[0].series[-1].values[-1] == 3000
    assert path.plots[0].series[-1].values[0] is None


def test_without_cooperation_the_deck_still_has_eight(results, tmp_path):
    show = slides(export(results, tmp_path, "alone")[0])
    assert len(show) == 8
    assert "Nobody gains or loses by cooperation here." in said(show[4])
    assert len(charts(show[4])) == 1


def test_none_named_the_one_that_gains_most(results, tmp_path):
    [path] = export(results, tmp_path)
    assert path.name in ("spl-1.en.pptx", "spl-2.en.pptx")


def test_without_the_package_one_sentence(results, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(deck, "find_spec", lambda _: None)
    options = ["--format", "pptx", "--results", str(results), "--to", str(tmp_path)]
    assert run.main(["export", "spl-1", *options]) == 2
    told = capsys.readouterr().err
    assert "needs the package python-pptx" in told
    assert "pip install python-pptx" in told
    assert list(tmp_path.iterdir()) == []
