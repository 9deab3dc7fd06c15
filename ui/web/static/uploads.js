// The upload queue: chosen files are announced, sent three at a time, and followed until the server has them all in.
// The server keeps the list, so that a page opened later shows the same report and goes on from there.
(() => {
  "use strict";

  const form = document.querySelector("form.adding");
  if (!form) return;
  const AT_ONCE = 3;
  const EVERY = 700; // milliseconds between looks at the server while something is under way
  const AGAIN = [500, 2000]; // milliseconds before a file is sent again whose connection broke
  const area = document.querySelector("section.uploads");
  const address = `${document.body.dataset.root ?? ""}/api/library/uploads`;
  const chosen = new Map(); // id → File, not yet sent
  const sending = new Map(); // id → { request, share }
  const failed = new Map(); // id → why it did not arrive
  let shown = { uploads: [], finished: 0, active: false, share: 1, overall: "" };
  let timer = null;

  async function call(method, path = "", body = undefined) {
    const headers = body === undefined ? {} : { "content-type": "application/json" };
    const answered = await fetch(address + path, { method, headers, body: body && JSON.stringify(body) });
    if (!answered.ok) throw new Error(String(answered.status));
    return show(await answered.json());
  }

  async function add(files) {
    if (!files.length) return;
    try {
      const told = await call("POST", "", { files: files.map(({ name, size }) => ({ name, size })) });
      told.announced.forEach((id, place) => {
        failed.delete(id);
        if (told.uploads.find((one) => one.id === id)?.state === "awaited") chosen.set(id, files[place]);
      });
      pump();
    } catch {
      area.hidden = false;
      area.querySelector(".state").textContent = form.dataset.failed;
    }
  }

  function pump() {
    for (const [id, file] of chosen) {
      if (sending.size >= AT_ONCE) break;
      chosen.delete(id);
      send(id, file);
    }
    draw();
  }

  function send(id, file, broken = 0) {
    const request = new XMLHttpRequest();
    const state = { request, share: 0 };
    let isStopped = false;
    sending.set(id, state);
    request.upload.addEventListener("progress", (event) => {
      state.share = event.lengthComputable && event.total ? event.loaded / event.total : 0;
      draw();
    });
    request.addEventListener("abort", () => (isStopped = true));
    request.addEventListener("loadend", () => {
      if (request.status === 0 && !isStopped && broken < AGAIN.length) {
        setTimeout(() => sending.get(id) === state && send(id, file, broken + 1), AGAIN[broken]);
        return;
      }
      sending.delete(id);
      if (request.status < 200 || request.status > 299) {
        if (request.status !== 409) failed.set(id, sentence(request) ?? form.dataset.failed);
      }
      pump();
      look();
    });
    request.open("PUT", `${address}/${encodeURIComponent(id)}`);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.send(file);
  }

  function sentence(request) {
    try {
      const told = JSON.parse(request.responseText);
      return told.detail ?? told.error;
    } catch {
      return null;
    }
  }

  async function look() {
    clearTimeout(timer);
    timer = null;
    try {
      await call("GET");
    } catch {
      // the server is away: looked for again, until it is back
    }
    if (shown.active || sending.size || chosen.size) timer ??= setTimeout(look, EVERY);
  }

  function show(told) {
    const before = shown.finished;
    shown = told;
    draw();
    if (told.finished > before && told.uploads.some((one) => one.source_id)) refresh();
    return told;
  }

  function draw() {
    const under = shown.uploads.filter((one) => !["done", "cancelled"].includes(one.state));
    area.hidden = !shown.uploads.length;
    const sent = [...sending.values()].reduce((sum, one) => sum + 0.1 * one.share, 0);
    area.querySelector("progress").value = Math.min(1, shown.share + sent / Math.max(1, shown.uploads.length));
    area.querySelector("progress").hidden = !under.length;
    const state = area.querySelector(".state");
    if (state.textContent !== shown.overall) state.textContent = shown.overall;
    area.querySelector(".cancel-all").hidden = !under.length;
    area.querySelector(".dismiss").hidden = Boolean(under.length);
    const body = area.querySelector("tbody");
    shown.uploads.forEach((one, place) => {
      let row = body.rows[place];
      if (row?.dataset.id !== one.id) {
        row?.remove();
        row = body.insertRow(place);
        row.dataset.id = one.id;
        row.setAttribute("role", "row");
        for (let cell = 0; cell < 6; cell += 1) row.insertCell().setAttribute("role", "cell");
      }
      fill(row, one);
    });
    while (body.rows.length > shown.uploads.length) body.deleteRow(-1);
  }

  function fill(row, one) {
    const under = sending.get(one.id);
    const waits = chosen.has(one.id) || (under && one.state === "awaited");
    const percent = under ? ` (${Math.round(100 * under.share)} %)` : "";
    const state = failed.get(one.id) ?? (waits ? form.dataset.sending + percent : one.shown.state);
    const key = JSON.stringify([state, one.shown, one.state]);
    if (row.dataset.key === key) return;
    row.dataset.key = key;
    const titles = [...area.querySelectorAll("thead th")].map((cell) => cell.textContent);
    const cells = [one.name, state, one.shown.title, one.shown.date, one.shown.quotable, one.shown.why];
    cells.forEach((told, place) => {
      row.cells[place].textContent = told ?? "";
      row.cells[place].dataset.name = titles[place];
    });
    if (one.source_id) {
      const link = document.createElement("a");
      link.href = `${document.body.dataset.root ?? ""}/s/${encodeURIComponent(one.source_id)}`;
      link.textContent = one.shown.title ?? one.source_id;
      row.cells[2].replaceChildren(link);
      if (one.shown.quotable === "0") {
        const review = document.createElement("a"); // the next step: to say who speaks
        review.href = `${link.pathname}/speakers`;
        review.textContent = form.dataset.review;
        row.cells[5].append(" ", review);
      }
    }
    if (!["done", "cancelled"].includes(one.state)) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "cancel";
      button.dataset.id = one.id;
      button.textContent = form.dataset.cancel;
      button.setAttribute("aria-label", `${form.dataset.cancel}: ${one.name}`);
      row.cells[1].append(" ", button);
    }
  }

  // table and plot as the server has them now
  async function refresh() {
    const answered = await fetch(location.href);
    if (!answered.ok) return;
    const fresh = new DOMParser().parseFromString(await answered.text(), "text/html");
    for (const name of ["held", "listed"]) document.getElementById(name).replaceWith(fresh.getElementById(name));
    document.dispatchEvent(new Event("ilya:held"));
  }

  function cancel(ids) {
    for (const id of ids ?? [...chosen.keys(), ...sending.keys()]) {
      chosen.delete(id);
      failed.delete(id);
      sending.get(id)?.request.abort();
    }
    call("POST", "/cancel", ids ? { ids } : {}).then(look, look);
  }

  area.addEventListener("click", (event) => {
    if (event.target.closest(".cancel")) cancel([event.target.closest(".cancel").dataset.id]);
    else if (event.target.closest(".cancel-all")) cancel(null);
    else if (event.target.closest(".dismiss")) call("DELETE").catch(look);
  });
  addEventListener("beforeunload", (event) => {
    if (!sending.size && !chosen.size) return;
    event.preventDefault();
    event.returnValue = form.dataset.leaving;
  });
  function take(input) {
    add([...input.files]);
    input.value = "";
  }
  form.addEventListener("change", (event) => take(event.target));
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const kind of ["dragover", "drop"]) {
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      if (kind === "drop") add([...event.dataTransfer.files]);
    });
  }
  take(form.querySelector("input")); // a file may be chosen before this script is here
  look();
})();
