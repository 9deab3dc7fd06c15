// What the chat page does beyond Gradio's own events. Everything is delegated from the document, because Gradio
// rebuilds messages while they stream.
(() => {
  "use strict";

  const composer = () => document.querySelector("#question textarea");

  function ask(question) {
    const box = composer();
    if (!box) return;
    box.value = question;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    requestAnimationFrame(() => document.querySelector("#ask")?.click());
  }

  async function copy(button) {
    const card = button.closest(".quote");
    const words = card.querySelector("blockquote.words p").textContent;
    const cite = card.querySelector("cite").textContent;
    const link = card.querySelector("a.open")?.href;
    await navigator.clipboard.writeText([`“${words}”`, `— ${cite}`, link].filter(Boolean).join("\n"));
    button.classList.add("done");
    setTimeout(() => button.classList.remove("done"), 1500);
  }

  document.addEventListener("click", (event) => {
    const ask_link = event.target.closest("a.ask");
    if (ask_link && composer()) {
      event.preventDefault();
      ask(new URL(ask_link.href).searchParams.get("q"));
    }
    const copy_button = event.target.closest(".quote .copy");
    if (copy_button) copy(copy_button);
  });
})();
