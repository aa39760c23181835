// Ticks that remember, the filter of rules, explained terms. Nothing leaves the browser.
(() => {
  "use strict";
  const here = document.currentScript.src.replace(/[^/]*$/, "");
  const zh = (document.documentElement.lang || "zh").startsWith("zh");
  const say = (chinese, english) => (zh ? chinese : english);
  const kept = {
    get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
    set: (key, value) => { try { value ? localStorage.setItem(key, "1") : localStorage.removeItem(key); } catch { /* a private window */ } },
  };

  // Material 9.8 cuts a Chinese query into words without ever looking at its last character: 发票 is
  // looked for as 发*, and whatever begins with 发 comes first. A mark behind it takes that place;
  // the search engine is told that the mark is no letter, and gets it only then.
  const MARK = "\u2e80";
  let told = false;
  const marked = (message) => {
    if (message?.type === 0 && message.data?.config?.separator) {
      told = true;
      const config = { ...message.data.config, separator: `${message.data.config.separator}|${MARK}+` };
      return { ...message, data: { ...message.data, config } };
    }
    return told && message?.type === 2 && typeof message.data === "string"
      ? { ...message, data: message.data.replace(/\p{sc=Han}+/gu, `$&${MARK}`) } : message;
  };
  if (window.Worker) {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...rest) { return post.call(this, marked(message), ...rest); };
  }

  const make = (tag, attributes = {}, text = "") => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.textContent = text;
    return element;
  };

  function ticks() {
    const lists = new Set();
    for (const box of document.querySelectorAll("input[data-tick]")) {
      const key = `salesdocs:${box.dataset.tick}`;
      box.checked = kept.get(key) !== null;
      box.addEventListener("change", () => { kept.set(key, box.checked); count(box.closest("ul")); });
      lists.add(box.closest("ul"));
    }
    for (const list of lists) {
      if (!list) continue;
      const bar = make("div", { class: "sd-count" });
      const button = make("button", { type: "button" }, say("清除勾选", "Clear"));
      bar.append(make("span", { role: "status" }), button);
      list.after(bar);
      button.addEventListener("click", () => {
        for (const box of boxes(list)) { box.checked = false; kept.set(`salesdocs:${box.dataset.tick}`, false); }
        count(list);
      });
      count(list);
    }
  }
  const boxes = (list) => [...list.querySelectorAll(":scope > li > input[data-tick]")];
  function count(list) {
    const all = boxes(list), done = all.filter((box) => box.checked).length;
    const said = list.nextElementSibling?.querySelector("[role=status]");
    if (said) said.textContent = say(`已完成 ${done} / ${all.length}`, `${done} of ${all.length} done`);
  }

  function filters() {
    for (const place of document.querySelectorAll(".sd-filter")) {
      const rows = [...document.querySelectorAll(`.${place.dataset.filter} tbody tr`)];
      const cell = (row, number) => row.cells[number]?.textContent.trim() ?? "";
      const options = (number) => [...new Set(rows.map((row) => cell(row, number)))].sort();
      const select = (title, values) => {
        const label = make("label", {}, title), list = make("select");
        list.append(make("option", { value: "" }, say("全部", "All")), ...values.map((value) => make("option", { value }, value)));
        label.append(list);
        return [label, list];
      };
      const field = make("label", {}, say("文字", "Words")), words = make("input", { type: "search" });
      field.append(words);
      const [severity, chosen] = select(say("级别", "Severity"), options(2));
      const [stage, begun] = select(say("阶段", "Stage"), options(3));
      const found = make("span", { role: "status" });
      place.append(field, severity, stage, found);
      const apply = () => {
        let shown = 0;
        for (const row of rows) {
          const fits = row.textContent.toLowerCase().includes(words.value.trim().toLowerCase())
            && (!chosen.value || cell(row, 2) === chosen.value) && (!begun.value || cell(row, 3) === begun.value);
          row.hidden = !fits;
          shown += fits;
        }
        for (const table of new Set(rows.map((row) => row.closest(`.${place.dataset.filter}`)))) {
          const empty = ![...table.querySelectorAll("tbody tr")].some((row) => !row.hidden);
          table.hidden = empty;
          const heading = table.previousElementSibling;
          if (heading?.matches("h2,h3")) heading.hidden = empty;
        }
        found.textContent = say(`${shown} 条`, `${shown} rules`);
      };
      for (const each of [words, chosen, begun]) each.addEventListener("input", apply);
      apply();
    }
  }

  // WCAG 1.4.13: shown on hover and focus, stays while pointed at, goes with Escape. A finger sees the
  // meaning first and goes to the glossary when it taps again.
  function terms() {
    let tip = null, shown = null, timer = 0, finger = false;
    const hide = () => { clearTimeout(timer); shown?.removeAttribute("aria-describedby"); tip?.remove(); tip = shown = null; };
    const later = () => { clearTimeout(timer); timer = setTimeout(hide, 200); };
    const show = (term) => {
      clearTimeout(timer);
      if (term === shown) return;
      hide();
      tip = make("div", { class: "sd-tip", role: "tooltip", id: "sd-tip" }, term.dataset.meaning);
      if (finger && term.href) tip.append(make("small", {}, say("再点一次，看术语表", "Tap again for the glossary")));
      document.body.append(tip);
      const at = term.getClientRects()[0], width = document.documentElement.clientWidth, high = tip.offsetHeight + 4;
      const above = at.bottom + high > innerHeight && at.top > high;
      tip.style.left = `${Math.max(8, Math.min(at.left, width - tip.offsetWidth - 8)) + scrollX}px`;
      tip.style.top = `${(above ? at.top - high : at.bottom + 4) + scrollY}px`;
      term.setAttribute("aria-describedby", "sd-tip");
      shown = term;
      tip.addEventListener("mouseenter", () => clearTimeout(timer));
      tip.addEventListener("mouseleave", later);
    };
    for (const term of document.querySelectorAll(".sd-term")) {
      term.dataset.meaning = term.title;
      term.removeAttribute("title"); // else the browser shows it once more
      term.addEventListener("mouseenter", () => { if (!finger) show(term); });
      term.addEventListener("focus", () => { if (!finger) show(term); });
      term.addEventListener("mouseleave", () => { if (!finger) later(); });
      term.addEventListener("blur", hide);
      term.addEventListener("click", (event) => { if (finger && shown !== term) { event.preventDefault(); show(term); } });
    }
    document.addEventListener("pointerdown", (event) => {
      finger = event.pointerType === "touch";
      if (tip && event.target !== shown && !tip.contains(event.target)) hide();
    }, true);
    document.addEventListener("keydown", (event) => { finger = false; if (event.key === "Escape") hide(); });
  }

  // What Material 9.8 leaves without a name, or gives the same name twice (axe: aria-dialog-name, landmark-unique).
  function names() {
    document.querySelector(".md-search[role=dialog]:not([aria-label])")?.setAttribute("aria-label", say("搜索", "Search"));
    const seen = new Map();
    for (const nav of document.querySelectorAll("nav[aria-label], nav[aria-labelledby]")) {
      const name = nav.getAttribute("aria-label") ?? document.getElementById(nav.getAttribute("aria-labelledby"))?.textContent.trim() ?? "";
      const times = (seen.get(name) ?? 0) + 1;
      seen.set(name, times);
      if (times > 1) { nav.removeAttribute("aria-labelledby"); nav.setAttribute("aria-label", `${name} ${times}`); }
    }
  }

  // On a telephone a row is a block, and each cell says in which column it would stand.
  function columns() {
    for (const table of document.querySelectorAll(":is(.sd-rules, .sd-policy, .sd-clauses) table")) {
      const titles = [...table.querySelectorAll("thead th")].map((cell) => cell.textContent);
      for (const row of table.querySelectorAll("tbody tr"))
        [...row.cells].forEach((cell, number) => { cell.dataset.label = titles[number]; });
    }
  }

  // What is wider than the screen is moved by the arrow keys, so it must be reached by keyboard.
  function wide() {
    for (const box of document.querySelectorAll(".sd-calculation, .sd-policy, .sd-clauses, .md-typeset__scrollwrap"))
      box.scrollWidth > box.clientWidth ? box.setAttribute("tabindex", "0") : box.removeAttribute("tabindex");
  }

  // A form to fill in brings its own scripts, which no other page needs.
  function fills() {
    if (!document.querySelector(".sd-fill")) return;
    document.head.append(make("link", { rel: "stylesheet", href: `${here}fill.css` }));
    const load = (name, then) => {
      const script = make("script", { src: `${here}${name}` });
      script.onload = then;
      document.head.append(script);
    };
    load("yaml.js", () => load("fill.js"));
  }

  const start = () => { names(); fills(); ticks(); filters(); terms(); columns(); wide(); };
  addEventListener("load", () => setTimeout(wide, 500)); // Material has put its own boxes around tables by then
  addEventListener("resize", wide);
  document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", start) : start();
})();
