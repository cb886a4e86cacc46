/* Map: painted by another figure, scenario or year, with what partners then send. */
const places = (svg) => Object.fromEntries([...svg.querySelectorAll(".land")].map((it) => [it.dataset.epci, it]));
const arc = (from, to, amount, names) => {
  const [[x1, y1], [x2, y2]] = [from, to].map((it) => it.dataset.at.split(" ").map(Number));
  const [bx, by] = [(x1 + x2) / 2 + 0.18 * (y2 - y1), (y1 + y2) / 2 - 0.18 * (x2 - x1)];
  const left = 1 - Math.min(20 / (Math.hypot(x2 - bx, y2 - by) || 1), 0.5);
  const ends = [[bx, by], [bx + left * (x2 - bx), by + left * (y2 - by)]].map((it) => it.map((v) => v.toFixed(1)));
  return el("path", {
    d: `M${x1},${y1}Q${ends[0]} ${ends[1]}`, class: "arc", stroke: "#7a3b00", "marker-end": "url(#head)",
    "stroke-width": Math.max((12 * amount) / page.map.most, 1),
    "data-tip": `${names[0]} \u2192 ${names[1]}: ${tell(amount)} ${page.map.unit}`,
  });
};
const guessed = (layer, name) => page.map.guessed[layer.subject]?.[name] ?? [];
const painted = (blank, layer, name) => {
  const svg = blank.cloneNode(true);
  svg.setAttribute("aria-label", layer.title);
  const values = layer.values[name]?.[state.year] ?? layer.values[name]?.[state.rule] ?? {};
  const lands = places(svg);
  for (const [epci, land] of Object.entries(lands)) {
    const value = values[epci];
    const rank = value == null ? -1 : layer.bounds.slice(1, -1).filter((bound) => value > bound).length;
    land.setAttribute("fill", rank < 0 ? "#e2e2dd" : layer.legend[rank][0]);
    land.dataset.tip = `${page.map.names[epci]}: ${value == null ? page.map.absent : tell(value, layer.digits)}`;
    land.classList.toggle("chosen", epci === state.epci);
  }
  const told = svg.querySelectorAll(".place.bold");
  for (const it of told) it.textContent = values[it.dataset.epci] == null ? "" : tell(values[it.dataset.epci], layer.digits);
  for (const it of svg.querySelectorAll(".arc, use.doubt")) it.remove();
  const first = svg.querySelector(".place");
  for (const epci of guessed(layer, name)) {
    first?.before(el("use", { href: `#epci-${epci}`, fill: "url(#hatch-guessed)", class: "doubt", "pointer-events": "none" }));
  }
  for (const [a, b, amount] of page.map.flows[name]?.[state.year] ?? []) {
    if (lands[a] && lands[b]) first?.before(arc(lands[a], lands[b], amount, [page.map.names[a], page.map.names[b]]));
  }
  return svg;
};
const blanks = new WeakMap();
kinds.map = (figure) => {
  if (!blanks.has(figure)) blanks.set(figure, figure.querySelector("svg.figure"));
  const chosen = page.map.layers[state.layer];
  const layer = (state.unit === "head" && chosen.head) || chosen;
  const note = figure.querySelector(".note");
  if (note) note.hidden = !scenarios().some((name) => guessed(layer, name).length);
  return {
    title: layer.title,
    svgs: scenarios().map((name) => [name, painted(blanks.get(figure), layer, name)]),
    legend: [...layer.legend, ["#e2e2dd", page.map.absent]],
  };
};
