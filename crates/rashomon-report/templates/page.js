// Opens the words behind a reference beside the text, and filters the points. The page reads without it.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const panel = document.getElementById("panel");
  const body = document.getElementById("panel.body");
  const heading = document.getElementById("panel.h");
  let opener = null;

  // s1.A.120.180 → story, letter, first byte, last byte.
  const parse = (id) => {
    const found = /^(s\d+)\.([A-Z]+)\.(\d+)\.(\d+)$/.exec(id);
    return found && { id, text: `${found[1]}.${found[2]}`, letter: found[2], start: +found[3], end: +found[4] };
  };
  const segments = (place, within) =>
    [...within.querySelectorAll("[data-s]")].filter((it) => +it.dataset.s < place.end && +it.dataset.e > place.start);
  const linesOf = (place) => {
    const text = document.getElementById(place.text);
    if (!text) return [];
    const lines = new Set(segments(place, text).map((it) => it.closest(".line")));
    return [...lines];
  };
  const element = (name, className, text) => {
    const it = document.createElement(name);
    if (className) it.className = className;
    if (text) it.textContent = text;
    return it;
  };

  const excerpt = (place) => {
    const box = element("section", "excerpt");
    const text = document.getElementById(place.text);
    const name = text ? text.querySelector("summary b").textContent : "";
    const head = element("h3");
    head.append(element("span", "letter", place.letter), " ", element("span", "", name));
    box.append(head);
    for (const line of linesOf(place).slice(0, 12)) {
      const copy = line.cloneNode(true);
      copy.querySelectorAll("[id]").forEach((it) => it.removeAttribute("id"));
      copy.querySelectorAll(".at").forEach((it) => it.remove());
      copy.querySelectorAll("[data-s]").forEach((it) => (it.className = ""));
      segments(place, copy).forEach((it) => it.classList.add("lit"));
      box.append(copy);
    }
    const link = element("a", "go", "Show in the full text");
    link.href = `#${place.id}`;
    box.append(link);
    if (text && text.dataset.link) {
      const send = element("a", "send", "Address of these words");
      send.href = `${text.dataset.link}?at=${place.start}-${place.end}#at`;
      box.append(" · ", send);
    }
    return box;
  };

  const open = (title, parts, from) => {
    heading.textContent = title;
    body.replaceChildren(...parts);
    opener = from;
    panel.hidden = false;
    root.classList.add("open");
    heading.focus({ preventScroll: true });
    panel.scrollTop = 0;
  };
  const close = () => {
    if (panel.hidden) return;
    panel.hidden = true;
    root.classList.remove("open");
    if (opener && opener.isConnected) opener.focus({ preventScroll: true });
  };

  const light = (scroll) => {
    document.querySelectorAll("main .lit").forEach((it) => it.classList.remove("lit"));
    const place = parse(decodeURIComponent(location.hash.slice(1)));
    if (!place) return;
    const text = document.getElementById(place.text);
    if (!text) return;
    text.open = true;
    const lit = segments(place, text);
    lit.forEach((it) => it.classList.add("lit"));
    if (scroll && lit.length) lit[0].scrollIntoView({ block: "center" });
  };

  // What rests on a line: every statement that points into it.
  const resting = (line) => {
    const spans = [...line.querySelectorAll("[data-s]")];
    if (!spans.length) return [];
    const start = +spans[0].dataset.s;
    const end = +spans[spans.length - 1].dataset.e;
    const prefix = `#${line.closest("details").id}.`;
    const seen = new Set();
    const found = [];
    for (const ref of document.querySelectorAll(`main a.ref[href^="${CSS.escape(prefix).replace(/\\([.#])/g, "$1")}"]`)) {
      const place = parse(ref.getAttribute("href").slice(1));
      const home = ref.closest("li, tr, article");
      if (!place || !home || seen.has(home) || place.start >= end || place.end <= start) continue;
      seen.add(home);
      const section = ref.closest("section[id]").querySelector("h2");
      const label = home.querySelector("th span, .wording, b, .term, blockquote") || home;
      const box = element("section", "excerpt");
      box.append(element("h3", "", section ? section.textContent : ""));
      const go = element("a", "go", label.textContent.trim().replace(/\s+/g, " ").slice(0, 240));
      go.href = ref.getAttribute("href");
      go.addEventListener("click", (event) => {
        event.preventDefault();
        close();
        home.scrollIntoView({ block: "center" });
        ref.focus({ preventScroll: true });
      });
      box.append(go);
      found.push(box);
    }
    return found;
  };

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const go = event.target.closest(".go");
    if (go && panel.contains(go)) {
      close();
      if (go.getAttribute("href") === location.hash) light(true);
      return;
    }
    const ref = event.target.closest("a.ref, a.edge-link");
    if (ref) {
      const group = ref.closest(".refs");
      const links = group ? [...group.querySelectorAll("a.ref")] : [ref];
      const href = (it) => it.getAttribute("href").slice(1);
      const first = href(ref);
      const ids = [...new Set([first, ...links.map(href)])];
      const places = ids.map(parse).filter((it) => it && document.getElementById(it.text));
      if (!places.length) return;
      event.preventDefault();
      open(places.length > 1 ? `Evidence in ${places.length} places` : "Evidence", places.map(excerpt), ref);
      return;
    }
    const number = event.target.closest("main a.number");
    if (number) {
      const parts = resting(number.closest(".line"));
      if (!parts.length) return;
      event.preventDefault();
      open("What rests on this line", parts, number);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  document.getElementById("panel.close").addEventListener("click", close);
  addEventListener("hashchange", () => light(true));
  light(true);

  for (const filter of document.querySelectorAll(".filter")) {
    const table = document.getElementById(filter.dataset.matrix);
    const rows = [...table.querySelectorAll("tr[data-status]")];
    const buttons = [...filter.querySelectorAll("button")];
    const show = (what) => {
      let n = 0;
      for (const row of rows) {
        const on = what === "every" || row.dataset.status === what || (what === "disputed" && row.dataset.disputed === "true");
        row.hidden = !on;
        n += on;
      }
      for (const group of table.tBodies) group.hidden = !group.querySelector("tr[data-status]:not([hidden])");
      table.classList.toggle("filtered", what !== "every");
      filter.querySelector("[aria-live]").textContent = `${n} points shown`;
    };
    buttons.forEach((button) =>
      button.addEventListener("click", () => {
        buttons.forEach((it) => it.setAttribute("aria-pressed", String(it === button)));
        show(button.dataset.show);
      }),
    );
  }
  document.querySelectorAll(".unfold").forEach((button) =>
    button.addEventListener("click", () => {
      const on = button.closest("tbody").classList.toggle("unfolded");
      button.setAttribute("aria-expanded", String(on));
    }),
  );
})();
