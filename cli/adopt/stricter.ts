/** What could be made stricter, and what each line would change. */
import { isMap, isScalar, parseDocument } from "yaml";
import { effectsAtSite } from "../../infra/variables.ts";
import { removeCommand, setCommand, setSecretCommand } from "../../lib/configuration-problems.ts";

/** One proposal. */
export interface Stricter {
  readonly key: string;
  /** What the change means, as a sentence. */
  readonly change: string;
  /** The command that makes it; `pulumi up` then writes it. */
  readonly command: string;
}

type Part = Readonly<Record<string, unknown>> | "off" | undefined;

/** Settings kept as found that deserve a word of their own. */
const KNOWN: Readonly<Record<string, string>> = {
  "pipeline.settings.forksReceiveSecretEnvVars": "Builds of forks no longer get the project's variables and keys.",
  "pipeline.settings.setGithubStatus": "CircleCI tells GitHub the state of each job.",
  "pipeline.settings.buildForkPrs": "Pull requests from forks are built, without secrets.",
  "pipeline.settings.writeSettingsRequiresAdmin": "Only administrators may change CircleCI's settings.",
  "pipeline.settings.setupWorkflows": "CircleCI refuses generated pipelines.",
  "pipeline.settings.autocancelBuilds": "A newer push cancels the running pipeline of its branch.",
  "site.healthCheckPath": "Render deploys only what answers at site.healthCheckPath: set the site's real path first.",
  ...Object.fromEntries(
    Object.entries(effectsAtSite()).map(([name, effect]) => [`site.environmentVariables.${name}`, effect]),
  ),
  "repository-ruleset.rules.deletion": "The default branch cannot be deleted.",
  "repository-ruleset.rules.pullRequest.dismissStaleReviewsOnPush": "A push takes earlier approvals back.",
};

/** What the text of a stack's file leaves open. */
export function stricter(text: string): { readonly stricter: Stricter[]; readonly kept: Stricter[] } {
  const document = parseDocument(text);
  const config = (document.toJS() as { config?: Record<string, unknown> } | null)?.config ?? {};
  const part = (name: string): Part => config[`delivery:${name}`] as Part;
  // The engine writes truth values at the top as texts.
  const isOn = (key: string): boolean => String(config[`delivery:${key}`]) === "true";
  const kept = asFound(document.getIn(["config", "delivery:asFound"]), []);
  return {
    stricter: [
      ...ofRepository(part("repository")),
      ...ofPipeline(part("pipeline")),
      ...ofImage(part("image")),
      ...(isOn("production") || isOn("protect")
        ? []
        : [set("protect", "true", "What holds data cannot be deleted by the chain.")]),
      ...kept.flatMap(({ key }) => (KNOWN[key] ? [take(`asFound.${key}`, KNOWN[key])] : [])),
    ],
    kept: kept
      .filter(({ key }) => !KNOWN[key])
      .map(({ key, value, note }) => take(`asFound.${key}`, `${key}: ${value}${note ? `; ${note}` : ""}`)),
  };
}

function ofRepository(repository: Part): Stricter[] {
  if (typeof repository !== "object") return [];
  const { ruleset, visibility, vulnerabilityAlerts, secretScanning, pipelineFile } = repository;
  return [
    ...(ruleset === "off"
      ? [take("repository.ruleset", "Changes of the default branch need a pull request with one approval.")]
      : []),
    ...(visibility === "public" ? [set("repository.visibility", "private", "Only members see the repository.")] : []),
    ...(vulnerabilityAlerts === false
      ? [take("repository.vulnerabilityAlerts", "GitHub warns of dependencies with known vulnerabilities.")]
      : []),
    ...(secretScanning === true
      ? []
      : [set("repository.secretScanning", "true", "GitHub refuses pushes that hold a secret, where the plan has it.")]),
    ...(pipelineFile === "observed"
      ? [
          take(
            "repository.pipelineFile",
            "The chain writes its own pipeline over yours, and a ruleset requires its checks.",
          ),
        ]
      : []),
  ];
}

function ofPipeline(pipeline: Part): Stricter[] {
  if (typeof pipeline !== "object") return [];
  const { context, contextVariables, restrictContext } = pipeline;
  if (context === "off") return [take("pipeline.context", "The environment gets a context of its own.")];
  return [
    ...(restrictContext === false
      ? [take("pipeline.restrictContext", "Only this project's jobs get the context's variables.")]
      : []),
    ...(contextVariables === "off"
      ? [take("pipeline.contextVariables", "The chain writes the variables that its own pipeline takes.")]
      : []),
  ];
}

function ofImage(image: Part): Stricter[] {
  if (typeof image !== "object") return [];
  const { delivery, username } = image;
  return [
    ...(delivery === "continuous"
      ? [set("image.delivery", "build", "`pulumi up` builds, pushes and deploys, under a tag that names one content.")]
      : []),
    ...(username === undefined
      ? [
          {
            key: "delivery:image.password",
            change: "The chain reads the registry with a login of its own.",
            command: `${setCommand("delivery:image.username")} && ${setSecretCommand("delivery:image.password")}`,
          },
        ]
      : []),
  ];
}

/** Every argument that is kept as found, with what stands beside it in the file. */
function asFound(node: unknown, path: readonly string[]): { key: string; value: string; note: string | undefined }[] {
  if (isMap(node)) return node.items.flatMap(({ key, value }) => asFound(value, [...path, String(key)]));
  if (node === undefined || path.length < 2) return [];
  const value = isScalar(node) ? node.value : (node as { toJSON(): unknown }).toJSON();
  const note = isScalar(node) ? node.comment?.trim() : undefined;
  return [{ key: path.join("."), value: JSON.stringify(value), note }];
}

function set(key: string, value: string, change: string): Stricter {
  return { key: `delivery:${key}`, change, command: setCommand(`delivery:${key}`, value) };
}

function take(key: string, change: string): Stricter {
  return { key: `delivery:${key}`, change, command: removeCommand(`delivery:${key}`) };
}
