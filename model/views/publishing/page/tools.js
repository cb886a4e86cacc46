/* Tools: values under the pointer and the arrows, series that stand out, figures to take away. */
const bubble = document.createElement("p");
bubble.className = "bubble screen";
bubble.setAttribute("role", "status");
bubble.hidden = true;
document.body.append(bubble);

const hush = () => {
  bubble.hidden = true;
  for (const it of document.querySelectorAll(".marked")) it.classList.remove("marked");
};
const tellAt = (mark, x, y) => {
  hush();
  bubble.textContent = mark.dataset.tip;
  bubble.hidden = false;
  mark.classList.add("marked");
  const [wide, high] = [bubble.offsetWidth, bubble.offsetHeight];
  bubble.style.left = `${Math.max(4, Math.min(x - wide / 2, document.documentElement.clientWidth - wide - 4))}px`;
  bubble.style.top = `${y - high - 12 < 4 ? y + 16 : y - high - 12}px`;
};
/* All but what has a colour is pale; without a colour nothing is. */
const stand = (figure, fill) => {
  for (const mark of figure.querySelectorAll("svg.figure [data-tip], svg.figure [data-fill]")) {
    const own = ["fill", "stroke", "data-fill"].some((name) => mark.getAttribute(name) === fill);
    mark.classList.toggle("dim", Boolean(fill) && !own);
  }
};
const kept = (figure) => figure.querySelector(".legend [aria-pressed=true] rect")?.getAttribute("fill");
addEventListener("pointerover", ({ target, clientX, clientY }) => {
  const mark = target.closest?.("svg.figure [data-tip]");
  if (mark) tellAt(mark, clientX, clientY);
  else if (!target.closest?.("svg.figure:focus")) hush();
  const figure = target.closest?.("figure");
  const fill = target.closest?.(".legend button")?.querySelector("rect").getAttribute("fill")
    ?? target.closest?.("[data-fill]")?.dataset.fill ?? target.closest?.(".series")?.getAttribute("stroke");
  if (figure) stand(figure, fill ?? kept(figure));
});

/* The arrows go from value to value of the chart that has the focus. */
const walk = (event) => {
  const svg = event.currentTarget;
  const marks = [...svg.querySelectorAll("[data-tip]")];
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") hush();
  if (!step || !marks.length) return;
  event.preventDefault();
  const place = marks.indexOf(svg.querySelector(".marked"));
  const mark = marks[(place < 0 && step < 0 ? marks.length - 1 : place + step + marks.length) % marks.length];
  const box = mark.getBoundingClientRect();
  tellAt(mark, box.left + box.width / 2, box.top);
};
const listen = (svg) => {
  const name = svg.querySelector(":scope > title");
  if (name) svg.setAttribute("aria-label", name.textContent);
  name?.remove();
  for (const title of svg.querySelectorAll("title")) {
    title.parentNode.dataset.tip = title.textContent;
    title.remove();
  }
  if (!svg.querySelector("[data-tip]")) return;
  svg.tabIndex = 0;
  svg.addEventListener("keydown", walk);
  svg.addEventListener("blur", hush);
};

/* An entry of a legend makes its series stand out; the arrows go from entry to entry. */
const enter = (figure, item, first) => {
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("aria-pressed", "false");
  button.tabIndex = first ? 0 : -1;
  button.append(...item.childNodes);
  item.append(button);
  const fill = button.querySelector("rect").getAttribute("fill");
  button.addEventListener("focus", () => stand(figure, fill));
  button.addEventListener("blur", () => stand(figure, kept(figure)));
  button.addEventListener("click", () => {
    const pressed = button.getAttribute("aria-pressed") === "true";
    for (const it of figure.querySelectorAll(".legend button")) it.setAttribute("aria-pressed", String(it === button && !pressed));
    stand(figure, kept(figure));
  });
  button.addEventListener("keydown", ({ key }) => {
    const next = { ArrowRight: item.nextElementSibling, ArrowLeft: item.previousElementSibling }[key];
    next?.firstElementChild.focus();
  });
};

/* A figure as a file that stands alone: its title, its drawings, its legend, where it is from. */
const alone = (figure) => {
  const caption = figure.querySelector("figcaption").textContent;
  const drawn = [...figure.querySelectorAll(".wide > svg.figure")];
  const styles = [...document.styleSheets[0].cssRules].filter((rule) => /:root|svg\.figure|^\.|^polyline/.test(rule.selectorText ?? ""));
  const style = styles.map((rule) => rule.cssText.replace(/(min-)?(width|height): (100%|auto);/g, "")).join("\n");
  let high = 30;
  const parts = [text(8, 20, caption, { class: "bold" })];
  for (const svg of drawn) {
    const [, , wide, tall] = svg.getAttribute("viewBox").split(" ").map(Number);
    const named = svg.previousElementSibling?.textContent;
    if (named) parts.push(text(8, (high += 16) - 4, named));
    const copy = svg.cloneNode(true);
    for (const [key, value] of Object.entries({ y: high, width: wide, height: tall })) copy.setAttribute(key, value);
    for (const mark of copy.querySelectorAll("[data-tip]")) mark.prepend(el("title", {}, mark.dataset.tip));
    parts.push(copy);
    high += tall;
  }
  for (const item of figure.querySelectorAll(".legend li")) {
    const fill = item.querySelector("rect").getAttribute("fill");
    parts.push(el("rect", { x: 8, y: high + 4, width: 12, height: 12, fill }), text(26, high + 15, item.textContent));
    high += 20;
  }
  const from = [figure.closest(".panel").querySelector(".of")?.textContent, document.querySelector("h1").textContent];
  parts.push(text(8, (high += 18), from.filter(Boolean).join(" – "), { class: "tick" }));
  const width = Math.max(...drawn.map((svg) => Number(svg.getAttribute("viewBox").split(" ")[2])));
  const whole = el("svg", { viewBox: `0 0 ${width} ${high + 8}`, width, height: high + 8, class: "figure" },
    el("style", {}, style), el("rect", { width: "100%", height: "100%", fill: "#fff" }), ...parts);
  const used = new Set(new XMLSerializer().serializeToString(whole).match(/#(hatch-\w+|epci-\w+|head)/g));
  whole.prepend(el("defs", {}, ...[...used].map((id) => document.getElementById(id.slice(1)).cloneNode(true))));
  return { text: new XMLSerializer().serializeToString(whole), width, height: high + 8 };
};
const cellsOf = (figure) => {
  const near = figure.nextElementSibling;
  const table = figure.querySelector("table") ?? (near?.matches(".table") ? near.querySelector("table") : null);
  if (table) return [...table.rows].map((row) => [...row.cells].map((it) => it.textContent.trim()));
  return [...figure.querySelectorAll("[data-tip]")].map((it) => it.dataset.tip.split(/: (?=[^:]*$)/));
};
const csv = (figure) => {
  const cell = (words) => {
    const dense = words.replace(/[\s\u202f\u00a0]/g, "").replace("\u2212", "-");
    if (/^[+-]?[\d.,]+%?$/.test(dense)) return LANG === "fr" ? dense : dense.replaceAll(",", "");
    const safe = /^[=+\-@\t]/.test(words) ? `'${words}` : words === "–" ? "" : words;
    return /[",;\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\ufeff${cellsOf(figure).map((row) => row.map(cell).join(LANG === "fr" ? ";" : ",")).join("\r\n")}\r\n`;
};
const save = (figure, kind, blob) => {
  const words = [figure.querySelector("figcaption").textContent, state.scenario, state.epci, state.year].map(plain).join("-");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${words.replace(/[^a-z0-9]+/g, "-")}.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};
const makers = {
  PNG: async (figure) => {
    const { text: drawn, width, height } = alone(figure);
    const [image, canvas] = [new Image(), document.createElement("canvas")];
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawn)}`;
    await image.decode();
    [canvas.width, canvas.height] = [2 * width, 2 * height];
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  },
  SVG: async (figure) => new Blob([alone(figure).text], { type: "image/svg+xml" }),
  CSV: async (figure) => new Blob([csv(figure)], { type: "text/csv" }),
};
const offer = (figure) => {
  const menu = document.createElement("details");
  menu.className = "take screen";
  const name = document.createElement("summary");
  name.textContent = take;
  menu.append(name, ...Object.entries(makers).map(([kind, make]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = kind;
    button.addEventListener("click", async () => save(figure, kind.toLowerCase(), await make(figure)));
    return button;
  }));
  figure.append(menu);
};
const equip = (part) => {
  const figures = part.matches?.("figure") ? [part] : part.querySelectorAll("figure");
  for (const figure of figures) {
    for (const svg of figure.querySelectorAll("svg.figure:not([tabindex])")) listen(svg);
    figure.querySelectorAll(".legend li:not(:has(button))").forEach((item, i) => enter(figure, item, i === 0));
    if (!figure.querySelector(".take")) offer(figure);
  }
};
