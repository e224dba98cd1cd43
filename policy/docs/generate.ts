/** Writes the page of the policies from the rules. */
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { policyPage } from "./policy-page.ts";

writeFileSync(resolve(import.meta.dirname, "../../docs/policy.md"), policyPage());
