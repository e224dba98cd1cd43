/** The stack's configuration. */
import type { Check } from "../check.ts";
import { notChecked, ok, problem } from "../finding.ts";

export const secrets: Check = {
  id: "secrets",
  area: "Here",
  title: "secrets of the stack",
  asks: "`pulumi config --show-secrets` and `pulumi stack export --show-secrets`; what they print is kept in memory.",
  finds: "The passphrase or the key is another one, or absent.",
  needs: ["stack"],
  async run({ facts }) {
    if (facts.unreadableSecrets === undefined) return ok("readable");
    return problem(
      `not readable: ${facts.unreadableSecrets}`,
      "export PULUMI_CONFIG_PASSPHRASE=..., or give access to the key service that the stack's file names.",
    );
  },
};

export const configuration: Check = {
  id: "configuration",
  area: "Here",
  title: "configuration",
  asks: "Reads it with `pulumi config` and holds it against the program's own rules, as a preview does.",
  finds: "Each setting that is missing, unknown, not accepted, or at odds with another.",
  needs: ["engine", "secrets"],
  async run({ facts }) {
    if (facts.configuration) return ok("every setting is accepted, and they agree");
    if (facts.problems.length === 0) return notChecked("it could not be read");
    return facts.problems.map(({ key, problem: what, mend }) => problem(`${key} ${what}`, mend));
  },
};
