/** Reports that are full of text that means harm, or of very many changes. */
import fc from "fast-check";
import type { EngineEvent } from "../../../cli/engine-events/index.ts";
import { type Report, reportOf } from "../../../cli/report/index.ts";
import { eventsOf, metadataOf, previewOf, urnOf } from "./engine-events.ts";

const TOKENS = [
  ...[
    "`",
    "``",
    "```",
    "````````",
    "~~~",
    "|",
    "\\|",
    "\\",
    "*",
    "**",
    "_",
    "[x](http://x)",
    "![x](http://x)",
    "<!--",
    "-->",
  ],
  ...[
    "<b>",
    "</b>",
    "</td></tr></table>",
    "</details>",
    "</code>",
    "<img src=x onerror=y>",
    "<script>",
    "</script>",
    "</style>",
  ],
  ...[
    "@octocat",
    "@acme/team",
    "#1",
    "GH-1",
    "acme/site#1",
    "https://github.com/a/b/issues/1",
    "www.example.com",
    "a@example.com",
  ],
  ...[
    "\n",
    "\r\n",
    "\t",
    "    ",
    "\n\n# title\n",
    "\n> [!NOTE]\n",
    "\n---\n",
    "&amp;",
    "&#64;octocat",
    "$x$",
    ":tada:",
  ],
  ...['"', "'", "]", '"]', ";", "%%", "end", "#quot;", "{{", "subgraph", "click a call b()"],
  ...[
    "\u001b[31m",
    "\u001b]0;title\u0007",
    "\u009b31m",
    "\u0000",
    "\b",
    "\u202e",
    "\u2066",
    "\u200b",
    "\ufeff",
    "\u2028",
    "\ud800",
  ],
];

/** Text with what has a meaning to Markdown, HTML, Mermaid or a terminal in it. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...TOKENS), fc.string({ unit: "binary", maxLength: 4 })), {
    minLength: 1,
    maxLength: 12,
  })
  .map((parts) => parts.join(""));

/** A report with the text in every place that somebody else fills. */
export function hostileReport(text: string): Report {
  const type = "render:index:WebService";
  const resource = { urn: urnOf(type, text), resourceUrn: urnOf(type, text) };
  const repository = "github:index/repository:Repository";
  const lines = `${text}\n${text}\n`;
  const steps = [
    { op: "delete", type, name: text, old: { inputs: { name: text } } },
    {
      op: "update",
      type: repository,
      name: text,
      old: { inputs: { name: "a" } },
      new: { inputs: { name: text } },
      differs: { name: "update-replace" },
    },
    {
      op: "update",
      type,
      name: "site",
      old: { inputs: { plan: "a" } },
      new: { inputs: { plan: text } },
      differs: { plan: "update" },
    },
    {
      op: "update",
      type: "a:b:File",
      name: "file",
      old: { inputs: { content: "\n\n" } },
      new: { inputs: { content: lines } },
      differs: { content: "update" },
    },
    { op: "create", type: `other:index:${text}`, name: text, new: { inputs: { [text]: { [text]: [text] } } } },
  ];
  const stack = { ...metadataOf({ op: "same", type: "pulumi:pulumi:Stack" }) };
  const outputs = { site: { url: text }, image: { tag: text, digest: text } };
  const events = eventsOf([
    ...steps.map((step) => ({ resOutputsEvent: { metadata: metadataOf(step) } })),
    { resOutputsEvent: { metadata: { ...stack, new: { outputs } } } },
    {
      policyEvent: {
        ...resource,
        policyName: text,
        policyPackName: text,
        message: text,
        enforcementLevel: "mandatory",
      },
    },
    {
      policyEvent: { ...resource, policyName: text, policyPackName: text, message: text, enforcementLevel: "advisory" },
    },
    { diagnosticEvent: { ...resource, severity: "error", message: text } },
    { diagnosticEvent: { ...resource, severity: "warning", message: lines } },
  ]);
  return reportOf(events, { operation: "preview", stack: text, failure: text });
}

/** The events of a preview in which so many resources change: new, changed and replaced ones in turn. */
export function manyChanges(count: number): EngineEvent[] {
  const steps = Array.from({ length: count }, (_, index) => {
    const name = `thing-${index}-with-a-name-of-some-length`;
    if (index % 3 === 0)
      return { op: "create", type: "circleci:index:ContextVariable", name, new: { inputs: { name, contextId: "c" } } };
    if (index % 3 === 1) {
      const [old, made] = ["starter", "pro"].map((plan) => ({ inputs: { name, plan } }));
      return {
        op: "update",
        type: "render:index:WebService",
        name,
        ...(old && { old }),
        ...(made && { new: made }),
        differs: { plan: "update" },
      };
    }
    const [old, made] = ["a", "b"].map((organization) => ({ inputs: { slug: name, organization } }));
    const differs = { organization: "update-replace" };
    return {
      op: "replace",
      type: "sentry:index/sentryProject:SentryProject",
      name,
      ...(old && { old }),
      ...(made && { new: made }),
      differs,
    };
  });
  return previewOf(...steps);
}
