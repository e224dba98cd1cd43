/** Lists whose entries open: an open one stays open, and its details fresh, while what it shows changes. */
import { element, syncChildren } from "./dom.js";

/**
 * Shows items as entries that open.
 * @template T
 * @param {{ list: Element, items: readonly T[], keyOf(item: T): string, summary(item: T): Node[],
 *   details(item: T): Promise<Node[]> | Node[] }} parts
 */
export function showEntries({ list, items, keyOf, summary, details }) {
  syncChildren(list, items, keyOf, (item) => {
    const key = keyOf(item);
    const before = [...list.children].find((child) => child.dataset.key === key);
    const wasOpen = before?.firstElementChild.open ?? false;
    const body = element("div", { class: "entry-body" });
    const box = element("details", { open: wasOpen }, element("summary", {}, ...summary(item)), body);
    const fill = async () => body.replaceChildren(...(await details(item)));
    if (wasOpen) {
      // What was there stays until the new has come.
      body.append(...before.querySelector(".entry-body").childNodes);
      fill();
    }
    box.addEventListener("toggle", () => {
      if (box.open && body.children.length === 0) fill();
    });
    return element("li", { class: "entry", "data-key": key }, box);
  });
}

const TONES = {
  success: "good",
  merged: "good",
  APPROVED: "good",
  open: "busy",
  pending: "busy",
  running: "busy",
  queued: "busy",
  failing: "bad",
  failed: "bad",
  failure: "bad",
  error: "bad",
  not_run: "bad",
  unauthorized: "bad",
  CHANGES_REQUESTED: "bad",
};

/**
 * A status in words, coloured.
 * @param {string} status
 */
export function pill(status) {
  return element("span", { class: "pill", "data-tone": TONES[status] }, status.replaceAll("_", " ").toLowerCase());
}

/**
 * JSON from the sandbox; undefined when it does not answer.
 * @param {string} path
 */
export async function read(path) {
  const answer = await fetch(path).catch(() => undefined);
  return answer?.ok ? answer.json() : undefined;
}
