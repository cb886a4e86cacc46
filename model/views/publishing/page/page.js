"use strict";
(() => {
  const state = { ...document.body.dataset };
  const keys = Object.keys(state);
  const holders = [...document.querySelectorAll("main .panel, main article")];
  let pieces = null;

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
    pieces = await new Response(bytes.stream().pipeThrough(new DecompressionStream("deflate"))).json();
    document.documentElement.toggleAttribute("data-unpacked", true);
    show();
  };

  /* A part shows when each of its own keys has the chosen value. */
  const show = () => {
    for (const it of holders) {
      it.toggleAttribute("data-off", keys.some((key) => key in it.dataset && it.dataset[key] !== state[key]));
    }
    fill("section > .panel[data-pack]:not([data-off]), article:not([data-off]) > .panel[data-pack]:not([data-off])");
  };
  const paper = matchMedia("print");
  const print = () => fill("main .panel[data-pack]:not([data-off])");
  addEventListener("beforeprint", print);
  paper.addEventListener("change", () => paper.matches && print());

  for (const control of document.querySelectorAll("[data-control]")) {
    const values = control.dataset.values?.split(" ");
    control.addEventListener("input", () => {
      const value = values ? values[Number(control.value)] : control.value;
      state[control.dataset.control] = value;
      const output = control.parentElement.querySelector("output");
      if (output) output.value = value;
      show();
    });
  }

  /* A link to a sheet opens it. */
  const follow = () => {
    const sheet = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!sheet?.matches("article.sheet")) return;
    state.epci = sheet.dataset.epci;
    document.querySelector("[data-control=epci]").value = state.epci;
    show();
    sheet.scrollIntoView();
  };

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
})();
