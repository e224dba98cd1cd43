/**
 * Changes of a database that the provider refuses. Render cannot make them in place, and a replacement would leave the
 * data behind: a person has to decide, with the step that each message names ("Render Postgres").
 */
import type { CheckFailure } from "../../../kit/resource.ts";
import type { PostgresInputs } from "./inputs.ts";
import { isNamed } from "./rules.ts";

/** What there is, as far as it is known. */
export type Present = Partial<
  Pick<
    PostgresInputs,
    "name" | "ownerId" | "region" | "version" | "plan" | "databaseName" | "databaseUser" | "diskSizeGB"
  >
> & { readonly diskAutoscalingEnabled?: boolean | undefined; readonly dashboardUrl?: string | undefined };

const NOT_AGAIN =
  "To move the data, make another database under another name, restore an export of this one into it " +
  "(dashboard, Recovery), and delete this one when nothing uses it";

/** What of the declaration would cost data, each with the step to take. Unknown values are absent. */
export function refusals(present: Present, declared: Partial<PostgresInputs>): CheckFailure[] {
  const at = present.dashboardUrl || "https://dashboard.render.com";
  const fixed = (["ownerId", "region", "databaseName", "databaseUser"] as const).flatMap((property) => {
    const [is, wanted] = [present[property], declared[property]];
    if (is === undefined || wanted === undefined || isSame(property, is, wanted)) return [];
    const reason = `is "${is}", and Render cannot change it to "${wanted}". Declare "${is}". ${NOT_AGAIN}. Nothing was changed: ${at}`;
    return [{ property, reason }];
  });
  return [
    ...fixed,
    ...versionRefusal(present, declared, at),
    ...planRefusal(present, declared),
    ...diskRefusal(present, declared),
  ];
}

function isSame(property: string, is: string, wanted: string): boolean {
  return property.startsWith("database") ? isNamed(is, wanted) : is === wanted;
}

function versionRefusal({ version: is }: Present, { version }: Partial<PostgresInputs>, at: string): CheckFailure[] {
  if (is === undefined || version === undefined || is === version) return [];
  const step =
    Number(version) > Number(is)
      ? `Upgrade it in the dashboard (${at}, Info, Upgrade), then run \`pulumi refresh\` and \`pulumi up\``
      : `PostgreSQL is never downgraded: declare "${is}"`;
  return [{ property: "version", reason: `is ${is}, and Render's API cannot change it to ${version}. ${step}` }];
}

function planRefusal({ plan: is }: Present, { plan }: Partial<PostgresInputs>): CheckFailure[] {
  if (is === undefined || plan !== "free" || is === plan) return [];
  return [
    {
      property: "plan",
      reason: `is "${is}", and Render takes "free" for a new database only. Declare "${is}" or a larger plan`,
    },
  ];
}

function diskRefusal(present: Present, { diskSizeGB }: Partial<PostgresInputs>): CheckFailure[] {
  const { diskSizeGB: is, diskAutoscalingEnabled } = present;
  if (is === undefined || diskSizeGB === undefined || diskSizeGB >= is || diskAutoscalingEnabled) return [];
  return [
    { property: "diskSizeGB", reason: `is ${is}, and a disk never shrinks. Declare ${is} or more. ${NOT_AGAIN}` },
  ];
}
