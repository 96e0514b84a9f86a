// Comfort on top of pages that work without it: keys, dropped files, and a word when something new has come.
const root = document.documentElement;
root.classList.add("js");

const rows = () => [...document.querySelectorAll("[data-list] > [data-row]")];
let current = -1;
const go = (step) => {
  const all = rows();
  if (!all.length) return;
  all[current]?.classList.remove("current");
  current = Math.min(all.length - 1, Math.max(0, current + step));
  const row = all[current];
  row.classList.add("current");
  (row.querySelector("[data-open]") ?? row.querySelector("a"))?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
};

const pages = { s: "/", q: "/quotes", c: "/compare", a: "/alerts", f: "/sources" };
const keys = document.getElementById("keys");
let waiting = false;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (keys?.open) return;
  const wasWaiting = waiting;
  waiting = false;
  if (wasWaiting && pages[event.key]) {
    location.href = pages[event.key];
    return;
  }
  switch (event.key) {
    case "j": go(1); break;
    case "k": go(-1); break;
    case "o": rows()[current]?.querySelector("[data-open]")?.click(); break;
    case "g": waiting = true; return;
    case "/": document.getElementById("find")?.focus(); break;
    case "?": keys?.showModal(); break;
    default: return;
  }
  event.preventDefault();
});

const drop = document.getElementById("drop");
if (drop) {
  const input = drop.querySelector("input");
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  });
}

// One stream for all tabs of a browser: the tab that holds the lock listens and tells the others.
const watched = document.querySelector("[data-live]");
const show = (change) => {
  if (!watched || document.getElementById("live")) return;
  // A list of stories waits for stories, a story for itself, an article for its versions.
  const here = decodeURIComponent(watched.dataset.live);
  const touches = here === "/" ? change.story : [`/stories/${change.story}`, `/articles/${change.article}`].includes(here);
  if (!touches) return;
  const box = document.createElement("p");
  box.className = "live";
  box.id = "live";
  box.setAttribute("role", "status");
  const link = document.createElement("a");
  link.href = location.href.split("#")[0];
  link.textContent = "Something new has come. Show it.";
  link.addEventListener("click", (event) => { event.preventDefault(); location.reload(); });
  box.append(link);
  document.getElementById("main").append(box);
};
if (watched && "locks" in navigator && "BroadcastChannel" in window) {
  const channel = new BroadcastChannel("rashomon");
  channel.addEventListener("message", (event) => show(event.data));
  navigator.locks.request("rashomon-events", () => new Promise(() => {
    const source = new EventSource("/api/v1/events");
    source.addEventListener("change", (event) => {
      const change = JSON.parse(event.data);
      channel.postMessage(change);
      show(change);
    });
  }));
}
