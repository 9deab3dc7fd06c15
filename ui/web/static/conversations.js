// One's own conversations beside the chat: found, renamed, deleted with a moment to think better of it.
(() => {
  "use strict";

  const UNDO_MILLISECONDS = 6000;
  const area = document.querySelector("#conversations");
  if (!area) return;
  const list = area.querySelector(".listed");
  const find = area.querySelector("input[type=search]");
  const fold = area.querySelector(".fold");
  const waiting = new Map();

  async function load() {
    const query = new URLSearchParams({ find: find.value, offset: -new Date().getTimezoneOffset() });
    const answered = await fetch(`${area.dataset.list}?${query}`);
    if (!answered.ok) return;
    list.innerHTML = await answered.text(); // composed by our own templates, titles escaped
    area.hidden = !list.textContent.trim() && !find.value;
    mark();
  }

  function mark() {
    const here = new URLSearchParams(location.search).get("c");
    for (const item of list.querySelectorAll("li")) {
      item.querySelector(".go").toggleAttribute("aria-current", item.dataset.id === here);
    }
  }

  function rename(item) {
    const link = item.querySelector(".go");
    const field = document.createElement("input");
    field.value = link.textContent;
    field.maxLength = 300;
    field.setAttribute("aria-label", item.querySelector(".rename").textContent);
    let ended = false;
    const end = async (keep) => {
      if (ended) return; // taking the field out blurs it too
      ended = true;
      const title = field.value.trim();
      field.replaceWith(link);
      if (!keep || !title || title === link.textContent) return;
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify({ title });
      const answered = await fetch(`${area.dataset.list}/${item.dataset.id}`, { method: "PATCH", headers, body });
      if (answered.ok) link.textContent = title;
    };
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") end(true);
      if (event.key === "Escape") end(false);
    });
    field.addEventListener("blur", () => end(true));
    link.replaceWith(field);
    field.select();
  }

  function forget(item) {
    item.classList.add("going");
    item.querySelector(".forgotten").hidden = false;
    item.querySelector(".undo").focus();
    waiting.set(item, setTimeout(() => send(item), UNDO_MILLISECONDS));
  }

  async function send(item) {
    clearTimeout(waiting.get(item));
    waiting.delete(item);
    await fetch(`${area.dataset.list}/${item.dataset.id}`, { method: "DELETE", keepalive: true });
    item.remove();
  }

  function undo(item) {
    clearTimeout(waiting.get(item));
    waiting.delete(item);
    item.classList.remove("going");
    item.querySelector(".forgotten").hidden = true;
    item.querySelector(".go").focus();
  }

  function unfold(open) {
    area.classList.toggle("open", open);
    document.body.classList.toggle("listing", open);
    fold.setAttribute("aria-expanded", String(open));
    localStorage.setItem("ilya.listing", open ? "1" : "");
  }

  area.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (event.target.closest(".fold")) unfold(!area.classList.contains("open"));
    else if (event.target.closest(".rename")) rename(item);
    else if (event.target.closest(".forget")) forget(item);
    else if (event.target.closest(".undo")) undo(item);
    const menu = event.target.closest("details.menu");
    if (menu && event.target.closest("button")) menu.open = false;
  });
  let typing;
  find.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(load, 200);
  });
  document.addEventListener("ilya:conversation", load);
  window.addEventListener("pagehide", () => [...waiting.keys()].forEach(send));
  if (localStorage.getItem("ilya.listing") && innerWidth >= 1180) unfold(true);
  mark();
})();
