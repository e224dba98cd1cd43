/** Pull requests: their checks, reviews, obstacles, changes and comments, and what the team does with them. */
import { clock, element } from "./dom.js";
import { pill, read, showEntries } from "./entries.js";

const list = document.querySelector("#pulls-list");
const empty = document.querySelector("#pulls-empty");
const message = document.querySelector("#pulls-message");

/** The repository in which the sandbox's team works. */
const TEAMS = /\/site$/;

button("#pulls-open", () => act("Pushing a branch", "/_sandbox/pull-requests", { failing: false }));
button("#pulls-open-failing", () => act("Pushing a branch", "/_sandbox/pull-requests", { failing: true }));

/**
 * Shows them as they are now.
 * @param {object[]} pulls
 */
export function showPulls(pulls) {
  empty.hidden = pulls.length > 0;
  showEntries({ list, items: pulls, keyOf: ({ repository, number }) => `${repository}/${number}`, summary, details });
}

function summary({ repository, number, title, author, state, branch, checks }) {
  const worst = ["failure", "error", "pending", "success"].find((one) => checks.some((check) => check.state === one));
  return [
    element("span", { class: "name" }, `#${number} ${title}`),
    pill(state),
    ...(worst ? [element("span", { class: "detail" }, "checks "), pill(worst)] : []),
    element("span", { class: "detail" }, `${author} in ${repository}, branch ${branch}`),
  ];
}

async function details(pull) {
  const { repository, number, state, checks, reviews, obstacles } = pull;
  const shown = await read(`/_sandbox/pull-requests/${repository}/${number}`);
  const isOpen = state === "open";
  return [
    part(
      "Checks",
      checks.map(({ name, state, description }) => [name, pill(state), description]),
    ),
    part(
      "Reviews",
      reviews.map(({ author, state }) => [author, pill(state)]),
    ),
    ...(isOpen
      ? [
          part(
            "Keeps it from being merged",
            obstacles.map((sentence) => [sentence]),
          ),
        ]
      : []),
    ...(isOpen && TEAMS.test(repository) ? [actions(number)] : []),
    ...(shown?.comments ?? []).map(comment),
    ...(shown?.files ?? []).map(file),
  ];
}

function part(title, rows) {
  const items = rows.map((cells) => element("li", {}, ...cells.flatMap((cell) => [cell, " "])));
  const none = element("p", { class: "quiet" }, "None.");
  return element("section", {}, element("h3", {}, title), items.length > 0 ? element("ul", {}, ...items) : none);
}

function actions(number) {
  const one = (text, action) => {
    const made = element("button", { type: "button" }, text);
    made.addEventListener("click", () => act(`${text}: under way`, `/_sandbox/pull-requests/${number}/${action}`));
    return made;
  };
  return element("p", { class: "actions" }, one("Approve", "approve"), one("Merge", "merge"));
}

function comment({ author, body, time }) {
  const head = element("p", { class: "detail" }, `${author} commented, `, clock(time));
  return element("section", { class: "comment" }, head, element("pre", { tabindex: "0" }, body));
}

function file({ filename, status, additions, deletions, patch }) {
  const kinds = { "+": "added", "-": "removed", "@": "place" };
  const lines = (patch ?? "").split("\n").map((line) => element("span", { "data-kind": kinds[line[0]] }, `${line}\n`));
  return element(
    "section",
    {},
    element("h3", {}, `${filename} `, element("span", { class: "detail" }, `${status}, +${additions} -${deletions}`)),
    patch
      ? element("pre", { class: "diff", tabindex: "0", "aria-label": `Changes of ${filename}` }, ...lines)
      : element("p", { class: "quiet" }, "Not text."),
  );
}

function button(selector, work) {
  document.querySelector(selector).addEventListener("click", work);
}

/** Asks for something to be done, and says how it went. */
async function act(meanwhile, path, body) {
  message.textContent = meanwhile;
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body ?? {}),
  }).catch(() => undefined);
  if (!answer) message.textContent = "The sandbox does not answer.";
  else if (answer.ok) message.textContent = "Done.";
  else message.textContent = (await answer.json()).problems.join(" ");
}
