/** The fault rules in force, and a form for simple ones. */
import { element, syncChildren } from "./dom.js";
import { titles } from "./titles.js";

/** What the form offers: a title, and the part of the rule that does it. */
const EFFECTS = [
  { title: "Rate limited (429)", rule: { action: { rateLimit: { retryAfterSeconds: 1 } } } },
  { title: "Server error (500)", rule: { action: { status: 500 } } },
  { title: "Unavailable (503)", rule: { action: { status: 503 } } },
  { title: "Connection cut before it takes effect", rule: { action: { cut: true } } },
  { title: "Takes effect, then the answer is lost", rule: { when: "after", action: { cut: true } } },
  { title: "Takes effect, then the answer is cut in the middle", rule: { action: { truncated: true } } },
  {
    title: "A page of HTML in the answer's place (200)",
    rule: { action: { status: 200, text: "<html><body>Down for maintenance</body></html>" } },
  },
  { title: "3 seconds slower", rule: { action: { delayMs: 3000 } } },
];

const form = document.querySelector("#faults-form");
const message = document.querySelector("#faults-message");
const list = document.querySelector("#faults-list");
const clearAll = document.querySelector("#faults-clear");

form.elements.effect.append(...EFFECTS.map(({ title }, index) => element("option", { value: String(index) }, title)));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  addFault();
});
clearAll.addEventListener("click", () => send("DELETE", "/_sandbox/faults", "All faults are cleared."));

/**
 * Shows the rules in force.
 * @param {object[]} faults
 */
export function showFaults(faults) {
  syncChildren(list, faults, (fault) => String(fault.id), row);
  clearAll.hidden = faults.length < 2;
}

function addFault() {
  const { service, effect, method, times } = Object.fromEntries(new FormData(form));
  const rule = {
    ...EFFECTS[Number(effect)].rule,
    service,
    ...(method !== "" && { method }),
    times: times === "always" ? times : Number(times),
  };
  send("POST", "/_sandbox/faults", "Added.", rule);
}

async function send(method, path, done, body) {
  const answer = await fetch(path, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
  }).catch(() => undefined);
  if (answer?.ok) message.textContent = done;
  else message.textContent = answer ? (await answer.json()).problems.join(" ") : "The sandbox does not answer.";
}

function row(fault) {
  const clear = element("button", { type: "button", "aria-label": `Clear: ${describe(fault)}` }, "Clear");
  clear.addEventListener("click", () => send("DELETE", `/_sandbox/faults/${fault.id}`, "Cleared."));
  const usedUp = fault.times !== "always" && !fault.each && fault.hits >= fault.times;
  const hits = fault.hits === 1 ? "hit 1 call" : `hit ${fault.hits} calls`;
  return element(
    "li",
    { class: "fault" },
    element("span", { class: "name" }, describe(fault)),
    element("span", { class: "detail" }, usedUp ? `${hits}, used up` : hits),
    clear,
  );
}

function describe({ service, method, path, pathPattern, when, action, times }) {
  const where = [titles[service], method, path ?? pathPattern].filter((part) => part !== undefined).join(" ");
  const often = times === "always" ? "every call" : times === 1 ? "one call" : `${times} calls`;
  return `${where}: ${effectOf(action)}${when === "after" ? " after its effect" : ""}, ${often}`;
}

function effectOf(action) {
  if (action.rateLimit) return `rate limited, retry after ${action.rateLimit.retryAfterSeconds} s`;
  if (action.cut) return "connection cut";
  if (action.delayMs) return `${action.delayMs} ms slower`;
  return `answers ${action.status}`;
}
