// The chat page beyond Gradio's own events: asking from a link, editing in place, keeping the question in sight and
// safe, names that a screen reader can say.
(() => {
  "use strict";

  const PENDING = "ilya.pending";
  const box = () => document.querySelector("#question textarea");
  const rows = () => [...document.querySelectorAll("#chat .user-row")];
  const answers = () => document.querySelectorAll("#chat .answer-links, #chat .trouble, #chat .halted").length;

  let kept = null;

  function fill(question) {
    box().value = question;
    box().dispatchEvent(new Event("input", { bubbles: true }));
  }

  function ask(question, place = null) {
    window.ilya.replacing(place);
    const draft = box().value;
    fill(question);
    requestAnimationFrame(() => {
      document.querySelector("#ask")?.click();
      kept = place !== null && draft ? draft : null; // what was being written comes back once the box is empty
    });
  }

  // the question above an answer, and its place among all questions
  function rowOf(element) {
    const inside = element.closest(".user-row, .bot-row");
    const before = rows().filter((row) => row === inside || row.compareDocumentPosition(inside) & 4);
    return [before.at(-1), before.length - 1];
  }

  function editInPlace(link, question) {
    const [row, place] = rowOf(link);
    if (!row || row.querySelector("form.editing")) return;
    const page = document.querySelector("#first");
    const form = document.createElement("form");
    form.className = "editing";
    const area = document.createElement("textarea");
    area.value = question;
    area.dir = "auto";
    area.setAttribute("aria-label", page.dataset.edit);
    const send = Object.assign(document.createElement("button"), { type: "submit", textContent: page.dataset.ask });
    const cancel = Object.assign(document.createElement("button"), { type: "button", textContent: page.dataset.cancel });
    const end = () => {
      form.remove();
      row.classList.remove("being-edited");
    };
    cancel.addEventListener("click", end);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      end();
      if (area.value.trim()) ask(area.value, place);
    });
    area.addEventListener("keydown", (event) => {
      if (event.key === "Escape") end();
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    form.append(area, send, cancel);
    row.classList.add("being-edited");
    row.append(form);
    form.scrollIntoView({ block: "center" });
    area.focus();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.ask, a.edit");
    if (!link || !box() || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const question = new URL(link.href).searchParams.get("q");
    if (link.matches(".edit")) editInPlace(link, question);
    else ask(question, link.matches(".again") ? rowOf(link)[1] : null);
  });

  function remember(conversation) {
    const query = new URLSearchParams(location.search);
    if (!conversation || query.get("c") === conversation) return [];
    query.set("c", conversation);
    query.delete("q");
    history.replaceState(history.state, "", `?${query}`);
    document.dispatchEvent(new CustomEvent("ilya:conversation"));
    return [];
  }

  // what was asked stays in this tab until it is answered: a reload in mid-answer loses nothing
  function pending(question) {
    if (question.trim()) sessionStorage.setItem(PENDING, question);
    document.querySelector("#unanswered")?.setAttribute("hidden", "");
    return question;
  }

  function restore() {
    const typed = document.querySelector("#plain-question");
    const lost = sessionStorage.getItem(PENDING);
    if (lost && !box().value) {
      fill(lost);
      document.querySelector("#unanswered").hidden = false;
    } else if (typed?.value && !box().value) fill(typed.value);
    sessionStorage.removeItem(PENDING);
    document.querySelector("#plain-ask")?.remove();
  }
  window.ilya = { ...window.ilya, remember, pending };

  // a sign-in that ran out while the page was open: sign in again, and come back here
  const send = window.fetch.bind(window);
  window.fetch = async (...request) => {
    const answered = await send(...request);
    const root = document.body.dataset.root ?? "";
    const here = location.pathname.slice(root.length) + location.search;
    if (answered.status === 401) location.assign(`${root}/login?next=${encodeURIComponent(here)}`);
    return answered;
  };

  // written only where it changes: the observer below would see its own writing for ever
  function name(element, words) {
    if (element && element.getAttribute("aria-label") !== words) element.setAttribute("aria-label", words);
  }

  // Gradio names each message by its mark-up; a short name says what it is, and the headings inside say the rest
  function nameMessages() {
    const page = document.querySelector("#first");
    name(document.querySelector("#chat [role='log']"), page.dataset.talk);
    for (const message of document.querySelectorAll("#chat [data-testid='user'], #chat [data-testid='bot']")) {
      const count = message.querySelectorAll(".quote").length;
      const answer = count ? page.dataset.answer.replace("{count}", count) : page.dataset.none;
      name(message, message.dataset.testid === "user" ? page.dataset.asked : answer);
    }
  }

  // Gradio follows the system's colours; the one chosen here wins
  function theme() {
    const chosen = document.cookie.match(/ilya_theme=(light|dark)/)?.[1];
    if (chosen) document.body.classList.toggle("dark", chosen === "dark");
  }

  // the messages of a conversation that is opened again are drawn one after another, and push the last one down
  function settle(row) {
    const watch = new ResizeObserver(() => row.scrollIntoView({ block: "start" }));
    const stop = () => watch.disconnect();
    watch.observe(document.querySelector("#chat"));
    for (const act of ["wheel", "touchstart", "pointerdown", "keydown"]) addEventListener(act, stop, { once: true, passive: true });
    setTimeout(stop, 3000);
  }

  let questions = 0;
  let answered = 0;
  let ready = false;
  function look() {
    theme();
    nameMessages();
    if (!ready && box() && document.querySelector("#ask")) {
      ready = true;
      restore();
      // on a phone the keyboard would cover what there is to choose from
      if (document.activeElement === document.body && matchMedia("(hover: hover)").matches) box().focus();
    }
    if (kept !== null && box()?.value === "") {
      fill(kept);
      kept = null;
    }
    const asked = rows();
    document.body.classList.toggle("talking", asked.length > 0);
    if (asked.length > questions) {
      asked.at(-1).scrollIntoView({ block: "start" });
      if (asked.length > questions + 1) settle(asked.at(-1));
    }
    questions = asked.length;
    const now = answers();
    if (now !== answered && ready) sessionStorage.removeItem(PENDING);
    answered = now;
  }
  new MutationObserver(look).observe(document.documentElement, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["aria-label", "class"],
  });
})();
