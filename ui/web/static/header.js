// What every page can do. The theme: one button on every page; the choice is kept in the cookie that the server reads.
// The language: the server's choice stays the page's, whatever the chat's library takes from the browser.
// A form that takes long says that it works, until the next page is there; a report that is downloaded leaves the page.
// A chosen file: its name beside our button, which speaks the page's language where the browser's speaks its own.
(() => {
  "use strict";

  const root = document.documentElement;
  const language = root.lang;
  new MutationObserver(() => {
    if (root.lang !== language) root.lang = language;
  }).observe(root, { attributeFilter: ["lang"] });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.theme");
    if (!button) return;
    const dark = document.body.classList.toggle("dark");
    button.setAttribute("aria-pressed", String(dark));
    const place = document.body.dataset.root || "/";
    document.cookie = `ilya_theme=${dark ? "dark" : "light"}; path=${place}; max-age=31536000; samesite=lax`;
  });
  document.addEventListener("change", (event) => {
    const field = event.target.closest(".chosen-file");
    if (field) field.querySelector(".chosen-name").textContent = event.target.files[0]?.name ?? field.dataset.none;
  });
  document.addEventListener("submit", (event) => {
    const working = event.target.querySelector(".working");
    const stays = event.target.elements.form && event.target.elements.form.value !== "page";
    if (working) working.hidden = Boolean(stays);
  });
  window.addEventListener("pageshow", () => {
    for (const working of document.querySelectorAll("form .working")) working.hidden = true;
  });
  document.addEventListener("DOMContentLoaded", () => {
    const dark = String(document.body.classList.contains("dark"));
    document.querySelector("button.theme")?.setAttribute("aria-pressed", dark);
  });
})();
