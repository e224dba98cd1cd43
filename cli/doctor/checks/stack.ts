/** The stack: where its state is, and whether an operation was interrupted. */
import type { Check } from "../check.ts";
import { ok, problem } from "../finding.ts";

export const stack: Check = {
  id: "stack",
  area: "Here",
  title: "stack and backend",
  asks: "`pulumi stack export`, which asks the backend for the stack's state.",
  finds: "The stack does not exist, or its backend gives no answer.",
  needs: ["engine"],
  async run({ facts: { stack: name, state } }) {
    if (state.value === undefined) {
      const missing = /no stack (named|selected)/.test(state.failure);
      const mend = missing
        ? `npm run pulumi -- stack init ${name ?? "NAME"}, or npm run pulumi -- stack select NAME`
        : "npm run pulumi -- login, with the address and the access of the backend in the environment.";
      return problem(`the state cannot be read: ${state.failure}`, mend);
    }
    const count = state.value.resources.length;
    return ok(
      count === 0 ? `${name ?? "the stack"} is there, and empty` : `${name ?? "the stack"} has ${count} resources`,
    );
  },
};

export const pendingOperations: Check = {
  id: "pending-operations",
  area: "Here",
  title: "interrupted operations",
  asks: "The pending operations in the same export.",
  finds: "An engine was killed; `npx --no delivery recover` settles what it was doing.",
  needs: ["stack"],
  async run({ facts }) {
    const pending = facts.state.value?.pending.length ?? 0;
    if (pending === 0) return ok("none");
    return problem(
      `${pending} were under way when an engine ended; an up could make things twice`,
      "npx --no delivery recover",
    );
  },
};
