/** Changes that a resource refuses because they would cost data. */
import { plainPrior, type priorOf } from "./prior.ts";
import type { AnyResource, Runtime } from "./runtime.ts";
import { findSecrets } from "./secrets.ts";
import { containsUnknown, type PropertyTree, plain } from "./values.ts";

/** Throws with every reason when the definition refuses to bring the prior object to these inputs. */
export function refuse<Client>(
  runtime: Runtime<Client>,
  definition: AnyResource<Client>,
  prior: ReturnType<typeof priorOf>,
  news: PropertyTree,
): void {
  const unknown = new Set(Object.keys(news).filter((name) => containsUnknown(news[name])));
  const refused = definition.refusals?.(plainPrior(prior), plain(news), unknown) ?? [];
  if (refused.length === 0) return;
  const redact = runtime.redact(findSecrets(news, prior.inputs, prior.outputs));
  throw new Error(redact(refused.map(({ property, reason }) => `${property}: ${reason}`).join("\n")));
}
