/** Request and response of one call, fetched when it is opened. */
import { element } from "./dom.js";

/**
 * Adds both sides of the call to its row; secrets are masked by the sandbox.
 * @param {HTMLElement} row
 * @param {number} number
 */
export async function showDetails(row, number) {
  const sides = element("div", { class: "sides" }, element("p", { class: "quiet" }, "Loading"));
  row.append(sides);
  const answer = await fetch(`/_sandbox/calls/${number}`).catch(() => undefined);
  if (!answer?.ok) {
    sides.replaceChildren(element("p", { class: "quiet" }, "The sandbox no longer has this call."));
    return;
  }
  const call = await answer.json();
  const target = `${call.method} ${call.path}`;
  const outcome = call.status === null ? "The connection was cut." : `Status ${call.status}`;
  sides.replaceChildren(
    side("Request", target, call.requestHeaders, call.requestBody),
    side("Response", outcome, call.responseHeaders, call.responseBody),
  );
}

function side(title, firstLine, headers, body) {
  const headerLines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return element(
    "section",
    { "aria-label": title },
    element("h3", {}, title),
    element("p", { class: "first-line" }, firstLine),
    headerLines.length > 0 ? foldedHeaders(title, headerLines) : undefined,
    body === null ? element("p", { class: "quiet" }, "No body.") : block(`${title} body`, bodyText(body)),
  );
}

function foldedHeaders(title, lines) {
  const summary = element("summary", { class: "headers-title" }, `${lines.length} headers`);
  return element("details", { class: "headers" }, summary, block(`${title} headers`, lines.join("\n")));
}

const bodyText = (body) => (typeof body === "string" ? body : JSON.stringify(body, undefined, 2));

/** Scrolls by keyboard too, so it takes focus and has a name. */
function block(label, text) {
  return element("pre", { tabindex: "0", role: "region", "aria-label": label }, text);
}
