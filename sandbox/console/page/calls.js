/** Every call as it happens, the newest first, with a filter. */
import { showDetails } from "./call-details.js";
import { clock, element } from "./dom.js";
import { titles } from "./titles.js";

const KEPT = 2000;
const SHOWN = 200;

const list = document.querySelector("#calls-list");
const empty = document.querySelector("#calls-empty");
const count = document.querySelector("#calls-count");
const filter = document.querySelector("#calls-filter");
const pause = document.querySelector("#calls-pause");

/** Calls that the page knows, the oldest first. */
let calls = [];
/** Number of the last call that is in the list, or would be if the filter let it. */
let lastListed = 0;

/** Forgets all calls. */
export function resetCalls() {
  calls = [];
  lastListed = 0;
  showAll();
}

/**
 * Adds calls, unless the list is paused: then they wait.
 * @param {{ number: number, service: string, time: string, method: string, path: string, status: number | null,
 *   durationMs: number, notEmulated: boolean, fault?: string }[]} added
 */
export function addCalls(added) {
  calls = [...calls, ...added].slice(-KEPT);
  if (!isPaused()) showNew();
  showCount();
}

filter.addEventListener("change", showAll);
filter.addEventListener("submit", (event) => event.preventDefault());
pause.addEventListener("click", () => {
  pause.setAttribute("aria-pressed", String(!isPaused()));
  if (!isPaused()) showNew();
  showCount();
});

const isPaused = () => pause.getAttribute("aria-pressed") === "true";
const isFailed = (call) => call.status === null || call.status >= 400;
const isProblem = (call) => isFailed(call) || call.notEmulated || call.fault !== undefined;

/** The known calls that the filter lets through. */
function passing() {
  const chosen = new FormData(filter);
  const service = chosen.get("service");
  const onlyProblems = chosen.has("problems");
  return calls.filter((call) => (service === "" || service === call.service) && (!onlyProblems || isProblem(call)));
}

function showNew() {
  const added = passing().filter((call) => call.number > lastListed);
  list.prepend(...added.slice(-SHOWN).reverse().map(row));
  while (list.children.length > SHOWN) list.lastElementChild.remove();
  lastListed = calls.at(-1)?.number ?? lastListed;
  showEmpty();
}

function showAll() {
  const listed = passing().filter((call) => !isPaused() || call.number <= lastListed);
  list.replaceChildren(...listed.slice(-SHOWN).reverse().map(row));
  if (!isPaused()) lastListed = calls.at(-1)?.number ?? lastListed;
  showEmpty();
  showCount();
}

function showEmpty() {
  empty.hidden = list.children.length > 0;
  empty.textContent =
    calls.length > 0
      ? "No call passes the filter."
      : "No calls yet. In another terminal: npm run sandbox -- exec -- pulumi up";
}

function showCount() {
  const waiting = isPaused() ? calls.filter((call) => call.number > lastListed).length : 0;
  pause.textContent = isPaused() ? `Resume (${waiting} new)` : "Pause";
  const total = calls.length - waiting;
  const matching = passing().filter((call) => call.number <= lastListed).length;
  const listed = list.children.length;
  const older = matching > listed ? `, the newest ${listed} shown` : "";
  count.textContent = matching === total ? `${total}${older}` : `${matching} of ${total}${older}`;
}

function row(call) {
  const summary = element(
    "summary",
    { class: "line" },
    element("span", { class: "when" }, clock(call.time)),
    element("span", { class: "service" }, titles[call.service]),
    element("span", { class: "method" }, call.method),
    element(
      "span",
      { class: "path" },
      element("span", {}, call.path),
      call.notEmulated ? element("span", { class: "pill", "data-tone": "busy" }, "not emulated") : undefined,
      call.fault ? element("span", { class: "pill", "data-tone": "fault" }, `fault ${call.fault}`) : undefined,
    ),
    element("span", { class: "status" }, call.status === null ? "cut off" : String(call.status)),
    element("span", { class: "duration" }, `${call.durationMs} ms`),
  );
  const details = element("details", {}, summary);
  details.addEventListener("toggle", () => {
    if (details.open && details.children.length === 1) showDetails(details, call.number);
  });
  const kind = isFailed(call) ? "failed" : isProblem(call) ? "odd" : "fine";
  return element("li", { class: "call", "data-kind": kind }, details);
}
