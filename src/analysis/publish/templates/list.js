(function () {
  var table = document.currentScript.previousElementSibling, body = table.tBodies[0];
  var rows = Array.from(body.rows);
  var scroll = table.closest(".scroll") || table;
  var plain = function (text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  };
  var number = function (text) {
    var found = /[-+]?[0-9][0-9,.]*/.exec(text.replace("\u2212", "-"));
    if (!found) { return null; }
    var scale = / billion/.test(text) ? 1e9 : / million/.test(text) ? 1e6 : 1;
    return parseFloat(found[0].replace(/,/g, "")) * scale;
  };
  var finder = document.createElement("p");
  finder.className = "finder";
  finder.innerHTML = '<label>Find a country <input type="search" autocomplete="off"></label> ' +
    '<span role="status"></span>';
  scroll.parentNode.insertBefore(finder, scroll);
  var input = finder.querySelector("input"), status = finder.querySelector("span");
  input.addEventListener("input", function () {
    var words = plain(input.value).split(/\s+/).filter(Boolean), shown = 0;
    rows.forEach(function (row) {
      var text = plain(row.textContent);
      row.hidden = !words.every(function (word) { return text.indexOf(word) >= 0; });
      if (!row.hidden) { shown += 1; }
    });
    status.textContent = words.length ? shown + " of " + rows.length + " shown" : "";
  });
  Array.from(table.tHead.rows[0].cells).forEach(function (head, column) {
    var button = document.createElement("button");
    button.type = "button"; button.textContent = "\u2195";
    button.setAttribute("aria-label", "Sort by " + head.textContent);
    head.append(" ", button);
    button.addEventListener("click", function () {
      var down = head.getAttribute("aria-sort") === "ascending";
      Array.from(head.parentNode.cells).forEach(function (other) {
        other.removeAttribute("aria-sort");
        other.querySelector("button").textContent = "\u2195";
      });
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      button.textContent = down ? "\u2193" : "\u2191";
      var keys = new Map(rows.map(function (row) {
        var text = row.cells[column].textContent;
        return [row, column > 1 && column < 8 ? number(text) : plain(text)];
      }));
      rows.slice().sort(function (one, other) {
        var a = keys.get(one), b = keys.get(other);
        // What has no number comes last, whichever way the rest is sorted.
        if (a === null || b === null) { return (a === null) - (b === null); }
        var order = typeof a === "number" ? a - b : a.localeCompare(b, "en");
        return down ? -order : order;
      }).forEach(function (row) { body.append(row); });
    });
  });
})();
