#!/usr/bin/env node
// JavaScript that any Node reads, so that one too old to run TypeScript can be told so.
import module from "node:module";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `delivery needs Node 22.18 or newer and this is ${process.version}: run it as \`npx --no delivery\` in the project after \`npm ci\`, which brings Node 24 on Linux, or install Node 24.\n`,
  );
  process.exitCode = 1;
} else {
  module.enableCompileCache();
  await import("./main.ts");
}
