// Keys: / asks, ? lists them, arrows go from card to card, o opens one, c copies it.
// From an empty question box, where one is after asking, arrows lead to the cards too.
(() => {
  "use strict";

  const cards = () => [...document.querySelectorAll("#chat .quote")];
  let at = -1;

  function go(by) {
    const all = cards();
    if (!all.length) return false;
    const focused = all.indexOf(document.activeElement?.closest?.(".quote"));
    const from = focused >= 0 ? focused : at;
    if (from < 0) at = by > 0 ? firstOfLast(all) : all.length - 1;
    else at = Math.min(Math.max(from + by, 0), all.length - 1);
    all[at].tabIndex = -1;
    all[at].focus({ preventScroll: true });
    all[at].scrollIntoView({ block: "center" });
    return true;
  }

  // the answer that was given last is the one that is read
  function firstOfLast(all) {
    const last = [...document.querySelectorAll("#chat .bot-row")].at(-1);
    return Math.max(all.findIndex((card) => last?.contains(card)), 0);
  }

  function current() {
    return document.activeElement?.closest?.(".quote") ?? cards()[at];
  }

  function press(link) {
    link?.click();
    return Boolean(link);
  }

  const keys = {
    "/": () => document.querySelector("#question textarea")?.focus() ?? true,
    "?": () => document.querySelector("#keys").showModal() ?? true,
    ArrowDown: () => go(1),
    ArrowUp: () => go(-1),
    o: () => press(current()?.querySelector("a.read")),
    c: () => current() && (window.ilya.copy(current()), true),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    const arrow = event.key.startsWith("Arrow");
    const typing = event.target.closest?.("input, textarea, select, dialog, #reader, [contenteditable]");
    if (typing && !(arrow && typing.matches("#question textarea") && typing.value === "")) return;
    if (arrow && (!cards().length || event.target.closest?.("summary, .listed"))) return;
    if (keys[event.key]()) event.preventDefault();
  });
})();
