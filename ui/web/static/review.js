// The speaker review: one speaker for a range of stretches at once. Saving is a plain form.
(() => {
  "use strict";

  const form = document.querySelector("form.review");
  if (!form) return;
  form.querySelector(".set-range").addEventListener("click", () => {
    const [first, last] = ["first", "last"].map((name) => Number(form.querySelector(`.range .${name}`).value));
    const role = form.querySelector(".range-role").value;
    const rows = [...form.querySelectorAll("li.turn")].slice(Math.min(first, last) - 1, Math.max(first, last));
    for (const row of rows) row.querySelector(`input[value="${role}"]`).checked = true;
    rows[0]?.scrollIntoView({ block: "center" });
  });
})();
