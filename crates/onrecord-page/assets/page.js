// Ties the words of the report to their entries: what is chosen is shown in both places.
// An entry has the id `s4`; its words carry data-id="s4"; the first of them has the id `w-s4`.
"use strict";

const all = (selector) => [...document.querySelectorAll(selector)];
const byId = (id) => document.getElementById(id);
const wordsOf = (id) => all(`[data-id="${CSS.escape(id)}"]`);
const entryOf = (anchor) => anchor.replace(/^w-/, "").replace(/-\d+$/, "");
const isShown = (element) => element.getClientRects().length > 0;

let chosen = null;

/** Shows one entry and its words as chosen, and no other. */
function choose(id) {
  all(".on").forEach((element) => element.classList.remove("on"));
  chosen = id && byId(id) ? id : null;
  if (chosen) [byId(id), ...wordsOf(id)].forEach((element) => element.classList.add("on"));
}

/** Moves the reader's eye and the keyboard to an element. */
function goTo(element) {
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
}

/** Goes to an entry (`s4`) or to its words (`w-s4`). */
function visit(anchor) {
  const element = byId(anchor);
  if (!element || !byId(entryOf(anchor))) return false;
  if (!isShown(element)) return true;
  choose(entryOf(anchor));
  goTo(element);
  history.replaceState(null, "", `#${anchor}`);
  return true;
}

/** The next or the previous entry that is shown, in the order of the page. */
function walk(step) {
  const entries = all("[data-entry]").filter(isShown);
  const at = entries.findIndex((entry) => entry.id === chosen);
  const start = step > 0 ? 0 : entries.length - 1;
  const next = at < 0 ? entries[start] : entries[at + step];
  if (next) visit(next.id);
}

/** From words back to their entry; from an entry back to nothing. */
function back() {
  if (chosen && document.activeElement.id.startsWith("w-")) {
    visit(chosen);
    return;
  }
  choose(null);
  document.activeElement.blur();
  history.replaceState(null, "", location.pathname + location.search);
}

/** Marked words that were clicked: the entry of the innermost mark, then of the one around it. */
function clickWords(target) {
  const around = [];
  for (let e = target.closest("[data-id]"); e; e = e.parentElement.closest("[data-id]")) {
    if (byId(e.dataset.id) && isShown(byId(e.dataset.id))) around.push(e.dataset.id);
  }
  if (around.length === 0) return;
  const id = around[(around.indexOf(chosen) + 1) % around.length];
  choose(id);
  byId(id).scrollIntoView({ block: "nearest" });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  if (link) {
    if (visit(link.hash.slice(1))) event.preventDefault();
  } else if (event.target.closest("[data-entry]")) {
    choose(event.target.closest("[data-entry]").id);
  } else if (event.target.closest(".words") && getSelection().isCollapsed) {
    clickWords(event.target);
  }
});

const KEYS = {
  n: () => walk(1),
  ArrowRight: () => walk(1),
  p: () => walk(-1),
  ArrowLeft: () => walk(-1),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") back();
  const onRadio = event.target.matches('input[type="radio"]') && event.key.startsWith("Arrow");
  if (event.ctrlKey || event.metaKey || event.altKey || onRadio || !byId("keys").checked) return;
  const layer = /^[1-7]$/.test(event.key) && all('.layers input')[event.key - 1];
  if (layer) layer.click();
  else if (KEYS[event.key]) KEYS[event.key]();
  else return;
  event.preventDefault();
});

addEventListener("hashchange", () => visit(location.hash.slice(1)));
// Times and names in the text are many: the tab key goes by entries, which lead to them.
all(".words a[data-id]").forEach((link) => { link.tabIndex = -1; });
all(".keys").forEach((line) => { line.hidden = false; });
if (location.hash) visit(location.hash.slice(1));
