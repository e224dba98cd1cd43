/** A generated source file: who made it, what it imports, what it declares. */

/** Says in each file where to change it. */
const GENERATED = "Made by `npm run sdk` from the plugin's definitions; change those.";

/** The comment at the head of a file. */
export function header(title: string): string {
  return `/**\n * ${title.replace(/\.$/, "")}.\n * ${GENERATED}\n */\n`;
}

/** The text of a file. `uses` are the named types that its declarations refer to. */
export function sourceFile(title: string, uses: ReadonlySet<string>, declarations: readonly string[]): string {
  const types = uses.size > 0 ? `import type { ${[...uses].sort().join(", ")} } from "./types.ts";\n` : "";
  const imports = `import * as pulumi from "@pulumi/pulumi";\n${types}import { VERSION } from "./version.ts";\n`;
  return `${header(title)}${imports}\n${declarations.join("\n")}`;
}
