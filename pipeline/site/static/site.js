// The site can be read without this. It adds: search, filters and sorting, kept in the address; the language link
// keeps them too; and words that reach over several lines are marked whole.
"use strict";
(() => {
  const fold = (words) => words.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

  const language = document.querySelector("a.language");
  if (language) {
    language.addEventListener("click", () => {
      language.hash = location.hash;
    });
  }

  const spans = () => {
    for (const mark of document.querySelectorAll("mark.found")) mark.classList.remove("found");
    const name = location.hash.slice(1);
    if (!/^s\d+-\d+$/.test(name)) return;
    for (const mark of document.querySelectorAll(`mark[data-span="${name}"]`)) mark.classList.add("found");
  };
  if (document.querySelector(".capture")) {
    addEventListener("hashchange", spans);
    spans();
  }

  const form = document.querySelector("form.filters");
  if (!form) return;
  const body = document.querySelector("table.measures tbody");
  const rows = [...body.rows].map((row, place) => ({ row, place, words: fold(`${row.textContent} ${row.dataset.words}`), data: row.dataset }));
  const count = document.querySelector(".count");
  const none = document.querySelector(".none");
  const many = { fund: true, type: true };
  const language_of_page = document.documentElement.lang;
  const collator = new Intl.Collator(language_of_page);
  const title = (one) => one.row.querySelector("th").textContent;
  // What is not known stands last whichever way the rest is sorted.
  const known_first = (a, b, compare) => (a === "") - (b === "") || (a === "" ? 0 : compare(a, b));
  const orders = {
    title: (a, b) => collator.compare(title(a), title(b)),
    amount: (a, b) => known_first(a.data.amount, b.data.amount, (x, y) => x - y),
    "-amount": (a, b) => known_first(a.data.amount, b.data.amount, (x, y) => y - x),
    start: (a, b) => known_first(a.data.start, b.data.start, (x, y) => (x < y ? -1 : x > y ? 1 : 0)),
  };
  const controls = [...form.elements].filter((control) => control.name);

  const chosen = () => Object.fromEntries(controls.map((control) => [control.name, control.value.trim()]));

  const fits = (one, wanted, words) => {
    for (const [name, value] of Object.entries(wanted)) {
      if (!value || name === "q" || name === "sort") continue;
      const has = one.data[name] || "";
      if (many[name] ? !has.split(" ").includes(value) : has !== value) return false;
    }
    return words.every((word) => one.words.includes(word));
  };

  let sorted_by = "";
  const apply = () => {
    const wanted = chosen();
    let shown = 0;
    const words = fold(wanted.q).split(/\s+/);
    for (const one of rows) {
      const is_shown = fits(one, wanted, words);
      if (one.row.hidden === is_shown) one.row.hidden = !is_shown;
      if (is_shown) shown += 1;
    }
    if (wanted.sort !== sorted_by) {
      sorted_by = wanted.sort;
      const order = Object.hasOwn(orders, sorted_by) ? orders[sorted_by] : () => 0;
      const sorted = [...rows].sort((a, b) => order(a, b) || a.place - b.place);
      body.append(...sorted.map((one) => one.row));
    }
    none.hidden = shown > 0;
    count.textContent = `${count.dataset.shown} ${shown} ${count.dataset.of} ${rows.length}`;
    for (const head of document.querySelectorAll("th[data-sort]")) {
      const is_it = head.dataset.sort === wanted.sort || (head.dataset.sort === "-amount" && wanted.sort === "amount");
      head.setAttribute("aria-sort", is_it ? (wanted.sort.startsWith("-") ? "descending" : "ascending") : "none");
    }
    return wanted;
  };

  const remember = () => {
    const wanted = Object.entries(apply()).filter(([, value]) => value);
    const hash = new URLSearchParams(wanted).toString();
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  };

  const recall = () => {
    const wanted = new URLSearchParams(location.hash.slice(1));
    for (const control of controls) {
      control.value = wanted.get(control.name) || "";
      if (control.selectedIndex === -1) control.value = "";
    }
    apply();
  };

  for (const head of document.querySelectorAll("th[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => {
      const sort = form.elements.sort;
      const is_amount = head.dataset.sort === "-amount";
      sort.value = is_amount && sort.value === "-amount" ? "amount" : head.dataset.sort;
      remember();
    });
    head.replaceChildren(button);
  }
  form.addEventListener("input", remember);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(remember));
  addEventListener("hashchange", recall);
  form.hidden = false;
  recall();
})();
