/** What docs/policy.md says besides the tables. */

export const HEAD = `# Policies

<!-- Made by \`npm run docs\` from policy/rules. Edit those, or policy/docs. -->

What has to hold in every stack, and what has to hold in production, as rules that a preview and an update are held against. \`npx --no delivery preview\` and \`npx --no delivery up\` run them; the engine alone does with

\`\`\`sh
pulumi preview --policy-pack policy/run-policy --policy-pack-config policy/config.json
\`\`\`

Breaking a mandatory rule fails the preview or the update with exit code 1; an advisory one is only told. All findings come at once. Each names the resource, what is wrong with it, why there is the rule, and what to do. None holds
a value that is secret or looks like one. A stack is production when its file says \`delivery:production: true\`.
`;

export const READING = `## What the rules see

The inputs of each resource, before anything is done to it. WHOLE_STACK look at the whole stack, at the end of a preview or an update: an update that makes no preview first (\`pulumi up --skip-preview\`) hears of them when it is done, and a preview that fails by itself does not come to them. What a preview cannot know yet is
taken for what is meant, and looked at in the update. A sealed preview is held against the same rules.

- An image's tag always means the same image when it is the chain's own (\`content-...\`), a digest, a commit (7 hexadecimal digits or more), a full version (\`1.4.2\`), a date (\`2026-11-25\`) or a build's number (\`build-47\`).
- A credential is known by its shape: CREDENTIALS. A secret without such a shape is guessed from its name, so that rule only advises. A Sentry DSN is public by design.
- The engine tells a policy pack whether a resource is protected, not whether it is retained. The chain does both at once.
- Without the pipeline, or with a \`.circleci/config.yml\` of the team's own, the chain requires no check, and \`required-checks\` says so.
`;

export const CHANGING = `## Change a rule, or switch it off

\`policy/config.json\` is the team's: upgrades leave it alone. A rule's level is \`mandatory\`, \`advisory\` or \`disabled\`; \`"all": "advisory"\` is for a beginning. An exception lets one resource pass, and says why; the finding is still reported, as advice.

\`\`\`json
{
  "version": 2,
  "policies": {
    "required-checks": "advisory",
    "ci-reports-status": "disabled",
    "allowed-plan": { "plans": ["starter", "standard"], "enforcementLevel": "advisory" }
  },
  "exceptions": {
    "OPS-17": {
      "reason": "The site's source is published",
      "match": [
        {
          "policies": ["public-visibility"],
          "targets": ["urn:pulumi:prod::delivery::delivery:shared:SourceRepository$github:index/repository:Repository::repository"]
        }
      ]
    }
  }
}
\`\`\`

\`npx --no delivery preview --no-policy\` and \`npx --no delivery up --no-policy\` leave all rules out. A list that stands in the file takes the place of the default:
`;

export const ADDING = `## Add a rule

One file in \`policy/rules\`, named like the rule, and a line in \`policy/rules/index.ts\`. A rule is its name, what holds, where, level, severity, why, how to fix it, and a function that yields what breaks it: \`check\` for one resource at
a time, \`checkStack\` for the whole stack (\`policy/kit/rule.ts\`). \`lookUp\` reads a property that may be secret or unknown. Then a stack that breaks it in \`test/unit/policy.test.ts\`, and \`npm run docs\`.
`;
