// Keys: / asks, ? lists them, arrows go from card to card, o opens one, c copies it.
(() => {
  "use strict";

  const cards = () => [...document.querySelectorAll("#chat .quote")];
  let at = -1;

  function go(by) {
    const all = cards();
    if (!all.length) return false;
    const focused = all.indexOf(document.activeElement?.closest?.(".quote"));
    at = Math.min(Math.max((focused >= 0 ? focused : at) + by, 0), all.length - 1);
    all[at].tabIndex = -1;
    all[at].focus({ preventScroll: true });
    all[at].scrollIntoView({ block: "center" });
    return true;
  }

  function current() {
    return document.activeElement?.closest?.(".quote") ?? cards()[at];
  }

  const keys = {
    "/": () => document.querySelector("#question textarea")?.focus() ?? true,
    "?": () => document.querySelector("#keys").showModal() ?? true,
    ArrowDown: () => go(1),
    ArrowUp: () => go(-1),
    o: () => current()?.querySelector("a.read").click() ?? Boolean(current()),
    c: () => current() && (window.ilya.copy(current()), true),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    if (event.target.closest?.("input, textarea, select, dialog, #reader, [contenteditable]")) return;
    const arrow = event.key.startsWith("Arrow");
    if (arrow && (!cards().length || event.target.closest?.("summary, .listed"))) return;
    if (keys[event.key]()) event.preventDefault();
  });
})();
