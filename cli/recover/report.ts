/** What recovery tells the user. */
import type { Decision } from "./decision.ts";
import type { Plan } from "./proof.ts";
import type { Stale } from "./stale.ts";

const WAS = {
  creating: "created",
  updating: "updated",
  deleting: "deleted",
  reading: "read",
  importing: "imported",
};

const CONSEQUENCE: Record<Decision["action"], string> = {
  import: "It will be imported.",
  clear: "Only the mark will be cleared.",
  refresh: "It will be read again.",
  ask: "You have to decide.",
};

/** The interrupted operations and what is to be done about each. */
export function decisionsText(decisions: readonly Decision[]): string {
  const title =
    decisions.length === 1 ? "1 operation was interrupted:" : `${decisions.length} operations were interrupted:`;
  const lines = decisions.map(({ action, operation, reason, what }) => {
    const was = WAS[operation.type];
    return `  ${what}\n      was being ${was}. ${indented(reason)} ${CONSEQUENCE[action]}\n`;
  });
  return `${title}\n\n${lines.join("")}`;
}

/** What the state holds otherwise than it is. */
export function staleText(stale: readonly Stale[]): string {
  const lines = stale.map(({ what, reason }) => `  ${what}\n      ${reason} It will be read again.\n`);
  return `The state is behind the services:\n\n${lines.join("")}`;
}

/** How the user decides about what is undecided, one resource a line. */
export function choicesText(decisions: readonly Decision[]): string {
  const commands = decisions.flatMap((decision) => {
    if (decision.action !== "ask") return [];
    const { urn } = decision.operation.resource;
    return [...decision.choices.map((id) => `  --import '${urn}=${id}'`), `  --clear '${urn}'`];
  });
  return `Recover again with one of these for each resource:\n${commands.join("\n")}`;
}

/** What the next `up` does. */
export function planText(plan: Plan): string {
  const counts = Object.entries(plan).map(([op, count]) => `${count} to ${op}`);
  return counts.length === 0 ? "The next `up` changes nothing." : `Left for the next \`up\`: ${counts.join(", ")}.`;
}

function indented(reason: string): string {
  return reason.replaceAll("\n", "\n      ");
}
