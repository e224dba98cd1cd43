/** What Render offers for a database of a plan and version, as far as its documents tell. */
import type { CheckFailure } from "../../../kit/resource.ts";
import { HIGH_AVAILABILITY_SINCE, offersHighAvailability } from "../../vendor-values.ts";
import { allowListProblems } from "../datastore/allow-list.ts";
import type { PostgresInputs } from "./inputs.ts";

/** Checks that the schema cannot express. Unknown values are absent. */
export function checkPostgres(inputs: Partial<PostgresInputs>): CheckFailure[] {
  return [
    ...diskProblems(inputs),
    ...standbyProblems(inputs),
    ...allowListProblems(inputs.ipAllowList),
    ...repeatedReplicas(inputs),
  ];
}

/** Whether two spellings are one name: Render may add four letters to the one that was asked for. */
export function isNamed(actual: string, declared: string): boolean {
  return (
    actual === declared ||
    (actual.startsWith(`${declared}_`) && /^[a-z0-9]{4}$/.test(actual.slice(declared.length + 1)))
  );
}

/** 1 GB or a multiple of 5 ("Flexible Plans for Render Postgres"); the disk of a free database cannot be chosen. */
function diskProblems({ plan, diskSizeGB }: Partial<PostgresInputs>): CheckFailure[] {
  if (diskSizeGB === undefined) return [];
  const fail = (reason: string) => [{ property: "diskSizeGB", reason }];
  if (plan === "free") return fail('is fixed in the plan "free"; leave it out, or declare a larger plan');
  if (diskSizeGB === 1 || diskSizeGB % 5 === 0) return [];
  return fail(
    `is ${diskSizeGB}, and Render has disks of 1 GB or a multiple of 5 GB; declare ${Math.ceil(diskSizeGB / 5) * 5}`,
  );
}

function standbyProblems({ plan, version, highAvailability }: Partial<PostgresInputs>): CheckFailure[] {
  if (!highAvailability) return [];
  const fail = (reason: string) => [{ property: "highAvailability", reason }];
  if (plan !== undefined && !offersHighAvailability(plan)) {
    return fail(`is not offered for the plan "${plan}"; declare a plan of the Pro or Accelerated family, or false`);
  }
  if (version === undefined || Number(version) >= HIGH_AVAILABILITY_SINCE) return [];
  return fail(`needs version ${HIGH_AVAILABILITY_SINCE} or newer, and this is ${version}; declare false`);
}

function repeatedReplicas({ readReplicas = [] }: Partial<PostgresInputs>): CheckFailure[] {
  const names = readReplicas.map((replica) => replica.name);
  return names.flatMap((name, index) =>
    name !== undefined && names.indexOf(name) < index
      ? [{ property: `readReplicas[${index}].name`, reason: `"${name}" is there twice` }]
      : [],
  );
}
