/* Charts: those of the page that follow what a reader chooses, drawn as its own are, from its numbers. */
const SVG = "http://www.w3.org/2000/svg";
const el = (tag, attributes, ...inner) => {
  const made = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== "") made.setAttribute(key, typeof value === "number" ? Number(value.toFixed(1)) : value);
  }
  made.append(...inner);
  return made;
};
const text = (x, y, words, attributes = {}) => el("text", { x, y, ...attributes }, words);
const line = (points, attributes) =>
  el("polyline", { points: points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" "), fill: "none", ...attributes });
const point = (x, y, fill, tip) => el("circle", { cx: x, cy: y, r: 2.7, fill, "data-tip": tip });
const drawing = (width, height, title, parts) =>
  el("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", class: "figure", "aria-label": title }, ...parts);

const LANG = document.documentElement.lang;
const tell = (value, digits = 0) =>
  value == null ? "–" : value.toLocaleString(LANG, { minimumFractionDigits: digits, maximumFractionDigits: digits }).replace("-", "\u2212");
const digitsOf = (values) => {
  const most = Math.max(0, ...values.filter((v) => v != null).map(Math.abs));
  return most >= 20 ? 0 : most >= 2 ? 1 : 2;
};
const scale = (low, high, start, end) => (value) => start + ((value - low) / (high - low || 1)) * (end - start);
const ticks = (low, high, count = 5) => {
  if (!(high > low)) high = low + 1;
  const rough = (high - low) / count;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = size * [1, 2, 2.5, 5, 10].find((k) => size * k >= rough * (1 - 1e-9));
  const [first, last] = [Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9)];
  return Array.from({ length: last - first + 1 }, (_, i) => step * (first + i));
};
const spread = (places, gap, low, high) => {
  const order = places.map((_, i) => i).sort((a, b) => places[a] - places[b]);
  const moved = order.map((i) => Math.min(Math.max(places[i], low), high));
  for (let i = 1; i < moved.length; i++) moved[i] = Math.max(moved[i], moved[i - 1] + gap);
  const over = moved.at(-1) > high;
  for (let i = moved.length - 1; over && i >= 0; i--) moved[i] = Math.min(moved[i], i + 1 < moved.length ? moved[i + 1] - gap : high);
  return places.map((_, i) => moved[order.indexOf(i)]);
};

const [WIDTH, HEIGHT, LEFT, TOP, BOTTOM, EDGE, NAMES] = [560, 300, 62, 26, 26, 8, 208];
const finite = (values) => values.filter((v) => v != null);
const rules = (levels, y, unit, digits, right) => [
  text(4, 12, unit, { class: "unit" }),
  ...levels.flatMap((level) => [
    line([[LEFT, y(level)], [WIDTH - right, y(level)]], { class: Math.abs(level) > 1e-12 ? "rule" : "axis" }),
    text(LEFT - 6, y(level) + 4, tell(level, digits), { "text-anchor": "end", class: "tick" }),
  ]),
];
const below = (x, words) => text(x, HEIGHT - 8, words, { "text-anchor": "middle", class: "tick" });
const aimed = (x1, x2, y, name, at) => [
  line([[x1, y], [x2, y]], { class: "aim", "data-tip": name }),
  text(...at, name, { "text-anchor": "end", class: "aim" }),
];

/* Stacked columns; what is below zero is stacked downwards. `reach` are values that the axis must hold. */
const columns = (chart, series, reach) => {
  const sums = (sign) => chart.years.map((_, i) => series.reduce((sum, s) => sum + (s.values[i] * sign > 0 ? s.values[i] : 0), 0));
  const [ups, downs] = [sums(1), sums(-1)];
  const [high, low] = [Math.max(...reach), Math.min(0, ...reach)];
  const levels = ticks(-low > 0.03 * high ? low : 0, high);
  const y = scale(levels[0], levels.at(-1), HEIGHT - BOTTOM, TOP);
  const wide = (WIDTH - LEFT - EDGE) / chart.years.length;
  const parts = rules(levels, y, chart.unit, chart.digits, EDGE);
  chart.years.forEach((year, i) => {
    const left = LEFT + i * wide;
    const level = { 1: 0, "-1": 0 };
    for (const s of series) {
      const sign = s.values[i] < 0 ? -1 : 1;
      const [a, b] = [y(level[sign]), y((level[sign] += s.values[i] ?? 0))];
      if (Math.abs(a - b) <= 0.05) continue;
      const tip = `${s.name}, ${year}: ${tell(s.values[i], chart.digits)} ${chart.unit}`;
      parts.push(el("rect", { x: left + 0.14 * wide, y: Math.min(a, b), width: 0.72 * wide, height: Math.abs(a - b), fill: s.fill, "data-tip": tip }));
    }
    const net = tell(ups[i] + downs[i], chart.digits);
    if (ups[i]) parts.push(text(left + wide / 2, y(ups[i]) - 4, net, { "text-anchor": "middle" }));
    parts.push(below(left + wide / 2, year));
    if (chart.marks?.[year] != null) {
      const place = y(chart.marks[year]);
      parts.push(...aimed(left, left + wide, place, page.words.aim, [left - 4, place + 4]));
    }
  });
  return drawing(WIDTH, HEIGHT, chart.title, parts);
};

/* Lines, of which those that are loud have a name at their end; a grey thread leads to it. */
const lines = (chart, series, reach) => {
  const levels = ticks(Math.min(0, ...reach), Math.max(0, ...reach));
  const y = scale(levels[0], levels.at(-1), HEIGHT - BOTTOM, TOP);
  const step = (WIDTH - LEFT - NAMES - 10) / Math.max(chart.years.length - 1, 1);
  const x = (i) => LEFT + 10 + i * step;
  const places = (s) => s.values.map((v, i) => [x(i), v == null ? null : y(v), i]).filter(([, v]) => v !== null);
  const parts = rules(levels, y, chart.unit, chart.digits, NAMES);
  parts.push(...chart.years.map((year, i) => below(x(i), year)));
  const loud = series.filter((s) => s.loud);
  for (const s of series.filter((it) => !it.loud)) parts.push(line(places(s), { class: "quiet", "data-tip": s.name }));
  for (const s of loud) {
    parts.push(line(places(s), { class: "series", stroke: s.fill, "stroke-dasharray": s.dash, "data-tip": s.name }));
    for (const [px, py, i] of places(s)) {
      parts.push(point(px, py, s.fill, `${s.name}, ${chart.years[i]}: ${tell(s.values[i], chart.digits)} ${chart.unit}`));
    }
  }
  const ends = loud.map((s) => ({ label: s.label, fill: s.fill, kind: "name", at: places(s).at(-1) }));
  for (const [year, value] of Object.entries(chart.marks ?? {})) {
    const [i, place] = [chart.years.indexOf(Number(year)), y(value)];
    if (i === chart.years.length - 1) {
      parts.push(line([[x(i) - step / 2, place], [x(i), place]], { class: "aim", "data-tip": page.words.aim }));
      ends.push({ label: [`${page.words.aim} ${tell(value, chart.digits)}`], fill: "#b00020", kind: "aim", at: [x(i), place] });
    } else if (i >= 0) {
      const near = series.flatMap((s) => finite(s.values.slice(Math.max(i - 1, 0), i + 1)));
      const height = series.every((s) => s.values[i] > value) ? place + 16 : y(Math.max(value, ...near)) - 6;
      parts.push(...aimed(x(i) - step / 2, x(i), place, page.words.aim, [x(i), height]));
    }
  }
  const gap = 13 * Math.max(1, ...ends.map((s) => s.label.length)) + 4;
  const tops = spread(ends.map((s) => s.at[1]), gap, TOP + gap / 2 - 6, HEIGHT - BOTTOM - gap / 2 + 8);
  ends.forEach((s, k) => {
    const [[px, py], place] = [s.at, tops[k]];
    if (Math.abs(py - place) > 2) parts.push(line([[px + 5, py], [px + 16, place], [px + 20, place]], { class: "leader" }));
    parts.push(el("circle", { cx: px + 25, cy: place, r: 2.7, fill: s.fill }));
    s.label.forEach((words, i) => parts.push(text(px + 33, place + 4 - 6.5 * (s.label.length - 1) + 13 * i, words, { class: s.kind, "data-fill": s.fill })));
  });
  return drawing(WIDTH, HEIGHT, chart.title, parts);
};

/* A small chart for each name, on a scale of its own. */
const multiples = (chart, cells) => {
  const [half, high] = [WIDTH / 2, 124];
  const parts = [text(4, 12, chart.unit, { class: "unit" })];
  cells.forEach(([name, series], k) => {
    const [left, top] = [(k % 2) * half, 18 + Math.floor(k / 2) * high];
    const values = series.flatMap((s) => finite(s.values));
    const levels = ticks(Math.min(0, ...values), Math.max(0, ...values), 2);
    const digits = digitsOf(values);
    const y = scale(levels[0], levels.at(-1), top + high - 22, top + 32);
    const x = (i) => left + 52 + (i * (half - 66)) / Math.max(chart.years.length - 1, 1);
    const last = chart.years.length - 1;
    parts.push(text(left + 4, top + 14, name, { class: "bold" }));
    for (const level of levels) {
      parts.push(line([[x(0), y(level)], [x(last), y(level)]], { class: Math.abs(level) > 1e-12 ? "rule" : "axis" }));
      parts.push(text(x(0) - 5, y(level) + 4, tell(level, digits), { "text-anchor": "end", class: "tick" }));
    }
    parts.push(text(x(0), top + high - 6, chart.years[0], { class: "tick" }));
    parts.push(text(x(last), top + high - 6, chart.years[last], { "text-anchor": "end", class: "tick" }));
    for (const s of series) {
      const known = s.values.map((v, i) => [x(i), v == null ? null : y(v), i]).filter(([, v]) => v !== null);
      parts.push(line(known, { class: "series", stroke: s.fill, "stroke-dasharray": s.dash }));
      for (const [px, py, i] of known) {
        parts.push(point(px, py, s.fill, `${s.name}, ${chart.years[i]}: ${tell(s.values[i], digits)} ${chart.unit}`));
      }
    }
  });
  return drawing(WIDTH, 22 + high * Math.ceil(cells.length / 2), chart.title, parts);
};
