// The speaker review: many stretches at once, keys, undo of what is not saved yet, and how many words it frees.
// Saving is a plain form, whatever stands in the tools above it.
(() => {
  "use strict";

  const form = document.querySelector("form.review");
  if (!form) return;
  const rows = [...form.querySelectorAll("li.turn")];
  const undo = form.querySelector(".undo");
  const tally = form.querySelector(".tally");
  const done = []; // [[row, role before], …] per step
  let current = -1;
  let saving = false;

  const role = (row) => row.querySelector("input:checked")?.value;

  function mark(changes) {
    const before = changes.filter(([row, now]) => role(row) !== now).map(([row]) => [row, role(row)]);
    for (const [row, now] of changes) set(row, now);
    if (before.length) done.push(before);
    count();
  }

  function set(row, now) {
    row.querySelector(`input[value="${now}"]`).checked = true;
    row.dataset.now = now;
  }

  function count(note = "") {
    let decisions = 0;
    let change = 0;
    for (const row of rows) {
      const now = role(row);
      row.classList.toggle("decided", now !== row.dataset.was);
      if (now === row.dataset.was) continue;
      decisions += 1;
      if (now === "subject") change += Number(row.dataset.words);
      if (row.dataset.was === "subject") change -= Number(row.dataset.words);
    }
    undo.disabled = !done.length;
    const words = Math.max(0, Number(form.dataset.quotable) + change);
    const told = decisions
      ? form.dataset.unsaved
          .replace("{decisions}", decisions)
          .replace("{words}", words.toLocaleString())
          .replace("{change}", `${change < 0 ? "−" : "+"}${Math.abs(change).toLocaleString()}`)
      : "";
    tally.textContent = [note, told].filter(Boolean).join(" ");
    return decisions;
  }

  // "3-9, 12" → places from 0; null where it is no list of numbers
  function numbers(typed) {
    const found = new Set();
    for (const part of typed.split(/[,，、;\s]+/).filter(Boolean)) {
      const run = part.match(/^(\d+)(?:[-–—](\d+))?$/);
      if (!run) return null;
      const [first, last] = [Number(run[1]), Number(run[2] ?? run[1])].sort((a, b) => a - b);
      for (let one = first; one <= Math.min(last, rows.length + 1); one += 1) found.add(one - 1);
    }
    return found;
  }

  form.querySelector(".set-range").addEventListener("click", () => {
    const except = form.querySelector(".which").value === "except";
    const typed = form.querySelector(".numbers").value;
    const chosen = numbers(typed);
    if (!chosen || (!except && !chosen.size)) {
      count(form.dataset.badly);
      return;
    }
    const now = form.querySelector(".range-role").value;
    const marked = rows.filter((_, place) => chosen.has(place) !== except);
    mark(marked.map((row) => [row, now]));
    const beyond = [...chosen].some((place) => place >= rows.length || place < 0);
    if (beyond) count(form.dataset.fewer.replace("{count}", rows.length));
    marked[0]?.scrollIntoView({ block: "center" });
  });

  undo.addEventListener("click", () => {
    for (const [row, before] of done.pop() ?? []) set(row, before);
    count();
  });

  form.addEventListener("change", (event) => {
    if (event.target.type !== "radio") return;
    const row = event.target.closest("li.turn");
    done.push([[row, row.dataset.now ?? row.dataset.was]]);
    row.dataset.now = event.target.value;
    count();
  });

  function go(place) {
    current = Math.max(0, Math.min(rows.length - 1, place));
    for (const row of rows) row.classList.remove("current");
    rows[current].classList.add("current");
    (rows[current].querySelector("input:checked") ?? rows[current].querySelector("input")).focus({ preventScroll: true });
    rows[current].scrollIntoView({ block: "center" });
  }

  const ROLES = { h: "subject", o: "other", u: "unknown" };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("select, textarea, input:not([type=radio])")) return;
    const key = event.key.toLowerCase();
    const focused = rows.indexOf(event.target.closest?.("li.turn"));
    if (focused >= 0) current = focused;
    if (key === "j") go(current + 1);
    else if (key === "k") go(current - 1);
    else if (ROLES[key] && current >= 0) {
      mark([[rows[current], ROLES[key]]]);
      go(current + 1);
    } else return;
    event.preventDefault();
  });
  form.addEventListener("submit", () => (saving = true));
  addEventListener("beforeunload", (event) => {
    if (saving || !count()) return;
    event.preventDefault();
    event.returnValue = form.dataset.leaving;
  });
})();
