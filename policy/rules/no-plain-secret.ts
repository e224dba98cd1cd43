import { setSecretCommand } from "../../lib/configuration-problems.ts";
import { labelOf } from "../kit/label.ts";
import { plainTexts } from "../kit/plain-texts.ts";
import type { ResourceRule } from "../kit/rule.ts";
import { credentialIn } from "../kit/token-formats.ts";

/** Names whose last word says that the value is secret. A DSN is public by design. */
const NAMES_SECRET =
  /(?:password|passwd|passphrase|secret|token|credential|(?:api|secret|private|access|signing|encryption)_?key|_pwd)$/;
/** Some such values are made to be seen. */
const NAMES_PUBLIC = /public|publishable/;
/** What stands for a value: a reference, a placeholder, a path, a switch or a number. */
const NO_VALUE = /^(?:|\$.*|<.*>|\{\{.*\}\}|\/.*|true|false|on|off|none|null|\d{1,6})$/is;

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
      if (!speaksOfSecret(name) || names.includes(name) || NO_VALUE.test(text)) continue;
      // The rule of credentials says so already.
      if (!credentialIn(text)) yield { problem: `${path} of ${labelOf(resource)} is not secret.` };
    }
  },
};

function speaksOfSecret(name: string): boolean {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
  return NAMES_SECRET.test(words) && !NAMES_PUBLIC.test(words);
}
