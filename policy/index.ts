/**
 * The policy pack: `pulumi preview --policy-pack policy/run-policy`.
 * Served without `@pulumi/pulumi/cmd/run-policy-pack`, which loads a TypeScript compiler for what Node runs by itself.
 */
import "../lib/light-sdk.ts";
import { flushCompileCache } from "node:module";
import { PolicyPack } from "@pulumi/policy";
import { projectRoot } from "../lib/project-folder.ts";
import { stopWithEngine } from "../providers/kit/stop-with-engine.ts";
import { listenToEngine } from "./kit/engine-calls.ts";
import { asPolicy } from "./kit/policy.ts";
import { rules } from "./rules/index.ts";

// PolicyPack takes its version from the package.json of the working directory.
process.chdir(projectRoot);
const calls = listenToEngine();
new PolicyPack("delivery", { policies: rules.map((rule) => asPolicy(rule, calls)) });
// The engine kills the pack at the end of a run, so that it never writes its compile cache by itself.
flushCompileCache();
stopWithEngine(() => process.exit(0));
