/** Text inside HTML. */

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** The text as content or attribute of an element. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

/** A message of several lines, with what stands between backticks as code. */
export function messageHtml(message: string): string {
  const lines = message.split("\n").map((line) => {
    const parts = line.split(/`([^`]+)`/);
    return parts
      .map((part, index) => (index % 2 === 1 ? `<code>${escapeHtml(part)}</code>` : escapeHtml(part)))
      .join("");
  });
  return lines.join("<br>");
}

/** The address when a link to it is harmless: a web page. */
export function webAddress(url: string | undefined): string | undefined {
  const parsed = url === undefined ? null : URL.parse(url);
  return parsed && ["http:", "https:"].includes(parsed.protocol) ? parsed.href : undefined;
}
