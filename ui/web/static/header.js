// The theme: one button on every page; the choice is kept in the cookie that the server reads.
(() => {
  "use strict";

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.theme");
    if (!button) return;
    const dark = document.body.classList.toggle("dark");
    button.setAttribute("aria-pressed", String(dark));
    const root = document.body.dataset.root || "/";
    document.cookie = `ilya_theme=${dark ? "dark" : "light"}; path=${root}; max-age=31536000; samesite=lax`;
  });
  document.addEventListener("DOMContentLoaded", () => {
    const dark = String(document.body.classList.contains("dark"));
    document.querySelector("button.theme")?.setAttribute("aria-pressed", dark);
  });
})();
