// Filters live in the page's address, so that a link keeps them; chips show them and take them off.
(() => {
  "use strict";

  const LISTS = { venue: "venues", provenance: "provenances", language: "languages", source: "sources" };
  const SINGLES = ["since", "until"];

  const parameters = () => new URLSearchParams(location.search);
  const area = () => document.querySelector(".filters");

  function chosen() {
    const query = parameters();
    const filters = {};
    for (const name of SINGLES) if (query.get(name)) filters[name] = query.get(name);
    for (const [name, field] of Object.entries(LISTS)) if (query.has(name)) filters[field] = query.getAll(name);
    return { filters, ...(query.get("order") ? { order: query.get("order") } : {}) };
  }

  function keep(query) {
    const search = query.toString();
    history.replaceState(history.state, "", search ? `?${search}` : location.pathname);
    show();
  }

  function show() {
    const list = area()?.querySelector(".chips");
    if (!list) return;
    const chips = [];
    for (const [name, value] of parameters()) {
      const select = area().querySelector(`select[name="${name}"]`);
      if (!select) continue;
      const title = select.closest("label").querySelector("span").textContent;
      const option = [...select.options].find((candidate) => candidate.value === value);
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.name = name;
      button.dataset.value = value;
      button.textContent = `${title}: ${option?.textContent ?? value} ×`;
      button.setAttribute("aria-label", `${area().dataset.remove}: ${title} ${option?.textContent ?? value}`);
      const item = document.createElement("li");
      item.append(button);
      chips.push(item);
    }
    list.replaceChildren(...chips);
  }

  document.addEventListener("change", (event) => {
    const select = event.target.closest?.(".filters select");
    if (!select || !select.value) return;
    const query = parameters();
    if (!LISTS[select.name]) query.set(select.name, select.value);
    else if (!query.getAll(select.name).includes(select.value)) query.append(select.name, select.value);
    select.value = "";
    keep(query);
  });
  document.addEventListener("click", (event) => {
    const chip = event.target.closest(".chips button");
    if (!chip) return;
    const query = parameters();
    const rest = query.getAll(chip.dataset.name).filter((value) => value !== chip.dataset.value);
    query.delete(chip.dataset.name);
    rest.forEach((value) => query.append(chip.dataset.name, value));
    keep(query);
    area().querySelector("summary").focus();
  });
  new MutationObserver((_, observer) => {
    if (!area()) return;
    observer.disconnect();
    show();
  }).observe(document.documentElement, { childList: true, subtree: true });

  window.ilya = { ...window.ilya, wishes: () => JSON.stringify(chosen()) };
})();
