// The reader: a panel beside the chat that shows a card's source, scrolled to its words, and a search within it.
// The search marks its hits with highlights that live beside the document, so the text itself is never touched.
(() => {
  "use strict";

  let opener = null;
  let opening = 0;
  let returned = Promise.resolve();
  const found = new WeakMap();

  function panel() {
    let aside = document.querySelector("#reader");
    if (!aside) {
      aside = document.createElement("aside");
      aside.id = "reader";
      aside.tabIndex = -1;
      aside.hidden = true;
      aside.addEventListener("scroll", () => requestAnimationFrame(() => lookAt(aside)), { passive: true });
      document.body.append(aside);
    }
    return aside;
  }

  async function open(address, from) {
    const aside = panel();
    const quote = new URL(address).pathname.split("/").pop();
    const asked = ++opening;
    const answered = await fetch(`${document.body.dataset.root ?? ""}/read/${quote}?beside=${beside(from)}`);
    const shown = await answered.text();
    await returned; // Back, pressed a moment ago, must not close what is opened now
    if (asked !== opening) return;
    aside.innerHTML = shown; // composed by our own templates, every foreign character encoded
    aside.setAttribute("aria-label", aside.querySelector("h2")?.textContent ?? "");
    aside.hidden = false;
    document.body.classList.add("reading");
    if (!history.state?.reader) history.pushState({ ...history.state, reader: true }, ""); // Back closes it
    opener = from;
    document.querySelectorAll(".quote.open-now").forEach((card) => card.classList.remove("open-now"));
    from?.closest(".quote")?.classList.add("open-now");
    const mark = aside.querySelector("#mark");
    (mark ?? aside).focus({ preventScroll: true });
    mark?.scrollIntoView({ block: "center" });
    lookAt(aside);
  }

  // the quotes of the same answer, under their numbers
  function beside(from) {
    const cards = from?.closest(".message, .answer")?.querySelectorAll(".quote") ?? [];
    // the number as it is printed: Gradio takes the attribute that has it away
    const number = (card) => card.querySelector(".number")?.textContent.replace(/\D/g, "");
    return [...cards].map((card) => `${number(card)}~${card.id}`).join(",");
  }

  function close() {
    hide();
    if (!history.state?.reader) return;
    const here = location.href; // the conversation may have got its address meanwhile
    returned = new Promise((done) => {
      const back = () => {
        history.replaceState(history.state, "", here);
        done();
      };
      addEventListener("popstate", back, { once: true });
    });
    history.back();
  }

  // the part of the source that is in sight, on the map
  function lookAt(aside) {
    const part = aside.querySelector(".source-map .window");
    const whole = aside.querySelector(".turns");
    if (!part || !whole?.offsetHeight) return;
    const share = (length) => `${Math.min(Math.max((100 * length) / whole.offsetHeight, 0), 100)}%`;
    const top = aside.scrollTop - whole.offsetTop;
    part.style.left = share(top);
    part.style.width = share(Math.min(aside.clientHeight, whole.offsetHeight - top));
  }

  function go(link) {
    const place = document.getElementById(new URL(link.href).hash.slice(1));
    if (!place) return;
    const folded = place.closest("details");
    if (folded) folded.open = true;
    place.scrollIntoView({ block: "center" });
    place.focus({ preventScroll: true });
    for (const one of link.parentElement.children) one.toggleAttribute("aria-current", one === link);
  }

  function hide() {
    panel().hidden = true;
    document.body.classList.remove("reading");
    document.querySelectorAll(".quote.open-now").forEach((card) => card.classList.remove("open-now"));
    opener?.focus();
    opener = null;
  }

  function search(form) {
    const wanted = form.querySelector("input").value;
    const last = found.get(form);
    if (last?.wanted === wanted) return last;
    const ranges = wanted.trim() ? hits(about(form), wanted.toLowerCase()) : [];
    const mark = about(form).querySelector("#mark");
    const before = (range) => mark && range.comparePoint(mark, 0) > 0; // the search begins at the quote
    const fresh = { wanted, ranges, at: ranges.filter(before).length - 1 };
    found.set(form, fresh);
    if (window.CSS?.highlights) CSS.highlights.set("hits", new Highlight(...ranges));
    return fresh;
  }

  function about(form) {
    return form.closest("#reader, .source");
  }

  function hits(root, wanted) {
    const ranges = [];
    for (const said of root.querySelectorAll(".said, .source-title")) {
      const nodes = [];
      const walker = document.createTreeWalker(said, NodeFilter.SHOW_TEXT);
      let length = 0;
      while (walker.nextNode()) {
        nodes.push([length, walker.currentNode]);
        length += walker.currentNode.data.length;
      }
      const words = said.textContent.toLowerCase();
      for (let at = words.indexOf(wanted); at >= 0; at = words.indexOf(wanted, at + wanted.length)) {
        const range = document.createRange();
        range.setStart(...place(nodes, at));
        range.setEnd(...place(nodes, at + wanted.length));
        ranges.push(range);
      }
    }
    return ranges;
  }

  function place(nodes, offset) {
    let [start, node] = nodes[0];
    for (const [begin, candidate] of nodes) {
      if (begin > offset) break;
      [start, node] = [begin, candidate];
    }
    return [node, Math.min(offset - start, node.data.length)];
  }

  function step(form, by) {
    const state = search(form);
    const count = state.ranges.length;
    form.querySelector("output").textContent = count ? `${((state.at + by + count) % count) + 1} / ${count}` : "0";
    if (!count) return;
    state.at = (state.at + by + count) % count;
    const range = state.ranges[state.at];
    if (window.CSS?.highlights) CSS.highlights.set("hit", new Highlight(range));
    range.startContainer.parentElement.scrollIntoView({ block: "nearest" });
    const box = range.getBoundingClientRect();
    if (box.top < 130 || box.bottom > innerHeight - 20) scrollBy_(form, box.top - innerHeight / 2);
  }

  function scrollBy_(form, distance) {
    const aside = form.closest("#reader");
    (aside ?? window).scrollBy(0, distance);
  }

  window.addEventListener("popstate", () => {
    if (document.body.classList.contains("reading") && !history.state?.reader) hide();
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form.within")) return;
    event.preventDefault();
    step(event.target, 1);
  });
  document.addEventListener("keydown", (event) => {
    const form = event.target.closest?.("form.within");
    if (form && event.key === "Enter" && event.shiftKey) {
      event.preventDefault();
      step(form, -1);
    }
    if (event.key === "Escape" && document.body.classList.contains("reading")) close();
  });
  document.addEventListener("click", (event) => {
    const target = event.target;
    const form = target.closest("form.within");
    const mapped = target.closest(".source-map a");
    if (mapped) {
      event.preventDefault();
      go(mapped);
    } else if (form && target.closest(".previous")) step(form, -1);
    else if (form && target.closest(".close")) close();
    else if (document.querySelector("#chat")) {
      const card = target.closest("#chat .quote");
      const read = target.closest("a.read");
      if (event.ctrlKey || event.metaKey || event.shiftKey || !card) return;
      if (!read && (target.closest("a, button, summary, details") || String(getSelection()))) return;
      event.preventDefault();
      const link = card.querySelector("a.read");
      open(link.href, link);
    }
  });
})();
