// What a card can do wherever it is shown: copy its words in any form, be compared, take a verdict, be jumped to.
// Everything is delegated from the document, because the chat rebuilds its messages while they stream.
(() => {
  "use strict";

  const UNDO_MILLISECONDS = 6000;
  const at = (path) => (document.body.dataset.root ?? "") + path;
  const waiting = new Map();

  async function copy(card) {
    const words = card.querySelector("blockquote.words p").textContent;
    const link = card.querySelector("a.open")?.href;
    await write([`“${words}”`, `— ${card.querySelector(".citation").textContent}`, link].filter(Boolean).join("\n"));
    flash(card, "copied");
  }

  async function copyStyle(card, form) {
    const answered = await fetch(at(`/q/${card.id}/cite/${form}`));
    if (!answered.ok) return;
    await write(await answered.text());
    flash(card, "copied");
  }

  async function copyLink(card) {
    await write(card.querySelector("a.link").href);
    flash(card, "copied");
  }

  async function copyForm(form) {
    await write(form.querySelector("pre").textContent);
    flash(form, "copied");
  }

  async function write(words) {
    if (navigator.clipboard) return navigator.clipboard.writeText(words);
    const box = document.createElement("textarea"); // pages over plain http have no clipboard API
    box.value = words;
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
  }

  // the first choice is remembered in this tab; the second opens both side by side
  function compare(card) {
    const first = sessionStorage.getItem("ilya.compare");
    if (first && first !== card.id) {
      sessionStorage.removeItem("ilya.compare");
      location.assign(at(`/compare?a=${first}&b=${card.id}`));
      return;
    }
    sessionStorage.setItem("ilya.compare", card.id);
    flash(card, "chosen");
  }

  // a verdict waits a moment before it is sent, so that it can be taken back or said in one's own words
  function judge(card, button) {
    const permalink = card.closest(".message")?.querySelector("a.permalink");
    const told = {
      quote_id: card.id,
      answer_id: permalink ? new URL(permalink.href).pathname.split("/").pop() : null,
      verdict: [...button.classList].find((name) => name !== "say"),
    };
    card.querySelector(".judge").classList.add("judged");
    card.querySelector(".thanks").classList.add("seen");
    waiting.set(card, { told, timer: setTimeout(() => send(card), UNDO_MILLISECONDS) });
    card.querySelector(".undo").focus({ preventScroll: true });
  }

  function addLine(card, button) {
    if (!waiting.has(card)) return;
    clearTimeout(waiting.get(card).timer);
    const line = Object.assign(document.createElement("input"), { className: "line", maxLength: 500 });
    line.setAttribute("aria-label", button.textContent);
    line.placeholder = button.textContent;
    line.dir = "auto";
    line.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) send(card);
      if (event.key === "Escape") undo(card);
      event.stopPropagation();
    });
    button.replaceWith(line);
    card.querySelector(".thanks").classList.add("writing");
    waiting.get(card).button = button;
    line.focus({ preventScroll: true });
  }

  function takeLine(card) {
    const line = card.querySelector(".thanks .line");
    const { button } = waiting.get(card);
    line?.replaceWith(button);
    card.querySelector(".thanks").classList.remove("writing");
    return line?.value.trim() || null;
  }

  function send(card) {
    if (!waiting.has(card)) return;
    const note = takeLine(card);
    const { told, timer } = waiting.get(card);
    waiting.delete(card);
    clearTimeout(timer);
    const headers = { "content-type": "application/json" };
    fetch(at("/api/feedback"), { method: "POST", headers, body: JSON.stringify({ ...told, note }), keepalive: true });
    card.querySelector(".thanks").classList.add("sent");
  }

  function undo(card) {
    if (!waiting.has(card)) return;
    takeLine(card);
    clearTimeout(waiting.get(card).timer);
    waiting.delete(card);
    card.querySelector(".judge").classList.remove("judged");
    card.querySelector(".thanks").classList.remove("seen");
    card.querySelector(".say.good").focus({ preventScroll: true });
  }

  function flash(card, name) {
    const note = card.querySelector(`.${name}`);
    note.classList.add("seen");
    setTimeout(() => note.classList.remove("seen"), 1600);
  }

  function jump(link, event) {
    const name = new URL(link.href).hash.slice(1);
    const card = link.closest(".message")?.querySelector(`#${CSS.escape(name)}`);
    if (!card) return;
    event.preventDefault();
    card.scrollIntoView({ block: "center" });
    card.querySelector("a.read").focus({ preventScroll: true });
  }

  const inCard = [
    [".copy", copy],
    [".copy-style", (card, button) => copyStyle(card, button.classList[1])],
    [".copy-link", copyLink],
    [".compare", compare],
    [".say", judge],
    [".add-line", addLine],
    [".send-line", send],
    [".undo", undo],
  ];
  document.addEventListener("click", (event) => {
    const target = event.target;
    const card = target.closest(".quote");
    const mark = target.closest(".timeline a");
    for (const menu of document.querySelectorAll("details.menu[open], details.badge[open]")) {
      if (!menu.contains(target)) menu.open = false;
    }
    if (mark) jump(mark, event);
    if (target.closest(".copy-form")) copyForm(target.closest(".form"));
    for (const [selector, act] of card ? inCard : []) {
      const button = target.closest(selector);
      if (!button) continue;
      act(card, button);
      const menu = button.closest("details.menu");
      if (menu) menu.open = false;
    }
  });
  // a menu opens upwards where there is more room, and is never higher than the room there is
  function fit(menu) {
    menu.classList.remove("upwards");
    const choices = menu.querySelector(".choices");
    choices.style.maxHeight = "";
    const { top, bottom } = menu.getBoundingClientRect();
    const edge = document.querySelector("body.talking #composer")?.getBoundingClientRect().top ?? innerHeight;
    const upwards = choices.getBoundingClientRect().bottom > edge && top > innerHeight - bottom;
    menu.classList.toggle("upwards", upwards);
    choices.style.maxHeight = `${(upwards ? top : innerHeight - bottom) - 12}px`;
  }
  document.addEventListener(
    "toggle",
    (event) => {
      if (event.target.matches?.(".tools details.menu[open]")) fit(event.target);
    },
    true,
  );
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector("details.menu[open], details.badge[open]");
    if (!menu) return;
    event.stopImmediatePropagation();
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  window.addEventListener("pagehide", () => [...waiting.keys()].forEach(send));
  window.ilya = { ...window.ilya, copy };
})();
