// Adding files on the library page: one after the other, each with its own report; and taking a source out.
(() => {
  "use strict";

  const form = document.querySelector("form.adding");

  async function add(files) {
    const bar = form.querySelector("progress");
    const state = form.querySelector(".state");
    bar.hidden = false;
    bar.max = files.length;
    bar.value = 0;
    for (const file of files) {
      state.textContent = file.name;
      report(file.name, await send(file, state));
      bar.value += 1;
    }
    bar.hidden = true;
    state.textContent = state.dataset.done;
  }

  async function send(file, state) {
    const refused = (why) => ({ shown: { outcome: state.dataset.refused, why } });
    if (file.size > Number(state.dataset.limit)) return refused(state.dataset.large);
    try {
      const answered = await fetch(`/api/library/files?name=${encodeURIComponent(file.name)}`, {
        method: "POST",
        headers: { "content-type": "application/octet-stream" },
        body: file,
      });
      const told = await answered.json();
      return answered.ok ? told : refused(told.detail ?? told.error ?? state.dataset.failed);
    } catch {
      return refused(state.dataset.failed);
    }
  }

  function report(name, told) {
    const table = document.querySelector("table.reports");
    table.hidden = false;
    const row = table.tBodies[0].insertRow();
    const cells = [name, told.shown.outcome, told.title, told.date, told.quotable_words, told.shown.why];
    for (const cell of cells) row.insertCell().textContent = cell ?? "";
    if (told.source_id) {
      const link = document.createElement("a");
      link.href = `/s/${encodeURIComponent(told.source_id)}`;
      link.textContent = told.title ?? told.source_id;
      row.cells[2].replaceChildren(link);
    }
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button.take-out");
    if (!button || !confirm(button.getAttribute("aria-label"))) return;
    const answered = await fetch(`/api/library/sources/${encodeURIComponent(button.dataset.id)}`, { method: "DELETE" });
    if (answered.ok) button.closest("tr").remove();
  });
  if (!form) return;
  form.addEventListener("change", (event) => add([...event.target.files]));
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const kind of ["dragover", "drop"]) {
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      if (kind === "drop") add([...event.dataTransfer.files]);
    });
  }
})();
