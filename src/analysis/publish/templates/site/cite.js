/* Citations to copy: in a source's card that of its number, at the foot that of the row, claim or
   view in the address. */
(() => {
  "use strict";
  const head = document.getElementById("cite-number"), foot = head.nextElementSibling.querySelector("span");
  const words = (node) => node.textContent.replace(/\s+/g, " ").trim();
  const all = (root, names) => [...root.querySelectorAll(names)].map(words);
  const page = words(document.querySelector(".cite")), file = foot.firstChild.textContent;
  const ended = (said) => /[.?!…]$/.test(said) ? said : said + ".";
  const told = (parts, id) => [...parts.map(ended), page, file + id].join(" ");
  // A source and its place stand in two lines.
  const line = (part) => words(part.firstElementChild) + ": " +
    [...part.lastElementChild.childNodes].map(words).filter(Boolean).join(", ");
  document.querySelectorAll(".source").forEach((card) => {
    const [fold, name, text] = ["details", "summary", "p"].map((tag) => document.createElement(tag));
    name.textContent = head.dataset.one;
    text.className = "cite-number";
    text.textContent = told([...all(card, ".source-title"), [...card.querySelectorAll("dl>div")].map(line).join("; ")], card.id);
    // A card is only as high as a telephone lets it be.
    fold.ontoggle = () => { if (fold.open) fold.scrollIntoView({ block: "nearest" }); };
    fold.append(name, text);
    card.append(fold);
  });
  const view = document.querySelector("[data-explorer]");
  function show() {
    const id = (view ? view.querySelector(".link") : location).hash.slice(1);
    const at = view || (id && document.getElementById(id));
    if (!at || !at.matches("tr,.claim,[data-explorer]")) return;
    const row = at.cells ? [all(at, "th,td").filter(Boolean).join("; ")] : [];
    foot.textContent = told([...row, ...all(at, ".claim-words,.verdict span,.says,.source-line")], id);
  }
  addEventListener("hashchange", show);
  show();
})();
