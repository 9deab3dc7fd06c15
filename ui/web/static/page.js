// The chat page beyond Gradio's own events: asking from a link, keeping the question in sight, the page's language.
(() => {
  "use strict";

  const box = () => document.querySelector("#question textarea");

  function ask(question) {
    box().value = question;
    box().dispatchEvent(new Event("input", { bubbles: true }));
    requestAnimationFrame(() => document.querySelector("#ask")?.click());
  }

  function edit(question) {
    box().value = question;
    box().dispatchEvent(new Event("input", { bubbles: true }));
    box().focus();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.ask, a.edit");
    if (!link || !box()) return;
    event.preventDefault();
    (link.matches(".ask") ? ask : edit)(new URL(link.href).searchParams.get("q"));
  });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button.forget");
    if (!button) return;
    const answered = await fetch(`/c/${button.dataset.id}`, { method: "DELETE" });
    if (answered.ok) button.closest("li").remove();
  });

  function remember(conversation) {
    const query = new URLSearchParams(location.search);
    if (!conversation || query.get("c") === conversation) return [];
    query.set("c", conversation);
    query.delete("q");
    history.replaceState(history.state, "", `?${query}`);
    return [];
  }
  window.ilya = { ...window.ilya, remember };

  // a sign-in that ran out while the page was open: sign in again, and come back here
  const send = window.fetch.bind(window);
  window.fetch = async (...request) => {
    const answered = await send(...request);
    if (answered.status === 401) location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
    return answered;
  };

  let questions = 0;
  new MutationObserver(() => {
    const language = document.querySelector(".masthead")?.dataset.language;
    if (language && document.documentElement.lang !== language) document.documentElement.lang = language;
    const asked = document.querySelectorAll("#chat .user-row");
    if (asked.length > questions) asked[asked.length - 1].scrollIntoView({ block: "start" });
    questions = asked.length;
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
