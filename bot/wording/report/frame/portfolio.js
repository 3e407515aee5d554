"use strict";
// Sorts and filters the table that stands on the page. Text goes in and out as text, never as markup.
(() => {
  const table = document.getElementById("projects");
  if (!table) return;
  const tools = document.getElementById("tools");
  const search = document.getElementById("search");
  const order = document.getElementById("order");
  const count = document.getElementById("count");
  const none = document.getElementById("none");
  const choices = [...tools.querySelectorAll("select[data-field]")];
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
  const rows = [...body.rows].map((row, place) => ({
    row,
    place,
    text: row.textContent.toLocaleLowerCase(),
    values: [...row.cells].map((cell) => cell.dataset.value),
  }));
  let sorted = { column: -1, down: false };

  // What is empty stands last, whichever way; what is equal stays in the order it came in.
  const compare = (column, down) => (one, other) => {
    const [a, b] = [one.values[column], other.values[column]];
    if (a === "" || b === "") return (a === "") - (b === "") || one.place - other.place;
    const number = heads[column].dataset.kind === "number";
    const by = number ? Number(a) - Number(b) : collator.compare(a, b);
    return (down ? -by : by) || one.place - other.place;
  };

  const sort = (column, down) => {
    sorted = { column, down };
    const inOrder = column < 0 ? rows : [...rows].sort(compare(column, down));
    const placed = document.createDocumentFragment();
    for (const each of inOrder) placed.append(each.row);
    body.append(placed);
    heads.forEach((head, place) => {
      if (place === column) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    order.value = column < 0 ? "" : `${column}:${down ? "down" : "up"}`;
  };

  const filter = () => {
    const words = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const wanted = choices.filter((choice) => choice.value !== "").map((choice) => [choice.dataset.field, choice.value]);
    let shown = 0;
    for (const { row, text } of rows) {
      const fits = words.every((word) => text.includes(word))
        && wanted.every(([field, value]) => row.dataset[field] === value
          || (field === "blocked" && value === "yes" && row.dataset.blocked === "critical"));
      row.hidden = !fits;
      if (fits) shown += 1;
    }
    count.textContent = count.dataset.text.replace("{shown}", String(shown)).replace("{total}", String(rows.length));
    none.hidden = shown > 0;
    table.hidden = shown === 0;
  };

  const option = (list, value, text) => {
    const made = document.createElement("option");
    made.value = value;
    made.textContent = text;
    list.append(made);
  };

  option(order, "", "–");
  heads.forEach((head, column) => {
    if (head.dataset.kind === "none") return;
    const title = head.textContent;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = title;
    button.addEventListener("click", () => sort(column, sorted.column === column && !sorted.down));
    head.replaceChildren(button);
    option(order, `${column}:up`, `${title}, ${table.dataset.up}`);
    option(order, `${column}:down`, `${title}, ${table.dataset.down}`);
  });
  for (const choice of choices.filter((each) => each.options.length === 1)) {
    const values = new Set(rows.map(({ row }) => row.dataset[choice.dataset.field]).filter(Boolean));
    for (const value of [...values].sort(collator.compare)) option(choice, value, value);
    if (!values.size) choice.parentElement.remove();
  }
  order.addEventListener("change", () => {
    const [column, way] = order.value.split(":");
    sort(order.value === "" ? -1 : Number(column), way === "down");
  });
  search.addEventListener("input", filter);
  for (const choice of choices) choice.addEventListener("change", filter);
  document.getElementById("reset").addEventListener("click", () => {
    search.value = "";
    for (const choice of choices) choice.value = "";
    sort(-1, false);
    filter();
    search.focus();
  });
  tools.hidden = false;
  count.hidden = false;
  sort(-1, false);
  filter();
})();
