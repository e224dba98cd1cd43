/** Everything that the CircleCI provider can be asked. */
import { type Plugin, secret } from "../../providers/harness.ts";
import { type Exercise, exerciseAll, type OnCreated, refused } from "./exercise.ts";

const PROJECT = "circleci:index:Project";
const APP_PROJECT = "App project";
const DEFINITION = "circleci:index:PipelineDefinition";
const CONTEXT = "circleci:index:Context";

/** Of a list of context variables. */
const PAGE_SIZE = 20;
const ORGANIZATION = "gh/acme";
const SLUG = `${ORGANIZATION}/site`;

const projects: readonly Exercise[] = [
  {
    token: PROJECT,
    inputs: () => ({ slug: SLUG }),
    changes: [
      () => ({ settings: { buildForkPrs: true, forksReceiveSecretEnvVars: false } }),
      () => ({ settings: { autocancelBuilds: false, setupWorkflows: true, disableSsh: true } }),
    ],
    importIds: () => [SLUG],
  },
  {
    token: "circleci:index:CheckoutKey",
    inputs: () => ({ project: SLUG, type: "deploy-key" }),
    changes: [],
    importIds: ({ id }) => [id],
  },
  {
    token: "circleci:index:ProjectVariable",
    inputs: () => ({ project: SLUG, name: "API_KEY", value: secret("the first value") }),
    changes: [() => ({ value: secret("the second value") })],
    importIds: () => [`${SLUG}/API_KEY`],
  },
];

const contexts: readonly Exercise[] = [
  {
    token: CONTEXT,
    inputs: () => ({ name: "site-production", organization: ORGANIZATION }),
    changes: [],
    importIds: ({ id }) => [id, `${ORGANIZATION}/site-production`],
  },
  {
    token: "circleci:index:ContextVariable",
    inputs: (made) => ({ contextId: made(CONTEXT).id, name: "TOKEN", value: secret("the first value") }),
    changes: [() => ({ value: secret("the second value") })],
    importIds: ({ id }) => [id, `${ORGANIZATION}/site-production/TOKEN`],
  },
  {
    token: "circleci:index:ContextRestriction",
    name: "restriction to a project",
    inputs: (made) => ({
      contextId: made(CONTEXT).id,
      type: "project",
      value: made(PROJECT).outputs["projectId"] as string,
    }),
    changes: [],
    importIds: ({ id }) => [id],
  },
  {
    token: "circleci:index:ContextRestriction",
    name: "restriction by an expression",
    inputs: (made) => ({
      contextId: made(CONTEXT).id,
      type: "expression",
      value: 'pipeline.git.branch == "main"',
    }),
    changes: [],
    importIds: ({ id }) => [id],
  },
];

/** Of an organization that the GitHub App connects. */
function appExercises(organization: string): readonly Exercise[] {
  return [
    {
      token: PROJECT,
      name: APP_PROJECT,
      inputs: () => ({ organization, name: "site" }),
      changes: [() => ({ settings: { buildForkPrs: true } })],
      importIds: ({ id }) => [id],
    },
    {
      token: DEFINITION,
      inputs: (made) => ({
        projectId: made(APP_PROJECT).outputs["projectId"] as string,
        name: "delivery",
        configSource: { repositoryId: "1001" },
        checkoutSource: { repositoryId: "1001" },
      }),
      changes: [
        () => ({ name: "deliver" }),
        () => ({ description: "Tests and delivers" }),
        () => ({ configSource: { repositoryId: "1001", filePath: ".circleci/deliver.yml" } }),
        () => ({ checkoutSource: { repositoryId: "1002" } }),
      ],
      importIds: ({ id }) => [id],
    },
    {
      token: "circleci:index:Trigger",
      name: "trigger by pushes",
      inputs: (made) => ({
        projectId: made(APP_PROJECT).outputs["projectId"] as string,
        definitionId: made(DEFINITION).outputs["definitionId"] as string,
        repositoryId: "1001",
        eventPreset: "all-pushes",
        checkoutRef: "main",
      }),
      changes: [() => ({ eventPreset: "only-build-prs" }), () => ({ checkoutRef: "develop" })],
      importIds: ({ id }) => [id],
    },
    {
      token: "circleci:index:Trigger",
      name: "trigger by a webhook",
      inputs: (made) => ({
        projectId: made(APP_PROJECT).outputs["projectId"] as string,
        definitionId: made(DEFINITION).outputs["definitionId"] as string,
        provider: "webhook",
        eventName: "release",
        sender: "registry",
        checkoutRef: "main",
        configRef: "main",
      }),
      changes: [
        () => ({ eventName: "published" }),
        () => ({ sender: "another registry" }),
        () => ({ configRef: "develop" }),
        () => ({ disabled: true }),
      ],
      importIds: ({ id }) => [id],
    },
  ];
}

/** The resources of both kinds of organization; `appOrganization` is the slug of the one with the GitHub App. */
export function circleciExercises(appOrganization: string): readonly Exercise[] {
  return [...projects, ...contexts, ...appExercises(appOrganization)];
}

/** Leads all resources through their lives, and has creates fail. */
export async function exerciseCircleci(plugin: Plugin, onCreated: OnCreated, appOrganization: string): Promise<void> {
  await exerciseAll(plugin, circleciExercises(appOrganization), onCreated);

  const context = await plugin.create(CONTEXT, { name: "taken", organization: ORGANIZATION });
  await refused(plugin.create(CONTEXT, { name: "taken", organization: ORGANIZATION }));
  // The last one looks through two pages.
  for (let number = 0; number <= PAGE_SIZE + 1; number += 1) {
    const inputs = { contextId: context.id, name: `VARIABLE_${number}`, value: secret(`the value ${number}`) };
    await plugin.create("circleci:index:ContextVariable", inputs);
  }
  await plugin.delete(CONTEXT, context);
  await refused(plugin.create(PROJECT, { slug: "circleci/nobody/nothing" }));
}
