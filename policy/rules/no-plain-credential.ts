import { setSecretCommand } from "../../lib/configuration-problems.ts";
import { credentialIn } from "../../lib/token-formats.ts";
import { labelOf } from "../kit/label.ts";
import { plainTexts } from "../kit/plain-texts.ts";
import type { ResourceRule } from "../kit/rule.ts";

/** No property holds, in plain, what has the shape of a credential. */
export const noPlainCredential: ResourceRule = {
  name: "no-plain-credential",
  title: "No plain property holds a token, a private key or a URL with a password.",
  where: "everywhere",
  level: "mandatory",
  severity: "critical",
  reason: "A plain property stands readable in the state, in previews and in their comments.",
  mend:
    "Take it out of the stack's file and set it as a secret, e.g. " +
    `\`${setSecretCommand("delivery:secretVariables.NAME")}\`. Make a new one at its service: the old one has been shown.`,
  *check(resource) {
    for (const { path, text } of plainTexts(resource.properties)) {
      const kind = credentialIn(text);
      if (kind) yield { problem: `${path} of ${labelOf(resource)} holds ${kind}.` };
    }
  },
};
