// What is searched lives in the page's address, so that a link keeps it; chips show it and take it off.
(() => {
  "use strict";

  const LISTS = {
    venue: "venues",
    provenance: "provenances",
    language: "languages",
    source: "sources",
    without: "without",
  };
  const SINGLES = ["since", "until"];

  const parameters = () => new URLSearchParams(location.search);
  const panel = () => document.querySelector("#sources-panel");
  let place = null;

  function chosen() {
    const query = parameters();
    const filters = {};
    for (const name of SINGLES) if (query.get(name)) filters[name] = query.get(name);
    for (const [name, field] of Object.entries(LISTS)) if (query.has(name)) filters[field] = query.getAll(name);
    const wishes = { filters, ...(query.get("order") ? { order: query.get("order") } : {}) };
    if (place !== null) wishes.place = place;
    place = null;
    return wishes;
  }

  function keep(query) {
    const search = query.toString();
    history.replaceState(history.state, "", search ? `?${search}` : location.pathname);
    show();
  }

  function named(name, value) {
    const select = panel().querySelector(`select[name="${name}"]`);
    if (select) {
      const option = [...select.options].find((candidate) => candidate.value === value);
      return `${select.closest("label").querySelector("span").textContent}: ${option?.textContent ?? value}`;
    }
    if (name !== "source" && name !== "without") return null;
    const title = panel().querySelector(`li[data-id="${CSS.escape(value)}"] .held-title`)?.textContent ?? value;
    return name === "source" ? title : `− ${title}`;
  }

  function show() {
    const list = document.querySelector(".filters .chips");
    if (!list || !panel()) return;
    const query = parameters();
    const chips = [];
    for (const [name, value] of query) {
      const words = named(name, value);
      if (!words) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.name = name;
      button.dataset.value = value;
      button.textContent = `${words} ×`;
      button.setAttribute("aria-label", `${panel().dataset.remove}: ${words}`);
      const item = document.createElement("li");
      item.append(button);
      chips.push(item);
    }
    list.replaceChildren(...chips);
    for (const select of panel().querySelectorAll("select")) select.value = LISTS[select.name] ? "" : query.get(select.name) ?? "";
    const only = query.getAll("source");
    const without = query.getAll("without");
    let count = 0;
    for (const box of panel().querySelectorAll(".held-sources input")) {
      box.checked = !without.includes(box.value) && (!only.length || only.includes(box.value));
      count += box.checked;
    }
    const told = panel().querySelector(".searched");
    told.textContent = panel().dataset.searched.replace("{count}", count).replace("{all}", told.dataset.all);
    const [since, until] = [query.get("since"), query.get("until")];
    const impossible = panel().querySelector(".impossible");
    impossible.hidden = !(since && until && until < since.slice(0, until.length));
    impossible.textContent = panel().dataset.impossible.replace("{since}", since).replace("{until}", until);
  }

  function choose(select) {
    const query = parameters();
    if (!LISTS[select.name]) select.value ? query.set(select.name, select.value) : query.delete(select.name);
    else if (select.value && !query.getAll(select.name).includes(select.value)) query.append(select.name, select.value);
    keep(query);
  }

  function without(query, name, value) {
    const rest = query.getAll(name).filter((one) => one !== value);
    query.delete(name);
    rest.forEach((one) => query.append(name, one));
  }

  function toggle(box) {
    const query = parameters();
    without(query, "without", box.value);
    if (query.has("source")) {
      without(query, "source", box.value);
      if (box.checked) query.append("source", box.value);
    } else if (!box.checked) query.append("without", box.value);
    keep(query);
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("#sources-panel select")) choose(event.target);
    else if (event.target.matches(".held-sources input")) toggle(event.target);
  });
  document.addEventListener("input", (event) => {
    if (!event.target.matches("#sources-panel .find input")) return;
    const wanted = event.target.value.trim().toLowerCase();
    for (const row of panel().querySelectorAll(".held-sources li")) {
      row.hidden = !row.textContent.toLowerCase().includes(wanted);
    }
  });
  document.addEventListener("click", (event) => {
    const target = event.target;
    const chip = target.closest(".chips button");
    if (chip) {
      const query = parameters();
      without(query, chip.dataset.name, chip.dataset.value);
      keep(query);
      document.querySelector(".open-panel").focus();
    } else if (target.closest(".open-panel")) {
      show();
      panel().showModal();
    } else if (target.closest("#sources-panel .only, #sources-panel .everything")) {
      const query = parameters();
      query.delete("source");
      query.delete("without");
      const id = target.closest(".only")?.dataset.id;
      if (id) query.append("source", id);
      keep(query);
    } else if (target.closest("dialog .close") || target.matches("dialog")) target.closest("dialog").close();
  });
  new MutationObserver((_, observer) => {
    if (!document.querySelector(".filters .chips")) return;
    observer.disconnect();
    show();
  }).observe(document.documentElement, { childList: true, subtree: true });

  const replacing = (number) => {
    place = number;
  };
  window.ilya = { ...window.ilya, wishes: () => JSON.stringify(chosen()), replacing };
})();
