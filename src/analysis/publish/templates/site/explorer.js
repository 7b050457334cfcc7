/* Any country, year, flow and record: what is chosen stands in the address, #KAZ/2016/turnover/own.
   Words, codes and numbers come with the page; the script looks them up, fills the sentences in and
   draws. */
(() => {
  "use strict";
  const root = document.querySelector("[data-explorer]");
  if (!root) return;
  const data = JSON.parse(root.querySelector("script").textContent);
  const { texts, powers } = data, RECORDS = ["own", "partner"], SIDES = ["china", "russia"];
  const find = (selector) => root.querySelector(selector);
  const form = find("form"), drawing = find(".drawing"), title = document.title;
  let state;

  // What the page knows.
  const fill = (template, places) => template.replace(/\{(\w+)\}/g, (all, name) => places[name]);
  const chosen = (at) => at.record === "both" ? RECORDS : [at.record];
  const numbers = new Map();
  function column(at, record, name) {
    return data.countries[at.country][at.flow][record][data.columns.indexOf(name)];
  }
  function number(at, record, name) {
    const key = [at.country, at.flow, record, name].join();
    if (!numbers.has(key)) {
      numbers.set(key, column(at, record, name).split(",").map((one) => one ? parseInt(one, 36) : null));
    }
    const found = numbers.get(key);
    if (found.length === 1 && name.endsWith("_high")) return number(at, record, name.replace("_high", "_low"));
    return found[at.year - data.countries[at.country].years[0]];
  }
  function word(at, record, name) {
    const all = column(at, record, name), width = data.width;
    const start = all.length === width ? 0 : (at.year - data.countries[at.country].years[0]) * width;
    let place = 0;
    for (const letter of all.slice(start, start + width)) {
      place = place * data.letters.length + data.letters.indexOf(letter);
    }
    return data.words[place];
  }
  function found(at, record) {
    const letter = column(at, record, "states")[at.year - data.countries[at.country].years[0]];
    const told = data.states[letter], pair = !(told in texts.refusals);
    return { leader: pair ? told : "", refusal: pair ? "" : told };
  }

  // What is said of it.
  function places(at) {
    const { country, Country, owner } = data.countries[at.country], { did, to } = texts.flows[at.flow];
    return { country, Country, owner, did, to, year: at.year };
  }
  function leading(code) {
    const other = Object.keys(powers).find((one) => one !== code);
    return code in powers ? { leader: powers[code], other: powers[other] } : {};
  }
  function verdict(at) {
    const by = (record) => texts.records[record].by, leaders = {}, more = { by: by(at.record) };
    for (const record of chosen(at)) {
      const { leader } = found(at, record);
      if (leader) leaders[record] = leader;
      more[record] = powers[leader];
      more[leader in powers ? "ahead" : "rest"] = by(record);
    }
    const pairs = Object.keys(leaders);
    if (at.record === "both" && pairs.length === 1) more.by = texts.records[pairs[0]].only;
    let [code, leader] = data.verdicts[data.countries[at.country][at.flow].verdicts[at.year - data.countries[at.country].years[0]]];
    if (at.record !== "both") {
      leader = leaders[at.record];
      code = leader in powers ? "ahead_on_the_one_record" : leader || "no_pair";
    }
    return fill(texts.verdicts[code], { ...places(at), ...more, ...leading(leader) });
  }
  function told(at, record) {
    const { leader, refusal } = found(at, record), common = places(at), ours = texts.records[record];
    const of = (name) => word(at, record, name);
    const figures = { china: of("china_words"), russia: of("russia_words") };
    let says, share = "";
    if (refusal) {
      const missing = SIDES.filter((side) => !figures[side]).map((side) => powers[side === "china" ? "CHN" : "RUS"]);
      says = fill(texts.refusals[refusal], { ...common, missing: missing.join(" and "), why: of("why") });
    } else {
      const factor = of("factor"), than = factor.endsWith("more") ? "than" : "as";
      const kind = leader in powers ? factor ? "ahead" : "ahead_of_little" : leader;
      says = fill(texts.pairs[kind], { ...common, factor, than, ...leading(leader) });
      share = of("share") ? fill(texts.share, { ...common, share: of("share") }) : "";
    }
    return {
      head: fill(ours.head, common), china: figures.china || texts.not_known,
      russia: figures.russia || texts.not_known, says, share, note: of("note"), source: of("source"),
    };
  }

  // Drawing.
  const NS = "http://www.w3.org/2000/svg";
  function draw(parent, name, set, words) {
    const node = document.createElementNS(NS, name);
    for (const key in set) node.setAttribute(key, set[key]);
    if (words !== undefined) node.textContent = words;
    parent.append(node);
    return node;
  }
  function sheet(width, height, label) {
    const svg = document.createElementNS(NS, "svg");
    for (const [key, value] of Object.entries({
      viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": label,
    })) svg.setAttribute(key, value);
    return svg;
  }
  const middle = (at, record, side) => {
    const low = number(at, record, side + "_low"), high = number(at, record, side + "_high");
    return low === null ? null : high === null ? low : (low + high) / 2;
  };
  function bars(at, record, words, width, most) {
    const svg = sheet(width, 112, `${words.head}. China ${words.china}, Russia ${words.russia}.`);
    SIDES.forEach((side, place) => {
      const y = place * 42, low = number(at, record, side + "_low"), high = number(at, record, side + "_high");
      const name = side === "china" ? "China" : "Russia", known = low !== null;
      draw(svg, "text", { x: 0, y: y + 14, class: known ? side : "grey" }, name + (known ? " " : ": ") + words[side]);
      if (!known) return;
      const long = (value) => Math.max(value / most * width, value ? 1 : 0);
      if (high > low) draw(svg, "rect", { x: 0, y: y + 20, width: long(high), height: 16, class: side + "-may" });
      draw(svg, "rect", { x: 0, y: y + 20, width: long(low), height: 16, class: side });
      if (side === "russia") draw(svg, "path", { d: `M0 ${y + 33.5}H${long(low)}`, class: "dashes" });
    });
    const [china, russia] = SIDES.map((side) => middle(at, record, side));
    if (china !== null && russia !== null && china + russia > 0) {
      const part = china / (china + russia) * width;
      draw(svg, "rect", { x: 0, y: 98, width: part, height: 8, class: "china" });
      draw(svg, "rect", { x: part, y: 98, width: width - part, height: 8, class: "russia" });
      draw(svg, "path", { d: `M${part} 104.5H${width}`, class: "dashes" });
      draw(svg, "path", { d: `M${width / 2} 95V109`, class: "half" });
    }
    return svg;
  }
  // A series' years, and of each power its amounts, null where there is none.
  function amounts(at, record) {
    const [first, last] = data.countries[at.country].years;
    const years = Array.from({ length: last - first + 1 }, (_, place) => first + place);
    const [china, russia] = SIDES.map((side) => years.map((year) => middle({ ...at, year }, record, side)));
    return { years, china, russia, pair: years.map((_, place) => china[place] !== null && russia[place] !== null) };
  }
  function series(at, width, tall) {
    const [first, last] = data.countries[at.country].years, right = width - 64, HEAD = 26, FOOT = 34;
    const x = (year) => (year - first) / (last - first) * right, panel = HEAD + tall + FOOT;
    const all = chosen(at).map((record) => [record, amounts(at, record)]);
    const most = Math.max(...all.flatMap(([, { china, russia }]) => [...china, ...russia]));
    const svg = sheet(width, panel * all.length, find("#series-name").textContent);
    all.forEach(([record, known], place) => {
      const base = place * panel + HEAD + tall, y = (amount) => base - amount / (most || 1) * (tall - 12);
      draw(svg, "text", { x: 0, y: place * panel + 14, class: "head" }, fill(texts.records[record].head, places(at)));
      const [step, labels] = data.ticks.find(([one]) => one * Math.min(5, (tall - 12) / 22) > most);
      for (let n = 1; n * step <= most; n += 1) {
        draw(svg, "path", { d: `M0 ${y(n * step)}H${right}`, class: "line" });
        draw(svg, "text", { x: 0, y: y(n * step) - 4, class: "grey" }, labels[n - 1]);
      }
      draw(svg, "path", { d: `M0 ${base}H${right}`, class: "base" });
      draw(svg, "path", { d: `M${x(at.year)} ${base - tall}V${base}`, class: "marked" });
      lines(svg, known, at.year, x, y);
      names(svg, known, x, y, base - 6);
      years(svg, known.years, at.year, x, base + 17, right);
      for (const year of known.years) hit(svg, at, record, year, x(year), base - tall, tall + FOOT, right / known.years.length);
    });
    return svg;
  }
  function lines(svg, known, chosenYear, x, y) {
    const { years, china, russia, pair } = known;
    for (let n = 0; n + 1 < years.length; n += 1) {
      if (!pair[n] || !pair[n + 1]) continue;
      const ends = [china[n], russia[n], china[n + 1], russia[n + 1]];
      between(svg, x(years[n]), x(years[n + 1]), ends[0] - ends[1], ends[2] - ends[3], ends.map(y));
    }
    for (const side of ["russia", "china"]) {
      let path = "";
      const dots = [];
      years.forEach((year, n) => {
        const amount = known[side][n], marked = year === chosenYear;
        if (amount === null) return;
        if (pair[n]) path += `${pair[n - 1] ? "L" : "M"}${x(year)} ${y(amount)}`;
        const alone = !pair[n - 1] && !pair[n + 1];
        if (!pair[n]) dots.push([year, amount, marked ? 4.5 : 3.5, side + "-alone"]);
        else if (alone || marked) dots.push([year, amount, marked ? 4 : 3, side]);
      });
      draw(svg, "path", { d: path, class: side + "-line" });
      for (const [year, amount, r, look] of dots) draw(svg, "circle", { cx: x(year), cy: y(amount), r, class: look });
    }
  }
  // The surface between two lines from one year to the next, in the colour of the upper one.
  function between(svg, x0, x1, before, after, [a, b, c, d]) {
    const shape = (sign, points) => draw(svg, "path", { d: "M" + points.map((one) => one.join(" ")).join("L") + "Z", class: sign > 0 ? "china-may" : "russia-may" });
    if (before * after >= 0) {
      shape(before + after, [[x0, a], [x1, c], [x1, d], [x0, b]]);
      return;
    }
    const part = before / (before - after), cross = [x0 + part * (x1 - x0), a + part * (c - a)];
    shape(before, [[x0, a], cross, [x0, b]]);
    shape(after, [cross, [x1, c], [x1, d]]);
  }
  function names(svg, known, x, y, lowest) {
    const ends = SIDES.map((side) => {
      const n = known[side].findLastIndex((amount) => amount !== null);
      return n < 0 ? null : { side, x: x(known.years[n]), y: Math.min(y(known[side][n]), lowest) };
    }).filter(Boolean).sort((one, other) => one.y - other.y);
    if (ends.length === 2 && ends[1].y - ends[0].y < 15) {
      ends[1].y = Math.min((ends[0].y + ends[1].y + 15) / 2, lowest);
      ends[0].y = ends[1].y - 15;
    }
    for (const end of ends) {
      draw(svg, "text", { x: end.x + 8, y: end.y + 4, class: end.side }, end.side === "china" ? "China" : "Russia");
    }
  }
  function years(svg, every, marked, x, y, room) {
    const first = every[0], last = every[every.length - 1], step = room > 420 ? 5 : 10, apart = 40;
    const shown = every.filter((year) => year === marked ||
      ((year === first || year === last || year % step === 0) && Math.abs(x(year) - x(marked)) >= apart &&
       (year === last || year === first || x(last) - x(year) >= apart)));
    for (const year of shown) {
      const place = Math.min(Math.max(x(year), 16), room + 16);
      draw(svg, "text", { x: place, y, class: year === marked ? "head centred" : "grey centred" }, year);
    }
  }
  function hit(svg, at, record, year, x, top, height, wide) {
    const box = draw(svg, "rect", { x: x - wide / 2, y: top, width: wide, height, class: "hit" });
    const [china, russia] = SIDES.map((side) => word({ ...at, year }, record, side + "_words") || texts.not_known);
    draw(box, "title", {}, `${year}: China ${china}, Russia ${russia}`);
    box.onclick = () => go({ ...state, year });
  }

  // Showing it.
  function element(name, words, look) {
    const node = document.createElement(name);
    node.textContent = words;
    if (look) node.className = look;
    return node;
  }
  function show(at) {
    state = at;
    const [first, last] = data.countries[at.country].years, { country } = places(at);
    form.country.value = at.country;
    form.flow.value = at.flow;
    form.record.value = at.record;
    form.year.min = first;
    form.year.max = last;
    form.year.value = at.year;
    form.year.setAttribute("aria-valuetext", at.year);
    find("output").textContent = at.year;
    find(".says").textContent = verdict(at);
    find("#series-name").textContent = fill(texts.series.title, { ...places(at), first, last });
    find(".link").setAttribute("href", "#" + name(at));
    document.title = `${country}, ${at.year} · ${title}`;
    sketch();
  }
  // On paper the page is as wide as a sheet and both drawings shall have room on it.
  function sketch(paper) {
    const records = chosen(state), all = find(".records");
    let most = 0;
    for (const record of records) for (const side of SIDES) {
      most = Math.max(most, number(state, record, side + "_high"), number(state, record, side + "_low"));
    }
    const room = paper ? 672 : Math.max(all.clientWidth, 280), two = records.length === 2 && room >= 560;
    const width = two ? (room - 32) / 2 : Math.min(room, 440);
    all.replaceChildren(...records.map((record) => {
      const words = told(state, record), part = document.createElement("section");
      part.dataset.record = record;
      part.append(element("h2", words.head), bars(state, record, words, width, most || 1));
      part.append(element("p", words.share, "share"), element("p", words.says, "reason"));
      part.append(element("p", words.note, "note"), element("p", words.source && "Source: " + words.source, "source-line"));
      return part;
    }));
    drawing.replaceChildren(series(state, room, paper ? 70 : 150));
  }

  // The file to take along; a source has commas in it.
  const cell = (words) => /[",\n]/.test(words) ? `"${words.replaceAll('"', '""')}"` : words;
  function csv(at) {
    const [first, last] = data.countries[at.country].years, lines = [data.csv.join()];
    for (let year = first; year <= last; year += 1) for (const record of chosen(at)) {
      const here = { ...at, year }, { leader, refusal } = found(here, record);
      const ends = SIDES.flatMap((side) => [number(here, record, side + "_low"), number(here, record, side + "_high")]);
      lines.push([at.country, at.flow, year, record, ...ends.map((end) => end ?? ""), ...SIDES.map((side) => cell(word(here, record, side + "_words"))), leader, refusal, word(here, record, "kind"), cell(word(here, record, "source"))].join());
    }
    return lines.join("\n") + "\n";
  }

  // Choosing.
  const name = (at) => [at.country, at.year, at.flow, at.record].join("/");
  function start(country) {
    return { country, year: data.countries[country].years[2], flow: "turnover", record: "both" };
  }
  // What an address asks for: from its first part on, what follows being as at the start.
  function read(hash) {
    const [country, year, flow, record, ...more] = hash.split("/");
    if (!Object.hasOwn(data.countries, country) || more.length) return null;
    const at = start(country), [first, last] = data.countries[country].years;
    if (year !== undefined) {
      if (!/^[0-9]{4}$/.test(year) || +year < first || +year > last) return null;
      at.year = +year;
    }
    for (const [key, value] of [["flow", flow], ["record", record]]) {
      if (value !== undefined && !Object.hasOwn(texts[key + "s"], value)) return null;
      at[key] = value ?? at[key];
    }
    return at;
  }
  function decoded(hash) {
    try { return decodeURIComponent(hash); } catch { return hash; }
  }
  function fromAddress() {
    const hash = decoded(location.hash.slice(1)), asked = hash ? read(hash) : null;
    const elsewhere = hash && !asked && document.getElementById(hash);
    if (elsewhere && state) return;
    find(".unknown").textContent = hash && !asked && !elsewhere ? fill(texts.unknown, { hash }) : "";
    show(asked ?? start(data.start));
  }
  function go(at) {
    const [first, last] = data.countries[at.country].years;
    if (at.year < first || at.year > last) at = { ...at, year: Math.min(Math.max(at.year, first), last) };
    location.hash = name(at);
  }
  function asked() {
    return { country: form.country.value, year: +form.year.value, flow: form.flow.value, record: form.record.value };
  }
  form.onsubmit = (event) => event.preventDefault();
  form.onchange = () => go(asked());
  // While it is being drawn along, the view follows; the address does when it is let go.
  form.year.oninput = () => show({ ...state, year: +form.year.value });
  find(".csv").onclick = (event) => {
    event.preventDefault();
    const file = document.createElement("a");
    file.href = URL.createObjectURL(new Blob([csv(state)], { type: "text/csv" }));
    file.download = [state.country, state.flow, state.record].join("-") + ".csv";
    file.click();
    setTimeout(() => URL.revokeObjectURL(file.href), 1000);
  };
  addEventListener("keydown", (event) => {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const free = !document.activeElement || [document.body, document.getElementById("main")].includes(document.activeElement);
    if (!way || !free || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go({ ...state, year: state.year + way });
  });
  form.hidden = find(".view").hidden = false;
  find(".without").hidden = true;
  fromAddress();
  addEventListener("hashchange", fromAddress);
  addEventListener("beforeprint", () => sketch(true));
  addEventListener("afterprint", () => sketch());
  let width = root.clientWidth;
  addEventListener("resize", () => {
    if (root.clientWidth !== width) sketch();
    width = root.clientWidth;
  });
})();
