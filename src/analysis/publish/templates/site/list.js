/* Chips to filter by, a field to search in, heads to sort by: for every list of a page.
   What is chosen stands in the address, #name:verdict=holds&q=gas, so that it can be passed on. */
(function () {
  "use strict";
  function make(tag, text, set) {
    var node = document.createElement(tag);
    if (text) node.textContent = text;
    Object.keys(set || {}).forEach(function (key) { node.setAttribute(key, set[key]); });
    return node;
  }
  function start(list) {
    var isTable = list.tagName === "TABLE";
    var items = [].slice.call(isTable ? list.querySelectorAll("tbody tr:not(.group)") : list.children);
    var chips = JSON.parse(list.dataset.chips || "{}"), state = {}, buttons = [], field;
    var bar = make("div", "", { "class": "chips" });
    var told = make("output", "", { "aria-live": "polite" });
    Object.keys(chips).forEach(function (key) {
      var counts = {};
      items.forEach(function (item) {
        var value = item.getAttribute("data-" + key);
        if (value) counts[value] = (counts[value] || 0) + 1;
      });
      var values = Object.keys(counts);
      if (values.length < 2) return;
      var set = make("fieldset");
      set.append(make("legend", chips[key]));
      [""].concat(values).forEach(function (value) {
        var button = make("button", value ? value + " " + counts[value] : "all", { type: "button" });
        button.onclick = function () { choose(key, value); };
        buttons.push([button, key, value]);
        set.append(button);
      });
      bar.append(set);
    });
    if (list.dataset.search) {
      field = make("input", "", { type: "search", placeholder: list.dataset.search, "aria-label": list.dataset.search });
      field.oninput = function () { choose("q", field.value.trim()); };
      bar.prepend(field);
    }
    if (bar.firstChild) {
      bar.append(told);
      (isTable ? list.parentNode : list).before(bar);
    }
    function choose(key, value) {
      if (value) state[key] = value; else delete state[key];
      show();
      var query = new URLSearchParams(state).toString();
      history.replaceState(null, "", query ? "#" + list.id + ":" + query : location.pathname + location.search);
    }
    function show() {
      var words = (state.q || "").toLowerCase(), left = 0;
      items.forEach(function (item) {
        var fits = Object.keys(state).every(function (key) {
          return key === "q" ? item.textContent.toLowerCase().includes(words) : item.getAttribute("data-" + key) === state[key];
        });
        item.hidden = !fits;
        if (fits) left += 1;
      });
      list.querySelectorAll("tr.group").forEach(function (group) {
        group.hidden = !group.parentNode.querySelector("tr:not(.group):not([hidden])");
      });
      buttons.forEach(function (entry) {
        entry[0].setAttribute("aria-pressed", String((state[entry[1]] || "") === entry[2]));
      });
      if (field && field.value.trim() !== (state.q || "")) field.value = state.q || "";
      told.textContent = left === items.length ? items.length + " in all" : left + " of " + items.length;
    }
    function fromAddress() {
      var hash, name = list.id + ":";
      try { hash = decodeURIComponent(location.hash.slice(1)); } catch (error) { return; }
      if (hash.indexOf(name) !== 0) return;
      state = {};
      new URLSearchParams(hash.slice(name.length)).forEach(function (value, key) {
        if (key === "q" || key in chips) state[key] = value;
      });
      show();
      for (var fold = list.closest("details"); fold; fold = fold.parentNode.closest("details")) fold.open = true;
      (bar.parentNode ? bar : list).scrollIntoView();
    }
    if (isTable && "sort" in list.dataset) sortable(list, items);
    show();
    fromAddress();
    addEventListener("hashchange", fromAddress);
  }
  function sortable(table, items) {
    var heads = [].slice.call(table.tHead.rows[0].cells);
    heads.forEach(function (head, column) {
      var button = make("button", "", { type: "button" });
      button.append.apply(button, [].slice.call(head.childNodes));
      head.append(button);
      button.onclick = function () {
        var up = head.getAttribute("aria-sort") !== "ascending";
        heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        items.slice().sort(function (one, other) {
          return order(one.cells[column], other.cells[column], up ? 1 : -1);
        }).forEach(function (item) { item.parentNode.append(item); });
      };
    });
  }
  function order(one, other, way) {
    var a = one.dataset.v, b = other.dataset.v;
    if (a === undefined || b === undefined) return way * one.textContent.localeCompare(other.textContent, "en", { numeric: true });
    if (a === "" || b === "") return (a === "") - (b === "");
    return way * (a - b);
  }
  document.querySelectorAll("[data-list]").forEach(start);
})();
