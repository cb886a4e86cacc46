"""The page: one file, both languages, hostile labels stay text."""

import base64
import hashlib
import re
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from model.errors import InputError
from model.outcome.plain import Result
from model.views.publishing.publish import publish
from model.views.publishing.report import Material, compose, write_report
from model.words.numbers import NARROW
from tests.views.report_case import INPUTS, PAYLOADS, WHOLES, hostile_page, page, whole
from tests.views_case import EPCI, TARGETS, family, game, outcome


@cache
def plain(lang: Any) -> str:
    """The text of a page of three scenarios and three EPCI."""
    return page(lang, family())


class Tags(HTMLParser):
    """Counts elements, keeps attributes and texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(whole(text))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.texts.append(data)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_one_file_that_needs_no_other(lang: str) -> None:
    tags = Tags(plain(lang)).tags
    for tag, attributes in tags:
        for name in ("href", "src", "xlink:href", "action", "data", "srcset", "poster"):
            value = attributes.get(name) or "#"
            assert value.startswith(("#", "data:,")), (tag, value)
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
    assert tags[0][1]["lang"] == lang


def test_the_policy_knows_the_style_and_the_script_by_their_hash() -> None:
    text = plain("fr")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    allowed = policy[1].replace("&#39;", "'")
    assert "default-src 'none'" in allowed
    assert "unsafe" not in allowed
    for tag in ("style", "script"):
        (body,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.S)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in allowed


def test_ids_are_unique_and_links_lead_somewhere() -> None:
    tags = Tags(plain("fr")).tags
    ids = [a["id"] for _, a in tags if "id" in a]
    assert len(ids) == len(set(ids))
    ends = {a["href"] for _, a in tags if (a.get("href") or "").startswith("#")}
    assert {(end or "")[1:] for end in ends} <= set(ids)
    fills = {a["fill"] for _, a in tags if (a.get("fill") or "").startswith("url(#")}
    assert {(fill or "")[5:-1] for fill in fills} <= set(ids)


def test_what_does_not_show_at_opening_is_packed_the_same_each_time() -> None:
    """The panel of the scenario, year and EPCI at opening stands in the page; others do not."""
    text = plain("en")
    start = dict(re.findall(r' data-(\w+)="([^"]*)"', text[text.index("<body") :].split(">")[0]))
    found = re.findall(r'<div class="panel"([^>]*)>', text)
    away = [any(f'data-{k}="{v}"' not in one for k, v in start.items() if f"data-{k}=" in one)
            for one in found]  # fmt: skip
    assert ["data-off" in one for one in found] == away
    assert all("data-pack" in one for one in found if "data-off" in one)
    assert 'data-pack="' not in whole(text)
    assert len(whole(text)) > 1.5 * len(text)
    assert text == page("en", family())


def test_headings_go_down_by_one_and_tables_have_captions() -> None:
    tags = [tag for tag, _ in Tags(plain("fr")).tags]
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert tags.count("caption") == tags.count("table") > 10


def test_every_figure_says_what_it_is() -> None:
    found = re.findall(r"<svg[^>]*role=\"img\"[^>]*>(<title>[^<]+</title>)?", whole(plain("fr")))
    assert len(found) > 20
    assert all(found)


def test_the_first_screen_holds_facts_and_aims() -> None:
    text = "".join(Tags(plain("fr")).texts).replace(NARROW, " ")
    for words in (
        "14 444 (10 833–18 777) GWh/an",
        "7 143 GWh/an",
        "−50,5 %",
        "4 143 GWh/an",
        "3 000",
        "42 %",
    ):
        assert words in text
    english = "".join(Tags(plain("en")).texts).replace(NARROW, " ")
    for words in ("14,444 (10,833–18,777) GWh/yr", "−50.5%"):
        assert words in english


def test_equivalences_show_when_there_is_a_table_of_them() -> None:
    text = whole(page("fr", family(2), equivalences=WHOLES))
    assert "En unités concrètes" in text
    assert "Éoliennes de 3 MW" in text


def test_an_epci_that_is_no_member_is_said_to_be_none() -> None:
    outcomes = family(2) | {"solo": outcome("solo", "none", EPCI[:1])}
    assert whole(page("fr", outcomes)).count("<td>non membre</td>") == 2


def test_scenarios_with_other_years_stand_side_by_side() -> None:
    outcomes = family(2) | {"short": outcome("short", years=(2020, 2030))}
    texts = Tags(page("en", outcomes)).texts
    assert not any(re.search(r"\bnan\b", text) for text in texts)


def test_hostile_labels_stay_text() -> None:
    plain = Tags(page("en", family(2, EPCI), {"spl-1": game(EPCI)}))
    attacked = Tags(hostile_page())
    assert len(PAYLOADS) == 25
    for tag in ("script", "style", "b", "img", "base", "meta", "h1", "link", "iframe"):
        count = [sum(t == tag for t, _ in found.tags) for found in (plain, attacked)]
        assert count[0] == count[1], tag
    said = "".join(attacked.texts)
    values = {a.get("value") or "" for _, a in attacked.tags}
    for payload in PAYLOADS:
        assert payload in said or payload in values, payload


def test_a_sweep_is_drawn_over_one_key_or_two() -> None:
    assert "What if a key changes" not in "".join(Tags(page("en", family(2))).texts)
    one = {f"s+density={v}": outcome(seed=i) for i, v in enumerate(("2", "10", "0.5"))}
    two = {f"t+a={a}+b={b}": outcome(seed=ord(b)) for a in "12" for b in "xy"}
    two.pop("t+a=2+b=y")
    found = whole(page("en", one | two))
    assert found.count("b →") == 4
    curve = found[found.index('id="sweeps"') :]
    order = [curve.index(f'class="tick">{v}<') for v in ("0.5", "2", "10")]
    assert order == sorted(order)


def test_a_scenario_that_changes_something_stands_beside_what_comes_out() -> None:
    outcomes = family(2)
    text = " ".join(Tags(page("en", outcomes)).texts)
    assert "against “alone”" in text or "against “spl-1”" in text
    assert "cooperation.form: " in text
    (alone, spl) = (Result.of(o) for o in outcomes.values())
    moved = abs(float(alone.sum("emissions", "year")[-1] - spl.sum("emissions", "year")[-1]))
    assert f"{moved:,.0f}" in text


def test_titles_questions_and_targets_are_in_the_language_of_the_page() -> None:
    french = {"title_fr": "Titre", "question_fr": "Et alors ?"}
    goal = {**TARGETS["made"], "label_en": "Made here", "label_fr": "Produit ici"}
    outcomes = {"a+x=1": outcome("a", targets={"made": goal}, **french)}
    texts = {lang: Tags(page(lang, outcomes)).texts for lang in ("fr", "en")}
    for words in ("Titre (x=1)", "Et alors ?", "Produit ici"):
        assert words in texts["fr"]
    for words in ("a (x=1)", "What then?", "Made here"):
        assert words in texts["en"]
    assert "What then?" not in texts["fr"]


def test_no_outcome_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least one"):
        compose(Material({}, {}, {}), "fr")


def test_the_file_is_written(tmp_path: Path) -> None:
    path = write_report(family(2), tmp_path / "report.fr.html", "fr", INPUTS)
    assert path.read_text(encoding="utf-8") == page("fr", family(2))


def asked(folder: Path, outcomes: Any, **whose: str) -> list[Any]:
    """Scenarios with their results in a folder, some with the EPCI that their page is to follow."""
    found = []
    for name, dataset in outcomes.items():
        (folder / name).mkdir()
        dataset.to_netcdf(folder / name / "outcome.nc", engine="netcdf4")
        report = SimpleNamespace(for_=whose.get(name))
        told = {
            "name": name,
            "title": f"About {name}",
            "title_fr": "",
            "file": Path(f"{name}.yaml"),
        }
        found.append(SimpleNamespace(inputs_folder=INPUTS, report=report, **told))
    return found


def test_two_languages_link_to_each_other(tmp_path: Path) -> None:
    scenarios = asked(tmp_path, family(2))
    french, english = (
        path.read_text(encoding="utf-8") for path in publish(scenarios, tmp_path, "fr", "en")
    )
    link = '<p class="screen"><a href="report.en.html" hreflang="en">English version</a></p>'
    assert french.replace(link, "") == page("fr", family(2))
    assert 'href="report.fr.html" hreflang="fr"' in english


def test_each_territory_has_its_page_and_says_what_is_not_on_it(tmp_path: Path) -> None:
    """Le Havre asks for its own: two pages, each with the way to the other; one has no result."""
    outcomes = family(2) | {"port": outcome("port", members=EPCI[1:3], targets={})}
    scenarios = asked(tmp_path, outcomes, port="Le Havre")
    scenarios.append(SimpleNamespace(name="late", title="Late", title_fr="Tard"))
    first, second = publish(scenarios, tmp_path, "fr")
    assert (first.name, second.name) == ("report.fr.html", "report-territoire-b.fr.html")
    main, port = (path.read_text(encoding="utf-8").replace(NARROW, " ") for path in (first, second))
    assert "<h1>Coopération énergétique autour de CA Territoire A</h1>" in main
    assert "<h1>Coopération énergétique autour de CA Territoire B</h1>" in port
    assert '« About port ». <a href="report-territoire-b.fr.html">CA Territoire B</a>' in main
    assert '« About alone », « About spl-1 ». <a href="report.fr.html">' in port
    assert "faute de résultat : « Tard ». Pour en avoir un : python run.py late" in port


def test_a_page_may_be_asked_for_whoever_takes_part(tmp_path: Path) -> None:
    """That of Caux Seine leaves out what it has no part in; nobody is in Paris."""
    outcomes = family(2) | {"two": outcome("two", members=EPCI[:2])}
    scenarios = asked(tmp_path, outcomes, alone="Rouen")
    [file] = publish(scenarios, tmp_path, "en", wanted="Caux Seine")
    text = file.read_text(encoding="utf-8")
    assert "<h1>Energy cooperation around CA Territoire C</h1>" in text
    assert "Left out, as CA Territoire C takes no part: “About two”." in text
    with pytest.raises(InputError, match="'Paris' does not name one of the members"):
        publish(scenarios, tmp_path, "en", wanted="Paris")
