/* Live: a figure that follows the choices is drawn again when they are not those it was drawn for. */
const sum = (rows) => page.years.map((_, i) => {
  const known = finite(rows.map((row) => row[i]));
  return known.length ? known.reduce((a, b) => a + b, 0) : null;
});
const rowsOf = (key, scenario) => {
  const rows = page.cubes[key][scenario]?.[state.epci];
  if (!rows) return null;
  const [, , factor] = page.views[key].units;
  if (state.unit !== "head" || !factor) return rows;
  const members = state.epci === "all" ? Object.keys(page.cubes[key][scenario]).filter((it) => it !== "all") : [state.epci];
  const people = members.reduce((count, it) => count + page.people[it], 0);
  return Object.fromEntries(Object.entries(rows).map(([label, row]) => [label, row.map((v) => (v == null ? null : (v * factor) / people))]));
};
const scenarios = () => (state.with && state.with !== state.scenario ? [state.scenario, state.with] : [state.scenario]);
const spoken = () => [...new Set([...scenarios(), ...state.pin])].slice(0, 6);
const chartOf = (figure, key, values) => ({
  title: figure.querySelector("figcaption").textContent,
  unit: page.views[key].units[state.unit === "head" ? 1 : 0],
  digits: digitsOf(values),
  marks: state.unit === "head" && page.views[key].units[2] ? {} : page.aims[key]?.[state.epci],
});
/* The years that some of the rows know. */
const known = (rows) => page.years.map((_, i) => i).filter((i) => rows.some((row) => row[i] != null));
const at = (row, places) => places.map((i) => row[i]);

const kinds = {
  columns: (figure, key) => {
    const told = scenarios().map((name) => [name, rowsOf(key, name)]).filter(([, rows]) => rows);
    const every = told.flatMap(([, rows]) => Object.values(rows));
    const places = known(every);
    const years = at(page.years, places);
    const reach = told.flatMap(([, rows]) => places.flatMap((i) => [1, -1].map((sign) =>
      Object.values(rows).reduce((total, row) => total + (row[i] * sign > 0 ? row[i] : 0), 0))));
      const labels = page.labels[page.views[key].dim].filter(([label]) => told.some(([, rows]) => rows[label]));
    const chart = { ...chartOf(figure, key, reach), years };
    reach.push(...Object.values(chart.marks ?? {}));
    const svgs = told.map(([name, rows]) => [name, columns(chart, labels.filter(([label]) => rows[label]).map(([label, named, fill]) =>
      ({ name: named, values: at(rows[label], places), fill })), reach)]);
    const table = told.flatMap(([name, rows]) => labels.filter(([label]) => rows[label]).map(([label, named]) =>
      [told.length > 1 ? `${named} · ${page.scenarios[name][0]}` : named, ...at(rows[label], places)]));
    return { svgs, years, table, digits: chart.digits, unit: chart.unit, legend: labels.map(([, named, fill]) => [fill, named]) };
  },
  lines: (figure, key) => {
    const loud = spoken();
    const rows = Object.keys(page.scenarios).map((name) => [name, rowsOf(key, name)]).filter(([, found]) => found)
      .map(([name, found]) => [name, sum(Object.values(found))]);
    const places = known(rows.map(([, row]) => row));
    const values = rows.flatMap(([, row]) => finite(row));
    const chart = { ...chartOf(figure, key, values), years: at(page.years, places) };
    const series = rows.map(([name, row]) => {
      const [title, fill, dash, , label] = page.scenarios[name];
      return { name: title, values: at(row, places), fill, dash, label, loud: loud.includes(name) };
    });
    const svg = lines(chart, series, [...values, ...Object.values(chart.marks ?? {})]);
    return { svgs: [["", svg]], years: chart.years, digits: chart.digits, unit: chart.unit, table: series.map((s) => [s.name, ...s.values]) };
  },
  multiples: (figure, key) => {
    const names = [...new Set([state.scenario, state.with || page.scenarios[state.scenario][3]])].filter(Boolean);
    const told = names.map((name) => [name, rowsOf(key, name)]).filter(([, rows]) => rows);
    const places = known(told.flatMap(([, rows]) => Object.values(rows)));
    const cells = page.labels[page.views[key].dim].map(([label, named]) => [named, told.filter(([, rows]) => rows[label]).map(([name, rows]) =>
      ({ name: page.scenarios[name][0], values: at(rows[label], places), fill: page.scenarios[name][1], dash: page.scenarios[name][2] }))])
      .filter(([, series]) => series.length);
    const chart = { ...chartOf(figure, key, []), years: at(page.years, places) };
    const table = cells.flatMap(([named, series]) => series.map((s) => [`${named} · ${s.name}`, ...s.values]));
    const digits = digitsOf(table.flatMap(([, ...row]) => row));
    const legend = told.map(([name]) => [page.scenarios[name][1], page.scenarios[name][0]]);
    return { svgs: cells.length ? [["", multiples(chart, cells)]] : [], years: chart.years, digits, unit: chart.unit, table, legend };
  },
};

const put = (figure, made) => {
  if (made.title) figure.querySelector("figcaption").textContent = made.title;
  const holder = figure.querySelector(".wide");
  holder.replaceChildren(...made.svgs.flatMap(([name, svg]) => {
    if (made.svgs.length < 2) return [svg];
    const named = document.createElement("p");
    named.className = "of";
    named.textContent = page.scenarios[name][0];
    return [named, svg];
  }));
  if (!made.svgs.length) holder.textContent = page.words.absent;
  const legend = figure.querySelector(".legend");
  if (legend && made.legend) legend.replaceChildren(...made.legend.map(([fill, name]) => {
    const item = document.createElement("li");
    item.append(el("svg", { width: 16, height: 12, "aria-hidden": "true" }, el("rect", { width: 16, height: 12, fill })), name);
    return item;
  }));
  const table = figure.querySelector("table");
  if (!table) return;
  const row = (cells, tag) => {
    const made = document.createElement("tr");
    made.append(...cells.map((words, i) => {
      const cell = document.createElement(i && tag === "td" ? "td" : "th");
      if (cell.tagName === "TH") cell.scope = tag === "td" ? "row" : "col";
      cell.textContent = words;
      return cell;
    }));
    return made;
  };
  table.caption.firstElementChild.textContent = `${figure.querySelector("figcaption").textContent} [${made.unit}]`;
  const first = table.tHead.rows[0].cells[0].textContent;
  table.tHead.replaceChildren(row([first, ...made.years], "th"));
  table.tBodies[0].replaceChildren(...made.table.map(([name, ...values]) => row([name, ...values.map((v) => tell(v, made.digits))], "td")));
};

const redraw = () => {
  if (!page) return;
  const base = ["scenario", "with", "epci", "unit", "pin"];
  for (const figure of document.querySelectorAll("[data-live]")) {
    const [kind, key] = figure.dataset.live.split(" ");
    const keys = kind === "map" ? [...base, "year", "layer", "rule"] : base;
    const [wanted, first] = [state, opening].map((from) => JSON.stringify(keys.map((it) => from[it])));
    if ((figure.dataset.drawn ?? first) === wanted || !figure.getClientRects().length) continue;
    put(figure, kinds[kind](figure, key));
    figure.dataset.drawn = wanted;
    ready(figure);
  }
  for (const it of document.querySelectorAll("[data-of]")) {
    it.textContent = it.dataset.of.split(" ").map((key) => document.querySelector(`[data-control=${key}]`)?.selectedOptions?.[0].text ?? state[key]).filter(Boolean).join(" · ");
  }
};
