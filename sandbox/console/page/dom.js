/** Building and updating the page. Whatever comes from a service is set as text, never as HTML. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element with attributes and children. Text children become text nodes; absent ones are left out.
 * @param {string} tag
 * @param {Record<string, string | boolean | undefined>} attributes
 * @param {...(Node | string | undefined)} children
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/**
 * One of the icons that index.html defines.
 * @param {string} name
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
}

/**
 * A link to another local page. Any other address is shown as text: a name that a caller chose cannot become a script.
 * @param {string} url
 * @param {string} text
 */
export function link(url, text) {
  if (!/^https?:\/\//.test(url)) return element("span", {}, text);
  return element("a", { href: url, target: "_blank", rel: "noopener" }, text);
}

/**
 * A time of day for people, the full time for programs.
 * @param {string} iso
 */
export function clock(iso) {
  const time = new Date(iso);
  return element("time", { datetime: iso }, Number.isNaN(time.valueOf()) ? iso : time.toLocaleTimeString("en-GB"));
}

/** What `syncChildren` made of each parent's children: the element and the item that it shows. */
const shown = new WeakMap();

/**
 * Makes the children show the items, in order. A child stays while its item is equal, so focus and open parts stay
 * too; a changed or new one is made anew and carries the class "fresh", except at the first time.
 * @template T
 * @param {Element} parent
 * @param {readonly T[]} items
 * @param {(item: T) => string} keyOf
 * @param {(item: T) => HTMLElement} create
 */
export function syncChildren(parent, items, keyOf, create) {
  const before = shown.get(parent);
  const now = new Map();
  for (const item of items) {
    const key = keyOf(item);
    const text = JSON.stringify(item);
    const known = before?.get(key);
    const child = known?.text === text ? known.child : create(item);
    if (before && child !== known?.child) child.classList.add("fresh");
    now.set(key, { child, text });
  }
  const wanted = [...now.values()].map(({ child }) => child);
  for (const child of [...parent.children]) if (!wanted.includes(child)) child.remove();
  wanted.forEach((child, index) => {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
  shown.set(parent, now);
}
