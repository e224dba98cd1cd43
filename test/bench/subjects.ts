/** The processes whose start is measured. */
import { join, resolve } from "node:path";
import type { Subject } from "./plugin-start.ts";

const root = resolve(import.meta.dirname, "..", "..");

/** What every plugin on Node pays before its first line. */
export const emptyProcess: Subject = {
  title: "an empty Node process",
  command: [process.execPath, "--eval", 'process.stdout.write("0\\n"); process.stdin.resume()'],
  serves: false,
};

/** The baseline: a plugin without a single resource, on the provider server of Pulumi's own SDK. */
export const stockServer: Subject = {
  title: "an empty plugin on @pulumi/pulumi/provider",
  command: [process.execPath, join(import.meta.dirname, "stock-server.js")],
  serves: true,
};

/** The project's own plugins. */
export const plugins: readonly Subject[] = ["render", "circleci"].map((name) => ({
  title: `the ${name} plugin`,
  command: [join(root, "providers", name, `pulumi-resource-${name}`)],
  serves: true,
}));
