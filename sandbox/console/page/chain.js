/** The picture of the chain: one card a service, with counts and the newest objects. */
import { clock, element, icon, link, syncChildren } from "./dom.js";

const chain = document.querySelector("#chain");
const site = document.querySelector("#site");
/** The parts of each card, by the service's name. */
const cards = new Map();

/**
 * Shows the chain as it is now.
 * @param {{ name: string, title: string, role: string, problem?: string, groups: object[] }[]} links
 */
export function showChain(links) {
  for (const linkOfChain of links) {
    const { groups, problem } = cards.get(linkOfChain.name) ?? addCard(linkOfChain);
    problem.textContent = linkOfChain.problem ?? "";
    for (const group of linkOfChain.groups) showGroup(groups, group);
  }
  showSite(links);
}

function addCard({ name, title, role }) {
  const groups = element("div", { class: "groups" });
  const problem = element("p", { class: "problem" });
  const head = element(
    "header",
    {},
    icon(name),
    element("div", {}, element("h3", {}, title), element("p", { class: "quiet" }, role)),
  );
  chain.append(element("li", { class: "card", "data-service": name }, head, problem, groups));
  const card = { groups, problem };
  cards.set(name, card);
  return card;
}

function showGroup(container, { title, count, newest }) {
  const group = [...container.children].find((child) => child.dataset.title === title) ?? addGroup(container, title);
  const [heading, list, more] = group.children;
  heading.querySelector(".count").textContent = String(count);
  group.classList.toggle("empty", count === 0);
  syncChildren(list, newest, (object) => object.id, showObject);
  const older = count - newest.length;
  more.textContent = older > 0 ? `and ${older} more` : "";
}

function addGroup(container, title) {
  const heading = element("h4", {}, `${title} `, element("span", { class: "count" }));
  const group = element(
    "section",
    { class: "group", "data-title": title },
    heading,
    element("ul"),
    element("p", { class: "quiet" }),
  );
  container.append(group);
  return group;
}

function showObject({ name, detail, status, url, time }) {
  return element(
    "li",
    {},
    element("span", { class: "name" }, url ? link(url, name) : name),
    status && element("span", { class: "pill", "data-tone": status.tone }, status.text.replaceAll("_", " ")),
    element("span", { class: "detail" }, detail, detail && time ? " · " : undefined, time ? clock(time) : undefined),
  );
}

/** The newest site that is live. */
function showSite(links) {
  const objects = links.flatMap(({ groups }) => groups.flatMap(({ newest }) => newest));
  const url = objects.find((object) => object.url)?.url;
  if (url === site.querySelector("a")?.getAttribute("href")) return;
  site.replaceChildren(...(url ? [link(url, "Open the running site")] : []));
}
