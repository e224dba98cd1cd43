/** How to use each provider: what stands above its resources. */
import type { Preface } from "./page.ts";

const PROGRAM = `Programs import the classes from \`providers/<name>/index.ts\`; the engine finds the plugin by the folder that
[Pulumi.yaml](../../Pulumi.yaml) names. Token and address come from the environment and are never written into the state. In the import commands
below, \`NAME\` is what the program calls the resource. \`pulumi package get-schema ./providers/<name>/pulumi-resource-<name>\` prints the package's
schema, from which SDKs for other languages are made.`;

export const prefaces = {
  render: {
    title: "Render",
    text: `${PROGRAM.replaceAll("<name>", "render")}

| variable | what it is |
| --- | --- |
| \`RENDER_API_KEY\` | an API key of a member of the workspace, made under Account Settings, API Keys |
| \`RENDER_BASE_URL\` | address of the API, with or without \`/v1\`; \`https://api.render.com\` when not set |

Create and update of a [WebService](#webservice) follow the deploy until it is live. A deploy that fails makes the run fail with its reason and
the last lines of its log; what served before goes on serving. The next run deploys again. \`customTimeouts\` bound the wait; when it ends early, or with
Ctrl-C, the next run waits for the same deploy.`,
  },
  circleci: {
    title: "CircleCI",
    text: `${PROGRAM.replaceAll("<name>", "circleci")}

| variable | what it is |
| --- | --- |
| \`CIRCLE_TOKEN\` | a personal API token of an administrator of the organization, made under User Settings, Personal API Tokens |
| \`CIRCLE_BASE_URL\` | address of a self-hosted CircleCI; \`https://circleci.com\` when not set |

An organization is connected to GitHub in one of two ways, and its slug tells which. With CircleCI's OAuth app it is \`gh/<organization>\`: a project is a repository that
CircleCI follows, and it may need a [CheckoutKey](#checkoutkey). With CircleCI's GitHub App it is \`circleci/<id>\`: a project has a [PipelineDefinition](#pipelinedefinition)
for each configuration and a [Trigger](#trigger) for what starts it.`,
  },
} satisfies Record<string, Preface>;
