/** The environment of a Render project that something belongs to. */
import { joinEnvironment, leaveEnvironment } from "../api/environments.ts";
import type { ApiContext } from "../client.ts";

/** Moves an object to the environment that is declared. Out of one only when this was declared before. */
export async function moveTo(
  api: ApiContext,
  { id, environmentId: actual }: { readonly id: string; readonly environmentId?: string | undefined },
  before: string | undefined,
  declared: string | undefined,
): Promise<void> {
  if (declared === actual) return;
  if (declared !== undefined) await joinEnvironment(api, declared, id);
  else if (actual !== undefined && actual === before) await leaveEnvironment(api, actual, id);
}
