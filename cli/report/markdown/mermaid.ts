/** The chain as a Mermaid flowchart, which GitHub draws. Source: Mermaid documentation, "Flowcharts Syntax". */
import type { ChangeOperation, Report, Service, ServiceReport } from "../report.ts";
import { countsOf, countsText, toldMeanings } from "../words.ts";

/** From one to the next. */
const ARROWS: readonly (readonly [Service, Service])[] = [
  ["GitHub", "CircleCI"],
  ["CircleCI", "Image"],
  ["Image", "Render"],
  ["Render", "Sentry"],
];

/** As narrow as can be: GitHub shrinks a wide picture until nobody can read it. */
const LAYOUT = '%%{init: {"flowchart": {"nodeSpacing": 12, "rankSpacing": 24, "wrappingWidth": 150, "padding": 8}}}%%';

const LINES = 3;
const CHARACTERS = 40;

/** Colours that are read on light and dark pages. */
const CLASSES: Readonly<Record<string, string>> = {
  same: "fill:#eaeef2,stroke:#8c959f,color:#1f2328",
  new: "fill:#dafbe1,stroke:#1a7f37,color:#0b3d19",
  changed: "fill:#fff8c5,stroke:#9a6700,color:#4d2d00",
  danger: "fill:#ffebe9,stroke:#cf222e,color:#82071e,stroke-width:3px",
};

/** The lines of the flowchart. */
export function chainPicture({ changes }: Report): string[] {
  const present = changes.map(({ service }) => service);
  const arrows = ARROWS.filter((ends) => ends.every((end) => present.includes(end)));
  return [
    LAYOUT,
    "flowchart LR",
    ...changes.map(node),
    ...arrows.map(([from, to]) => `  ${from} --> ${to}`),
    ...Object.entries(CLASSES).map(([name, style]) => `  classDef ${name} ${style}`),
  ];
}

function node({ service, changes, unchanged }: ServiceReport): string {
  const meanings = toldMeanings(changes);
  const lines = meanings.slice(0, LINES).map((meaning) => `• ${label(meaning)}`);
  const rest = meanings.length - lines.length;
  const total = changes.length > 0 ? countsText(countsOf(changes)) : `${unchanged} unchanged`;
  const all = [service, total, ...lines, ...(rest > 0 ? [`and ${rest} more`] : [])];
  return `  ${service}["${all.join("<br/>")}"]:::${classOf(changes.map(({ operation }) => operation))}`;
}

function classOf(operations: readonly ChangeOperation[]): string {
  if (operations.length === 0) return "same";
  if (operations.some((operation) => ["replace", "delete", "forget"].includes(operation))) return "danger";
  return operations.every((operation) => operation === "create" || operation === "import") ? "new" : "changed";
}

/** Text that cannot leave its label: every character with a meaning is Mermaid's entity for it. */
function label(text: string): string {
  const characters = [...text.replaceAll(/\s+/g, " ")];
  const shown = characters
    .slice(0, CHARACTERS)
    .map((character) => (/[\p{L}\p{N} .,:/-]/u.test(character) ? character : `#${character.codePointAt(0)};`));
  return `${shown.join("")}${characters.length > CHARACTERS ? "..." : ""}`;
}
