/* Page: what shows, by what is chosen; tables sort. */
const pins = [...document.querySelectorAll("[data-pin]")];
const picked = () => pins.filter((it) => it.checked).map((it) => it.value);
const { take, ...begun } = document.body.dataset;
const opening = { with: "", unit: "total", doubt: "shown", ...begun, pin: picked() };
const state = { ...opening };
const holders = [...document.querySelectorAll("main .panel, main article")];
const controls = [...document.querySelectorAll("[data-control]")];
const options = (control) => control.dataset.values?.split(" ") ?? [...control.options].map((it) => it.value);
let [pieces, page] = [null, null];

/* What is packed is put in place when it first shows, or is printed. */
const fill = (where) => {
  if (!pieces) return;
  for (const it of document.querySelectorAll(where)) {
    const made = document.createElement("template");
    made.innerHTML = pieces[it.dataset.pack];
    it.removeAttribute("data-pack");
    it.append(made.content);
    ready(it);
  }
};
const unpack = async () => {
  const text = atob(JSON.parse(document.getElementById("packed").textContent));
  const bytes = new Blob([Uint8Array.from(text, (letter) => letter.charCodeAt(0))]);
  const stream = bytes.stream().pipeThrough(new DecompressionStream("deflate"));
  ({ pieces, live: page } = await new Response(stream).json());
  document.documentElement.toggleAttribute("data-unpacked", true);
  show();
  if (paper.matches) print();
};

/* A part shows when each of its own keys has the chosen value; a scenario may be the compared one. */
const keys = ["scenario", "year", "epci", "rule"];
const ofAll = (it) => it.parentElement.querySelector(":scope > [data-epci=all]") !== null;
const matches = (it, key) =>
  it.dataset[key] === state[key] || (key === "scenario" && it.dataset.scenario === state.with) ||
  (key === "epci" && state.epci === "all" && it.dataset.epci === opening.epci && !ofAll(it));
/* The compared parts of a section stand below the chosen ones. */
const sink = (parts) => {
  const chosen = parts.filter((it) => !it.hasAttribute("data-off") && !it.classList.contains("compared"));
  let last = chosen.at(-1);
  for (const it of parts.filter((it) => !it.hasAttribute("data-off") && it.classList.contains("compared"))) {
    if (last && it.compareDocumentPosition(last) & Node.DOCUMENT_POSITION_FOLLOWING) last.after(it);
    last = it;
  }
};
const show = () => {
  for (const it of holders) {
    it.toggleAttribute("data-off", keys.some((key) => key in it.dataset && !matches(it, key)));
    it.classList.toggle("compared", it.dataset.scenario === state.with && state.with !== state.scenario);
  }
  if (state.with) for (const it of document.querySelectorAll("main > section, article")) sink([...it.querySelectorAll(":scope > .panel")]);
  for (const none of document.querySelectorAll(".none")) {
    none.hidden = none.parentElement.querySelector(":scope > .panel:not([data-off])") !== null;
  }
  fill("section > .panel[data-pack]:not([data-off]), article:not([data-off]) > .panel[data-pack]:not([data-off])");
  for (const control of controls) {
    const value = state[control.dataset.control];
    control.value = control.dataset.values ? options(control).indexOf(value) : value;
    const output = control.parentElement.querySelector("output");
    if (output) output.value = value;
  }
  const named = [...document.querySelectorAll(".toolbar select")].filter((it) => it.value);
  const chosen = named.map((it) => it.selectedOptions[0].text);
  document.querySelector(".toolbar summary").textContent = [...chosen, state.year].join(" · ");
  for (const it of pins) {
    it.checked = spoken().includes(it.value);
    it.disabled = scenarios().includes(it.value) || (!it.checked && spoken().length >= 6);
  }
  for (const it of document.querySelectorAll(".picker output")) it.value = `${spoken().length} / ${pins.length}`;
  redraw();
};
const paper = matchMedia("print");
const day = { day: "numeric", month: "long", year: "numeric" };
document.querySelector(".paper time").textContent = new Date().toLocaleDateString(document.documentElement.lang, day);
const print = () => fill("main .panel[data-pack]:not([data-off])");
addEventListener("beforeprint", print);
paper.addEventListener("change", () => paper.matches && print());

/* Without capitals and accents. */
const plain = (words) => words.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

/* The address holds every choice, and the section: a link opens there, back and forward go there. */
let section = "";
const address = () => {
  const told = new URLSearchParams(Object.entries({ ...state, pin: "" }).filter(([, value]) => value));
  if (state.pin.join("\n") !== opening.pin.join("\n")) for (const name of state.pin.length ? state.pin : [""]) told.append("pin", name);
  if (section) told.set("at", section);
  return `#${told}`;
};
const follow = () => {
  const asked = new URLSearchParams(location.hash.slice(1));
  const before = section;
  if (location.hash.includes("=")) {
    for (const control of controls) {
      const [key, value] = [control.dataset.control, asked.get(control.dataset.control)];
      state[key] = options(control).includes(value) ? value : opening[key];
    }
    const names = asked.getAll("pin");
    state.pin = names.length ? pins.map((it) => it.value).filter((it) => names.includes(it)).slice(0, 6) : opening.pin;
    section = asked.get("at") ?? "";
    show();
    if (section !== before) document.getElementById(section)?.scrollIntoView();
  } else if (location.hash.length > 1) {
    section = decodeURIComponent(location.hash.slice(1));
    const place = document.getElementById(section);
    if (place?.matches("article.sheet")) state.epci = place.dataset.epci;
    history.replaceState(null, "", address());
    show();
    place?.scrollIntoView();
  } else {
    section = "";
    Object.assign(state, opening);
    show();
  }
};
for (const control of controls) {
  const choose = () => {
    state[control.dataset.control] = options(control)[control.dataset.values ? Number(control.value) : control.selectedIndex];
    show();
  };
  control.addEventListener("input", choose);
  control.addEventListener("change", () => (location.hash = address()));
}
for (const it of pins) {
  it.addEventListener("change", () => {
    state.pin = it.checked ? [...spoken(), it.value] : state.pin.filter((name) => name !== it.value);
    location.hash = address();
  });
}
document.querySelector(".picker input[type=search]")?.addEventListener("input", ({ target }) => {
  const words = plain(target.value).split(/\s+/);
  for (const it of pins) it.parentElement.hidden = !words.every((word) => plain(it.parentElement.textContent).includes(word));
  for (const it of document.querySelectorAll(".picker fieldset")) it.hidden = !it.querySelector("label:not([hidden])");
});
if (matchMedia("(max-width: 60rem)").matches) document.querySelector(".toolbar details").open = false;

/* Click on a heading: sort its table, numbers as numbers. */
const french = document.documentElement.lang === "fr";
const number = (text) => {
  const plain = text.replace(/[\s\u202f\u00a0]/g, "").replace("\u2212", "-");
  return parseFloat(french ? plain.replace(",", ".") : plain.replaceAll(",", ""));
};
const compare = (a, b) => {
  const [x, y] = [number(a), number(b)];
  if (Number.isNaN(x) && Number.isNaN(y)) return a.localeCompare(b, document.documentElement.lang);
  return Number.isNaN(x) ? 1 : Number.isNaN(y) ? -1 : x - y;
};
const sort = (heading) => {
  const table = heading.closest("table");
  const body = table.tBodies[0];
  const up = heading.getAttribute("aria-sort") !== "ascending";
  for (const other of table.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", up ? "ascending" : "descending");
  const cell = (row) => row.cells[heading.cellIndex].textContent.trim();
  const rows = [...body.rows].sort((a, b) => compare(cell(a), cell(b)));
  body.append(...(up ? rows : rows.reverse()));
};
const ready = (part) => {
  equip(part);
  for (const heading of part.querySelectorAll(".table thead tr:last-child th")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => sort(heading));
  }
};

ready(document);
addEventListener("hashchange", follow);
follow();
unpack();
