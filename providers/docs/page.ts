/** The page of one provider. */
import { nameOf, type PackageSpec } from "../kit/package-spec.ts";
import { functionSection, resourceSection, summary } from "./sections.ts";

/** What the schema does not know of a provider. */
export interface Preface {
  /** The vendor's name: `Render`. */
  readonly title: string;
  /** Paragraphs on how to use the provider. */
  readonly text: string;
}

/** The page as Markdown. `example` gives the program that shows a resource or a function, by its token. */
export function providerPage(spec: PackageSpec, preface: Preface, example: (token: string) => string): string {
  const resources = Object.entries(spec.resources);
  const functions = Object.entries(spec.functions);
  const contents = [...resources, ...functions].map(([token, { description }]) => {
    const name = nameOf(token);
    return `| [${name}](#${name.toLowerCase()}) | ${summary(description)} |`;
  });
  const blocks = [
    `# The ${preface.title} provider`,
    "<!-- Made by `npm run docs` from the provider's schema. Edit its definitions, not this page. -->",
    spec.description,
    preface.text,
    [
      `| ${functions.length > 0 ? "resource or function" : "resource"} | what it is |`,
      "| --- | --- |",
      ...contents,
    ].join("\n"),
    ...resources.map(([token, resource]) => resourceSection(token, resource, example(token), spec)),
    ...functions.map(([token, fn]) => functionSection(token, fn, example(token), spec)),
  ];
  return `${blocks.join("\n\n")}\n`;
}
