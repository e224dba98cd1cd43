import { setSecretCommand } from "../../lib/configuration-problems.ts";
import { isSecretByName } from "../../lib/secret-names.ts";
import { credentialIn } from "../../lib/token-formats.ts";
import { labelOf } from "../kit/label.ts";
import { plainTexts } from "../kit/plain-texts.ts";
import type { ResourceRule } from "../kit/rule.ts";

/** No property whose name speaks of a secret is plain. A guess by names, so it advises. */
export const noPlainSecret: ResourceRule = {
  name: "no-plain-secret",
  title: "No plain property has a name that speaks of a password, a token or a key.",
  where: "everywhere",
  level: "advisory",
  severity: "high",
  reason: "A plain property stands readable in the state, in previews and in their comments.",
  mend:
    `\`${setSecretCommand("delivery:secretVariables.NAME")}\`, and take NAME out of \`delivery:site.variables\`. When it ` +
    "is no secret, name it in policy/config.json, no-plain-secret.names.",
  settings: {
    names: {
      description: "names of properties and variables that hold no secret, whatever they are called",
      default: [],
    },
  },
  *check(resource, { names = [] }) {
    for (const { path, name, text } of plainTexts(resource.properties)) {
      if (!isSecretByName(name, text) || names.includes(name)) continue;
      // The rule of credentials says so already.
      if (!credentialIn(text)) yield { problem: `${path} of ${labelOf(resource)} is not secret.` };
    }
  },
};
