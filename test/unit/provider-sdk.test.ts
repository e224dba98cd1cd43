import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { PackageSpec } from "../../providers/kit/package-spec.ts";
import type { ProviderDefinition } from "../../providers/kit/resource.ts";
import { packageSchema } from "../../providers/kit/schema.ts";
import { formattedFiles } from "../../providers/sdk/formatted.ts";
import { packageFiles } from "../../providers/sdk/package-files.ts";
import { packages } from "../../providers/sdk/packages.ts";
import { projectRoot } from "../../sandbox/paths.ts";

describe("the providers' classes and schemas", () => {
  for (const [name, spec] of Object.entries(packages)) {
    it(`of ${name} are what \`npm run sdk\` makes of its definitions now`, () => {
      for (const [file, text] of Object.entries(formattedFiles(spec))) {
        const committed = readFileSync(join(projectRoot, "providers", name, file), "utf8");
        assert.equal(committed, text, `${file} is out of date: run \`npm run sdk\``);
      }
    });

    it(`of ${name} say of the package what its package.json says`, () => {
      const manifest = JSON.parse(readFileSync(join(projectRoot, "providers", name, "package.json"), "utf8"));
      for (const key of ["version", "keywords", "license"] as const) assert.deepEqual(spec[key], manifest[key], key);
    });

    it(`of ${name} have no other file that says it is made from definitions`, () => {
      const generated = readdirSync(join(projectRoot, "providers", name)).filter(
        (file) =>
          file.endsWith(".ts") &&
          readFileSync(join(projectRoot, "providers", name, file), "utf8").includes("Made by `npm run sdk`"),
      );
      const expected = Object.keys(packageFiles(spec)).filter((file) => file.endsWith(".ts"));
      assert.deepEqual(generated.sort(), expected.sort());
    });
  }
});

describe("a class made from a definition", () => {
  const inputs = z.object({
    name: z.string().describe("Name of the queue."),
    token: z.string().describe("What opens it."),
    key: z.string().optional().describe("Another secret."),
    sizes: z
      .array(z.enum(["small", "large"]).meta({ typeName: "Size" }))
      .optional()
      .describe("Sizes."),
    limit: z.union([z.int(), z.string()]).default(5).describe("Limit."),
    labels: z.record(z.string(), z.string()).optional().describe("Labels."),
    owner: z
      .object({ id: z.string().describe("Id."), kind: z.string().default("team").describe("Kind.") })
      .describe("Owner."),
  });
  const unused = () => Promise.reject(new Error("not called"));
  const definition: ProviderDefinition<object> = {
    name: "post",
    version: "1.0.0",
    description: "Queues.",
    config: z.object({}),
    configure: () => ({}),
    resources: [
      {
        token: "post:index:MessageQueue",
        description: "A queue (Post API, Queues): it holds messages. Import by id.",
        inputs,
        outputs: inputs.extend({ address: z.string().optional().describe("Address.") }),
        secrets: ["token", "key"],
        replaceOnChanges: ["name"],
        create: unused,
        read: unused,
        update: unused,
        delete: unused,
      },
    ],
  };
  const spec: PackageSpec = packageSchema(definition);
  const source = packageFiles(spec)["message-queue.ts"] ?? "";
  const types = packageFiles(spec)["types.ts"] ?? "";
  const says = (text: string, expected: string): void =>
    assert.ok(text.includes(expected), `${expected}\n\nin\n${text}`);

  it("marks its secrets on the way in and out, one that may be left out as well", () => {
    says(source, "token: pulumi.secret(args.token)");
    says(source, "key: args.key === undefined ? undefined : pulumi.secret(args.key)");
    says(source, 'additionalSecretOutputs: ["token","key"]');
  });

  it("takes what has a default or is optional as optional, and gives out what has a default for certain", () => {
    says(source, "  name: pulumi.Input<string>;");
    says(source, "  limit?: pulumi.Input<number | string>;");
    says(source, "  declare readonly limit: pulumi.Output<number | string>;");
    says(source, "  declare readonly address: pulumi.Output<string | undefined>;");
  });

  it("lifts what stands in lists and maps", () => {
    says(source, "  sizes?: pulumi.Input<pulumi.Input<Size>[]>;");
    says(source, "  labels?: pulumi.Input<Record<string, pulumi.Input<string>>>;");
  });

  it("has a type for what goes in and one for what comes out of an object", () => {
    says(source, "  owner: pulumi.Input<MessageQueueOwnerArgs>;");
    says(source, "  declare readonly owner: pulumi.Output<MessageQueueOwner>;");
    says(types, "  kind?: pulumi.Input<string>;");
    says(types, "  readonly kind: string;");
    says(types, 'export type Size = "small" | "large";');
  });

  it("says what a change does, and what the default is", () => {
    says(source, "/** Name of the queue. A change replaces the message queue. */");
    says(source, "/** Limit. Default `5`. */");
    says(source, "MessageQueue: a queue.");
  });

  it("has the name of every input and output for the engine", () => {
    for (const name of [...Object.keys(inputs.shape), "address"]) says(source, `  ${name}: undefined,`);
  });
});
