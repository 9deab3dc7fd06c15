// The library page: take a source out, find one in the list. Adding files is in uploads.js.
(() => {
  "use strict";

  function find() {
    const wanted = (document.querySelector(".find-source")?.value ?? "").toLowerCase();
    for (const row of document.querySelectorAll("table.sources tbody tr")) {
      row.hidden = !row.textContent.toLowerCase().includes(wanted);
    }
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button.take-out");
    if (!button) return;
    const sure = document.getElementById("held").dataset.sure.replace("{title}", button.dataset.title);
    if (!confirm(sure)) return;
    const root = document.body.dataset.root ?? "";
    const answered = await fetch(`${root}/api/library/sources/${encodeURIComponent(button.dataset.id)}`, { method: "DELETE" });
    if (answered.ok) button.closest("tr").remove();
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches(".find-source")) find();
  });
  document.addEventListener("ilya:held", find);
})();
