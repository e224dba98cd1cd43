/** A CircleCI file as a person would write it: sections apart, and a word on what is not plain from the keys. */
import { type Document, isMap, isScalar, parseDocument, stringify } from "yaml";

/** What the SDK generates, as far as it is read here. */
export interface GeneratedConfig {
  readonly version?: unknown;
  readonly executors?: Readonly<Record<string, object>>;
  readonly commands?: unknown;
  readonly jobs: Readonly<Record<string, { readonly executor?: unknown }>>;
  readonly workflows: Readonly<Record<string, { readonly jobs?: readonly unknown[] }>>;
}

const ORDER = ["version", "executors", "commands", "jobs", "workflows"] as const;

/** The file's text. @param branch the branch whose commits are delivered. */
export function readable(config: GeneratedConfig, branch: string): string {
  const sections = ORDER.filter((name) => config[name] !== undefined).map((name) => [name, config[name]] as const);
  const plain = { ...Object.fromEntries(sections), workflows: shortened(config.workflows) };
  const document = parseDocument(stringify(plain, { lineWidth: 0, aliasDuplicateObjects: false }));
  if (isMap(document.contents))
    for (const { key } of document.contents.items.slice(1)) if (isScalar(key)) key.spaceBefore = true;
  const comments: readonly [path: readonly string[], comment: string][] = [
    [["commands", "install"], "The dependencies, downloaded anew only when they change."],
    [["jobs", "lint"], "As the team's configuration says."],
    [["jobs", "test", "environment"], "Throw-away values, with which the settings load. They guard nothing."],
    [["jobs", "settings"], "The settings as the environment runs them."],
    [["jobs", "deliver"], `Each commit of ${branch} that has passed: its image, its deploy, its release.`],
  ];
  for (const [path, comment] of comments) explain(document, path, comment);
  return document.toString({ lineWidth: 0 });
}

function explain(document: Document.Parsed, path: readonly string[], comment: string): void {
  const parent = document.getIn(path.slice(0, -1));
  if (!isMap(parent)) return;
  const pair = parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1));
  if (pair && isScalar(pair.key)) pair.key.commentBefore = ` ${comment}`;
}

/** A job without settings is its name alone. */
function shortened(workflows: GeneratedConfig["workflows"]) {
  const short = (job: unknown): unknown => {
    const [[name, settings] = [], ...others] = Object.entries(job as object);
    return others.length === 0 && Object.keys(settings ?? {}).length === 0 ? name : job;
  };
  return Object.fromEntries(
    Object.entries(workflows).map(([name, workflow]) => [name, { ...workflow, jobs: workflow.jobs?.map(short) }]),
  );
}

/** The job that delivers, with its executor written out, and the line of a workflow that runs it after the team's jobs. */
export function deliveryAlone({ executors, jobs, workflows }: GeneratedConfig): string {
  const { executor, ...job } = jobs["deliver"] ?? {};
  const [[name, { jobs: invoked = [] }] = ["checks", {}]] = Object.entries(workflows);
  const invocation = invoked.find(
    (one): one is { deliver: object } => typeof one === "object" && "deliver" in (one ?? {}),
  );
  const settings = Object.entries(invocation?.deliver ?? {}).filter(([key]) => key !== "requires");
  const deliver = { requires: ["your jobs that have to pass"], ...Object.fromEntries(settings) };
  const inline = executors?.[String(executor)] ?? {};
  return stringify(
    { jobs: { deliver: { ...inline, ...job } }, workflows: { [name]: { jobs: [{ deliver }] } } },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
}
