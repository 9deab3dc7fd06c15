// What a card can do wherever it is shown: copy its words with their citation, take a verdict, be jumped to.
// Everything is delegated from the document, because the chat rebuilds its messages while they stream.
(() => {
  "use strict";

  async function copy(card) {
    const words = card.querySelector("blockquote.words p").textContent;
    const cite = card.querySelector("cite").textContent;
    const link = card.querySelector("a.open")?.href;
    await write([`“${words}”`, `— ${cite}`, link].filter(Boolean).join("\n"));
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

  async function judge(card, button) {
    const permalink = card.closest(".message")?.querySelector("a.permalink");
    const verdict = [...button.classList].find((name) => name !== "say");
    const answered = await fetch("/api/feedback", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        quote_id: card.id,
        answer_id: permalink ? new URL(permalink.href).pathname.split("/").pop() : null,
        verdict,
      }),
    });
    if (answered.ok) {
      card.querySelector(".judge").remove();
      flash(card, "thanks");
    }
  }

  function flash(card, name) {
    const note = card.querySelector(`.${name}`);
    note.classList.add("seen");
    if (name === "copied") setTimeout(() => note.classList.remove("seen"), 1600);
  }

  function jump(link, event) {
    const name = new URL(link.href).hash.slice(1);
    const card = link.closest(".message")?.querySelector(`#${CSS.escape(name)}`);
    if (!card) return;
    event.preventDefault();
    card.scrollIntoView({ block: "center" });
    card.querySelector("a.read").focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    const target = event.target;
    const card = target.closest(".quote");
    const mark = target.closest(".timeline a");
    if (mark) jump(mark, event);
    else if (card && target.closest(".copy")) copy(card);
    else if (target.closest(".copy-form")) copyForm(target.closest(".form"));
    else if (card && target.closest(".say")) judge(card, target.closest(".say"));
  });
})();
