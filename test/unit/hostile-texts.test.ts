import assert from "node:assert/strict";
import { RunError } from "@pulumi/pulumi";
import { parse } from "yaml";
import { z } from "zod";
import { configurationSchema } from "../../infra/config-schema.ts";
import { isText } from "../../lib/configuration-fields.ts";
import { validConfig } from "./support/configuration.ts";
import { openProgram, type Program } from "./support/program.ts";

type Path = readonly (string | number)[];

/** Every place of the configuration that takes a text, with one entry of each map and list. */
function textPlaces(schema: z.ZodType, path: Path = []): Path[] {
  if (isText(schema)) return [path];
  const { def } = schema as {
    def: { innerType?: z.ZodType; options?: z.ZodType[]; element?: z.ZodType; valueType?: z.ZodType };
  };
  if (def.innerType) return textPlaces(def.innerType, path);
  if (def.options) return def.options.flatMap((option) => textPlaces(option, path));
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([name, inner]) => textPlaces(inner as z.ZodType, [...path, name]));
  if (def.element) return textPlaces(def.element, [...path, 0]);
  return def.valueType ? textPlaces(def.valueType, [...path, "extra"]) : [];
}

/** A copy with a value at a path; lists and maps that are not there are made. */
function withValue(base: unknown, [name, ...rest]: Path, value: unknown): unknown {
  if (name === undefined) return value;
  const inner = withValue((base as Record<string | number, unknown> | undefined)?.[name], rest, value);
  return typeof name === "number" ? [inner] : { ...(typeof base === "object" ? base : {}), [name]: inner };
}

const HOSTILE = { "a line break": "main\nRUN evil", "an expression of CircleCI's": "main<< pipeline.number >>" };

describe("a text with something that has a meaning elsewhere", function () {
  this.timeout(600_000);
  let program: Program;
  let base: Record<string, unknown>;
  let usual: string;
  before(async () => {
    const service = {
      deployId: "dep-2",
      liveImage: "acme/site:live",
      liveDigest: "sha256:1",
      url: "https://a.example",
    };
    program = await openProgram("hostile", { call: () => service });
    base = validConfig(program.folder);
    base["delivery:image"] = { ...(base["delivery:image"] as object), delivery: "continuous", tag: "v1" };
    usual = await pipelineOf(base);
  });
  after(() => program.close());

  async function pipelineOf(config: Record<string, unknown>): Promise<string> {
    const { engine } = await program.run(config);
    const files = (await engine.registrations()).filter(
      ({ type }) => type === "github:index/repositoryFile:RepositoryFile",
    );
    return String(files.find(({ inputs }) => inputs["file"] === ".circleci/config.yml")?.inputs["content"]);
  }
  const expressions = (yaml: string): string[] => yaml.match(/(?<!\\)<<.*/g) ?? [];
  /** Every key of the file, and how many steps a job has: nothing that a value of it could add. */
  const shape = (yaml: string): string => {
    const keys = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(keys)
        : typeof value === "object" && value
          ? Object.entries(value).map(([name, inner]) => [name, keys(inner)])
          : null;
    return JSON.stringify(keys(parse(yaml).jobs.deliver));
  };

  const places = textPlaces(configurationSchema);
  it("is tried in every place that takes a text", () => {
    const named = places.map((path) => path.join("."));
    assert.ok(places.length > 50);
    for (const place of ["image.target", "pipeline.context", "errors.organization", "image.buildArguments.extra"])
      assert.ok(named.includes(place), place);
  });

  for (const path of places)
    it(`is refused, or only a text, in ${path.join(".")}`, async () => {
      for (const [what, value] of Object.entries(HOSTILE)) {
        const [part = "", ...rest] = path;
        const key = `delivery:${part}`;
        const config = { ...base, [key]: rest.length > 0 ? withValue(base[key] ?? {}, rest, value) : value };
        const yaml = await pipelineOf(config).catch((error: unknown) => {
          if (RunError.isInstance(error)) return undefined;
          throw error;
        });
        if (yaml === undefined) continue;
        assert.deepEqual(expressions(yaml), expressions(usual), what);
        if (part !== "pipeline") assert.equal(shape(yaml), shape(usual), what);
        parse(yaml);
      }
    });

  for (const place of ["image.target", "pipeline.context", "errors.organization"])
    it(`is refused in ${place}`, async () => {
      const [part = "", name = ""] = place.split(".");
      for (const value of Object.values(HOSTILE)) {
        const settings = { ...(base[`delivery:${part}`] as object), [name]: value };
        const { message, registrations } = await program.refuse({ ...base, [`delivery:${part}`]: settings });
        assert.ok(message.includes(`delivery:${place} is not `), message);
        assert.deepEqual(registrations, []);
      }
    });
});
