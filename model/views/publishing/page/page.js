"use strict";
(() => {
  const state = { ...document.body.dataset };
  const keys = Object.keys(state);
  const holders = [...document.querySelectorAll("main [data-scenario], main [data-year], main [data-epci]")];

  /* A part shows when each of its own keys has the chosen value. */
  const show = () => {
    for (const it of holders) {
      it.toggleAttribute("data-off", keys.some((key) => key in it.dataset && it.dataset[key] !== state[key]));
    }
  };

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
  addEventListener("hashchange", follow);
  follow();

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
  for (const heading of document.querySelectorAll(".table thead tr:last-child th")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => sort(heading));
  }
})();
