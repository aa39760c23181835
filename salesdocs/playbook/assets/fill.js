// A form of a document in the browser: fills a case file, reads one back. Nothing leaves the browser.
(() => {
  "use strict";
  const zh = (document.documentElement.lang || "zh").startsWith("zh");
  const say = (chinese, english) => (zh ? chinese : english);
  const make = (tag, attributes = {}, ...inside) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (value !== false) element.setAttribute(name, value);
    element.append(...inside);
    return element;
  };
  let count = 0;

  // ---- what may stand in a field -------------------------------------------------------------
  const DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY", WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
  function creditCode(text) {
    const code = text.toUpperCase();
    if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return say("应为 18 位数字和大写字母，不含 I、O、Z、S、V", "18 digits and letters");
    const sum = WEIGHTS.reduce((total, weight, at) => total + weight * DIGITS.indexOf(code[at]), 0);
    return DIGITS[(31 - (sum % 31)) % 31] === code[17] ? "" : say("末位校验码不对，请对照营业执照", "the check character is wrong");
  }
  const CHECKS = {
    date: (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? "" : say("写成 2025-07-08", "write 2025-07-08"),
    number: (text) => /^-?\d+(\.\d+)?$/.test(text.replaceAll(",", "")) ? "" : say("只写数字，不带单位", "a number without a unit"),
    share: (text) => /^(0(\.\d+)?|1(\.0+)?|\d+(\.\d+)?%)$/.test(text) ? "" : say("写成 0.3 或 30%", "write 0.3 or 30%"),
    email: (text) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? "" : say("不像电子邮箱", "not an e-mail address"),
    phone: (text) => /^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(-\d{1,6})?|[48]00-?\d{3}-?\d{4})$/.test(text.replaceAll(" ", "")) ? "" : say("写 11 位手机号，或带区号的座机", "a mobile or landline number"),
    uscc: creditCode,
  };

  // ---- one field -----------------------------------------------------------------------------
  class Control {
    constructor(field, form) {
      this.field = field;
      this.form = form;
      this.loaded = "";
      const id = `sd-fill-${++count}`, hint = `${id}-hint`, wrong = `${id}-wrong`;
      this.input = this.made(field, id);
      this.input.id = id;
      this.input.setAttribute("aria-describedby", `${hint} ${wrong}`);
      if (field.required) this.input.setAttribute("aria-required", "true");
      const label = make("label", { for: id }, field.label);
      if (field.required) label.append(" ", make("span", { class: "sd-required" }, say("必填", "required")));
      if (field.audience) label.append(" ", make("span", { class: "sd-audience" }, field.audience));
      const said = [field.note, field.example && say(`例：${field.example}`, `e.g. ${field.example}`), field.kind === "list" && say("一行一项", "one a line")];
      this.wrong = make("p", { class: "sd-wrong", id: wrong });
      this.wrong.hidden = true;
      this.element = make("div", { class: field.kind === "long" || field.kind === "list" ? "sd-wide" : "" }, label, this.input,
        make("p", { class: "sd-hint", id: hint }, said.filter(Boolean).join("　")), this.wrong);
      this.input.addEventListener("change", () => { this.check(); form.keep(); });
    }
    made(field) {
      if (field.kind === "long" || field.kind === "list") return make("textarea", { rows: 3 });
      if (field.kind === "choice" && !field.free) return this.select(field.options);
      if (field.kind === "flag") return this.select([["true", say("是", "yes")], ["false", say("否", "no")]]);
      const input = make("input", { type: "text", autocomplete: "off", inputmode: field.kind === "number" ? "decimal" : false, placeholder: field.kind === "date" ? "2025-07-08" : false });
      if (field.kind === "person" || field.options) {
        const list = make("datalist", { id: `sd-list-${++count}` });
        this.list = list;
        for (const [value, label] of field.options ?? []) list.append(make("option", { value }, label));
        input.setAttribute("list", list.id);
        this.form.lists.append(list);
      }
      return input;
    }
    select(options) {
      return make("select", {}, make("option", { value: "" }, say("请选择", "choose")), ...options.map(([value, label]) => make("option", { value }, label)));
    }
    get value() { return this.input.value.trim(); }
    set value(text) {
      this.input.value = text;
      if (this.input.value !== text && this.input.tagName === "SELECT" && text) {
        const known = [...this.input.options].find((option) => option.textContent === text);
        if (known) this.input.value = known.value;
        else { this.input.append(make("option", { value: text }, text)); this.input.value = text; }
      }
    }
    check() {
      const said = this.value ? (CHECKS[this.field.kind]?.(this.value) ?? "") : "";
      this.tell(said);
      return said;
    }
    tell(said) {
      this.wrong.textContent = said;
      this.wrong.hidden = !said;
      said ? this.input.setAttribute("aria-invalid", "true") : this.input.removeAttribute("aria-invalid");
    }
    read(node) {
      this.loaded = Array.isArray(node) ? node.map(plain).join("\n") : plain(node);
      this.value = this.loaded;
      this.loaded = this.value;
    }
    write(doc, path) {
      if (this.value === this.loaded) return;
      if (!this.value) { doc.deleteIn(path); return; }
      const lines = this.value.split("\n").map((line) => line.trim()).filter(Boolean);
      const text = this.field.kind === "number" ? this.value.replaceAll(",", "") : this.value;
      put(doc, path, this.field.kind === "list" ? lines : text);
    }
  }
  const plain = (value) => (value === null || value === undefined ? "" : typeof value === "object" ? JSON.stringify(value) : String(value));

  // ---- writing into a document, which keeps its comments and its order -------------------------
  function scalar(doc, value) {
    const node = doc.createNode(value);
    // A case has no types of its own: what looks like a number or a date is written as it is.
    if (typeof value === "string" && /^(-?\d+(\.\d+)?|\d{4}-\d{2}-\d{2}|true|false)$/.test(value)) { node.type = "PLAIN"; node.value = new Raw(value); }
    if (typeof value === "string" && /^(null|~)$/i.test(value)) node.type = "QUOTE_DOUBLE";
    return node;
  }
  class Raw { constructor(text) { this.text = text; } toString() { return this.text; } toJSON() { return this.text; } }
  const RAW = { tag: "tag:salesdocs,2025:raw", identify: (value) => value instanceof Raw, default: true, resolve: (text) => text, test: /^\u0000$/, stringify: (item) => item.value.text };
  function put(doc, path, value) {
    for (let at = 1; at < path.length; at++) {
      const above = path.slice(0, at), node = doc.getIn(above, true);
      if (node === undefined || node === null || (YAML.isScalar(node))) doc.setIn(above, typeof path[at] === "number" ? new YAML.YAMLSeq() : new YAML.YAMLMap());
    }
    doc.setIn(path, Array.isArray(value) ? doc.createNode(value) : scalar(doc, value));
  }

  // ---- rows of a list ------------------------------------------------------------------------
  class Rows {
    constructor(spec, form) {
      this.spec = spec;
      this.form = form;
      this.rows = [];
      this.place = make("div", {});
      const add = make("button", { type: "button" }, say(`增加一行：${spec.label}`, `Add a row: ${spec.label}`));
      add.addEventListener("click", () => { this.add().first().focus(); form.keep(); });
      this.element = make("div", { class: "sd-wide", role: "group", "aria-label": spec.label }, make("strong", {}, spec.label), this.place, make("div", { class: "sd-bar" }, add));
    }
    add(key) {
      const row = new Row(this, key ?? this.next());
      this.rows.push(row);
      this.place.append(row.element);
      return row;
    }
    next() {
      if (!this.spec.keyed) return this.rows.length;
      const letter = this.spec.rows === "team" ? "p" : "c";
      let number = 1;
      while (this.rows.some((row) => row.key === `${letter}${number}`)) number++;
      return `${letter}${number}`;
    }
    clear() { this.rows = []; this.place.replaceChildren(); this.gone = []; }
    *controls() { for (const row of this.rows) yield* row.controls(); }
    read(node) {
      this.clear();
      const entries = Array.isArray(node) ? node.map((each, at) => [at, each]) : Object.entries(node ?? {});
      for (const [key, value] of entries) { const row = this.add(key); row.stored = true; row.fields.read(value); }
    }
    write(doc, path) {
      for (const key of (this.gone ?? []).sort().reverse()) doc.deleteIn([...path, key]);
      let at = 0;
      for (const row of this.rows) row.fields.write(doc, [...path, this.spec.keyed ? row.key : at++]);
    }
  }
  class Row {
    constructor(rows, key) {
      this.rows = rows;
      this.key = key;
      this.fields = new Fields(rows.spec.fields, rows.form);
      const drop = make("button", { type: "button" }, say("删除这一行", "Remove"));
      drop.addEventListener("click", () => {
        if (this.stored) (rows.gone ??= []).push(this.key);
        rows.rows.splice(rows.rows.indexOf(this), 1);
        this.element.remove();
        rows.form.keep();
      });
      const head = rows.spec.keyed ? make("p", { class: "sd-hint" }, say(`代号 ${key}`, `id ${key}`)) : "";
      this.element = make("div", { class: "sd-row" }, head, this.fields.element, make("div", { class: "sd-bar" }, drop));
    }
    *controls() { yield* this.fields.controls(); }
    first() { return this.element.querySelector("input, select, textarea"); }
  }

  class Fields {
    constructor(specs, form) {
      this.parts = specs.map((spec) => (spec.rows ? new Rows(spec, form) : new Control(spec, form)));
      this.element = make("div", { class: "sd-grid" }, ...this.parts.map((part) => part.element));
    }
    *controls() { for (const part of this.parts) part instanceof Rows ? yield* part.controls() : yield part; }
    read(tree) {
      for (const part of this.parts) {
        const names = (part.spec?.rows ?? part.field.name).split(".");
        part.read(names.reduce((node, name) => node?.[name], tree));
      }
    }
    write(doc, path) {
      for (const part of this.parts) part.write(doc, [...path, ...(part.spec?.rows ?? part.field.name).split(".")]);
    }
  }

  // ---- the form ------------------------------------------------------------------------------
  class Form {
    constructor(place) {
      this.spec = JSON.parse(place.querySelector("script").textContent);
      this.key = `salesdocs:fill:${this.spec.document}`;
      this.name = "case.yaml";
      this.text = "";
      this.lists = make("div", { hidden: "" });
      this.groups = this.spec.groups.map((group) => new Fields(group.fields, this));
      this.problems = make("div", { class: "sd-problems", role: "alert", tabindex: "-1" });
      this.problems.hidden = true;
      this.said = make("span", { role: "status" });
      const file = make("input", { type: "file", accept: ".yaml,.yml" });
      file.addEventListener("change", async () => { if (file.files[0]) this.load(await file.files[0].text(), file.files[0].name); file.value = ""; });
      const save = make("button", { type: "submit", class: "sd-main" }, say("保存为 case.yaml", "Save as case.yaml"));
      const clear = make("button", { type: "button" }, say("清空", "Clear"));
      clear.addEventListener("click", () => { this.load("", "case.yaml"); try { localStorage.removeItem(this.key); } catch { /* private */ } this.tell(say("已清空", "cleared")); });
      const head = make("p", {}, say("填好后保存成文件。填写的内容只留在这台电脑的浏览器里，不会发送出去。已有案件文件的，先载入，别的内容和注释都会保留。",
        "Fill it in and save the file. Nothing leaves this browser. Load your case first if there is one: all else in it is kept."));
      const parts = this.groups.map((group, at) => make("fieldset", {}, make("legend", {}, this.spec.groups[at].title), group.element));
      const computed = this.spec.computed.length ? make("p", { class: "sd-hint" }, say("自动计算，不用填：", "Computed: ") + this.spec.computed.join(say("、", ", "))) : "";
      const next = make("p", { class: "sd-hint" }, say("保存后运行：", "Then run: "), make("code", {}, `salesdocs render case.yaml --doc ${this.spec.document}`));
      this.element = make("form", { novalidate: "" }, head,
        make("div", { class: "sd-bar" }, make("label", { class: "sd-file" }, say("载入已有文件", "Load a file"), file), clear),
        ...parts, computed, this.problems, make("div", { class: "sd-bar" }, save, this.said), next, this.lists);
      this.element.addEventListener("submit", (event) => { event.preventDefault(); this.save(); });
      this.element.addEventListener("dragover", (event) => event.preventDefault());
      this.element.addEventListener("drop", async (event) => {
        const dropped = event.dataTransfer?.files[0];
        if (dropped) { event.preventDefault(); this.load(await dropped.text(), dropped.name); }
      });
      this.element.addEventListener("focusin", () => this.people());
      place.append(this.element);
      let kept = null;
      try { kept = localStorage.getItem(this.key); } catch { /* private */ }
      this.load(kept ?? "", "case.yaml");
    }
    *controls() { for (const group of this.groups) yield* group.controls(); }
    tell(words) { this.said.textContent = words; }
    parsed() {
      const doc = YAML.parseDocument(this.text, { schema: "failsafe", customTags: [RAW], keepSourceTokens: true });
      if (doc.contents === null || !YAML.isMap(doc.contents)) doc.contents = new YAML.YAMLMap();
      return doc;
    }
    load(text, name) {
      const doc = YAML.parseDocument(text, { schema: "failsafe" });
      if (doc.errors.length) { this.show([[say(`文件读不出来：${doc.errors[0].message.split("\n")[0]}`, `cannot be read: ${doc.errors[0].message}`), null]]); return; }
      this.text = text;
      this.name = name;
      const tree = doc.toJS() ?? {};
      for (const group of this.groups) group.read(tree);
      this.show([]);
      if (text) this.tell(say(`已载入 ${name}`, `${name} loaded`));
    }
    people() {
      const known = [];
      for (const group of this.groups) for (const part of group.parts) if (part instanceof Rows && part.spec.keyed)
        for (const row of part.rows) known.push([row.key, row.fields.parts.find((each) => each.field?.name === "name")?.value ?? ""]);
      for (const control of this.controls()) if (control.list && !control.field.options)
        control.list.replaceChildren(...known.map(([value, name]) => make("option", { value }, name)));
    }
    written() {
      if (this.text && !this.changed()) return this.text;
      const doc = this.parsed();
      if (!doc.has("schema")) doc.contents.items.unshift(doc.createPair("schema", "salesdocs/case@1"));
      for (const group of this.groups) group.write(doc, []);
      if (!doc.getIn(["meta", "stage"])) put(doc, ["meta", "stage"], this.spec.stage);
      return doc.toString({ lineWidth: 0, flowCollectionPadding: false });
    }
    changed() {
      const has = (part) => part instanceof Rows
        ? part.gone?.length || part.rows.some((row) => !row.stored || row.fields.parts.some(has))
        : part.value !== part.loaded;
      return this.groups.some((group) => group.parts.some(has));
    }
    keep() { try { localStorage.setItem(this.key, this.written()); } catch { /* private, or full */ } }
    show(problems) {
      this.problems.hidden = !problems.length;
      const lines = problems.map(([words, control]) => {
        if (!control) return make("li", {}, words);
        const link = make("a", { href: `#${control.input.id}` }, words);
        link.addEventListener("click", (event) => { event.preventDefault(); control.input.focus(); });
        return make("li", {}, link);
      });
      this.problems.replaceChildren(make("strong", {}, say("请先看这些：", "Please look at these: ")), make("ul", {}, ...lines));
      if (problems.length) this.problems.focus();
    }
    save() {
      const wrong = [], gaps = [];
      for (const control of this.controls()) {
        const said = control.check();
        if (said) wrong.push([`${control.field.label}${say("：", ": ")}${said}`, control]);
        else if (control.field.required && !control.value) gaps.push([`${control.field.label}${say("：还没有填", ": missing")}`, control]);
      }
      this.show([...wrong, ...gaps]);
      if (wrong.length) { this.tell(say("有写错的，没有保存", "not saved")); return; }
      const link = make("a", { download: this.name, href: URL.createObjectURL(new Blob([this.written()], { type: "text/yaml" })) });
      document.body.append(link);
      link.click();
      link.remove();
      this.tell(gaps.length ? say(`已保存，还有 ${gaps.length} 个必填项没填`, `saved; ${gaps.length} required fields are missing`) : say("已保存", "saved"));
    }
  }

  const start = () => { for (const place of document.querySelectorAll(".sd-fill")) place.salesdocs = new Form(place); };
  document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", start) : start();
})();
