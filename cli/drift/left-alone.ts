/** Values that were changed at a service and stay as they are, as a report shows them. */
import { kindOf } from "../report/catalogue/index.ts";
import type { LeftAlone, PropertyChange } from "../report/index.ts";
import { cleanText } from "../report/values/clean.ts";
import { sideOf } from "../report/values/marker.ts";
import { parsePath } from "../report/values/path.ts";
import { isSecretPath } from "../report/values/secrecy.ts";
import { described } from "./described.ts";
import type { Judgement } from "./judge.ts";

type Sides = Pick<PropertyChange, "before" | "after">;

/** All of one resource. */
export function leftAlone({ reading, untouched }: Judgement): LeftAlone[] {
  const { urn, service, kind, label } = described(reading);
  return untouched.map(({ path, before, after, reason, isDrift }) => {
    const sides = { before: sideOf(before), after: sideOf(after) };
    const isSecret = isSecretPath(kindOf(reading.type), parsePath(path));
    const place = { urn, service, kind, label, path: cleanText(path) };
    return { ...place, ...(isSecret ? hidden(sides) : alike(sides)), reason, isDrift };
  });
}

/** A value that is a secret on one side is not shown on the other: whether it is marked depends on who gave it. */
export function alike(sides: Sides): Sides {
  return sides.before.state === "secret" || sides.after.state === "secret" ? hidden(sides) : sides;
}

function hidden({ before, after }: Sides): Sides {
  const hide = (side: Sides["before"]): Sides["before"] => (side.state === "known" ? { state: "secret" } : side);
  return { before: hide(before), after: hide(after) };
}
