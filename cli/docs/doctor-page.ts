/** docs/doctor.md: every check of `delivery doctor`, from the checks themselves. */
import { AREAS, type Check } from "../doctor/check.ts";
import { checks } from "../doctor/checks/index.ts";

const HEAD = `# delivery doctor

<!-- Made by \`npm run docs\` from cli/doctor/checks. Edit those, or cli/docs/doctor-page.ts. -->

\`npx --no delivery doctor\` looks, before the first \`up\`, at everything that an \`up\` depends on: this machine, each token at its service, what the
accounts' plans offer, the image's registry, and names that somebody has taken. It checks the parts that are on in the stack's configuration,
side by side, and says for each finding what to do.

    npx --no delivery doctor --stack prod

| option | what it does |
| --- | --- |
| \`-s\`, \`--stack <name>\` | the stack; without it the one that is selected |
| \`--timeout <seconds>\` | how long each check may take, 30 by default |
| \`--json\` | prints one object: \`stack\`, \`counts\` by result, and \`lines\`, each with \`check\`, \`area\`, \`title\`, \`result\`, \`found\`, \`mend\` (what to do) and \`waitsFor\` (the id of a check) |

**It only reads.** It sends GET and HEAD requests, and with a login at Docker Hub one POST to its \`/v2/auth/token\`, which makes a token of
ten minutes and nothing else. Nothing is installed, and no file of the project is written. No token, password or passphrase is in what it prints, and
what a service answers is cleaned of control characters first.

## Results

| result | what it means |
| --- | --- |
| \`ok\` | in order |
| \`warn\` | an \`up\` works; look at it all the same |
| \`problem\` | an \`up\` would fail, or do what nobody wants |
| \`not checked\` | nobody could tell: what it builds on is out of order (\`waits for: ...\`), or the service does not say |

The exit code is 0 without a problem, 2 with at least one, and 1 when the command itself failed. Warnings do not change it.

A name is *this stack's* when the stack's state has it. One that exists elsewhere would make \`up\` fail or make a second thing of that name:
\`npx --no delivery adopt\` takes what exists into the stack: [adopt.md](adopt.md).

## What no request tells

- Whether a fine-grained GitHub token may write. What it may read is tried, on a repository that is there.
- Whether the owner's plan at GitHub includes Secret Protection, and, for tokens that may not see it, the plan itself.
- Whether the user of CircleCI's token is an administrator of the organization, unless GitHub knows the same user.
- Render's workspace plan and its payment data.
- How many requests are left at CircleCI. Sentry's limit is one of seconds, and every client waits for it.
- Whether a login may push to a registry that issues no tokens, or opaque ones.
- Docker Hub's webhooks, and who holds the address of a Render deploy hook. What a hook has deployed is seen at Render.

## Addresses

\`GITHUB_BASE_URL\`, \`CIRCLE_BASE_URL\`, \`SENTRY_BASE_URL\` and \`RENDER_BASE_URL\` are taken as the providers take them; \`github:baseUrl\` and
\`sentry:baseUrl\` of the stack's configuration go before. \`DOCKER_HUB_URL\` and \`DOCKER_HUB_REGISTRY_URL\` name a proxy that stands before
hub.docker.com and registry-1.docker.io.
`;

/** The page. */
export function doctorPage(): string {
  return [
    HEAD,
    ...AREAS.map((area) =>
      section(
        area,
        checks.filter((check) => check.area === area),
      ),
    ),
  ].join("\n");
}

function section(title: string, rows: readonly Check[]): string {
  const lines = rows.map(({ id, asks, finds }) => `| \`${id}\` | ${asks} | ${finds} |`);
  return `## ${title}\n\n${["| check | how it looks | what it finds |", "| --- | --- | --- |", ...lines].join("\n")}\n`;
}
