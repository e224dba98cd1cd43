/** Environment variables and secret files, of a service or an environment group. */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { deleteWhere } from "../core/collections.ts";
import { refuse } from "./answers.ts";
import type { SecretFile, Variable } from "./model.ts";
import type { Render } from "./render.ts";

const key = z.string().regex(/^[-._a-zA-Z][-._a-zA-Z0-9]*$/);
const fileName = z.string().regex(/^[^/]+$/);

/** A value, or the wish that Render makes one. */
export const newValue = z.union([z.object({ value: z.string() }), z.object({ generateValue: z.literal(true) })]);
/** A list of variables. Clients that have none send null. */
export const newVariables = z
  .array(z.union([z.object({ key, value: z.string() }), z.object({ key, generateValue: z.literal(true) })]))
  .nullable()
  .transform((list) => list ?? []);
/** A list of secret files. Clients that have none send null. */
export const newSecretFiles = z
  .array(z.object({ name: fileName, content: z.string() }))
  .nullable()
  .transform((list) => list ?? []);

/** The value to store. Render generates 256 random bits, in base64. */
export function storedValue(input: z.infer<typeof newValue>): string {
  return "value" in input ? input.value : randomBytes(32).toString("base64");
}

/** Variables of a scope, in the order in which they were made. */
export function variablesOf(render: Render, scope: string): Variable[] {
  return render.variables.list((variable) => variable.scope === scope);
}

/** Sets a variable. Refuses with 400 a name that no variable can have. */
export function putVariable(render: Render, scope: string, name: string, value: string): Variable {
  if (!key.safeParse(name).success) refuse(400, `invalid environment variable key: ${name}`);
  return render.variables.put(`${scope}/${name}`, { scope, key: name, value });
}

/** Replaces all variables of a scope. */
export function replaceVariables(render: Render, scope: string, list: z.infer<typeof newVariables>): void {
  render.store.transaction(() => {
    deleteWhere(
      render.variables,
      (variable) => `${scope}/${variable.key}`,
      (variable) => variable.scope === scope,
    );
    for (const item of list) putVariable(render, scope, item.key, storedValue(item));
  });
}

/** Secret files of a scope, in the order in which they were made. */
export function secretFilesOf(render: Render, scope: string): SecretFile[] {
  return render.secretFiles.list((file) => file.scope === scope);
}

/** Sets a secret file. Refuses with 400 a name that is a path. */
export function putSecretFile(render: Render, scope: string, name: string, content: string): SecretFile {
  if (!fileName.safeParse(name).success) refuse(400, `invalid secret file name: ${name}`);
  return render.secretFiles.put(`${scope}/${name}`, { scope, name, content });
}

/** Replaces all secret files of a scope. */
export function replaceSecretFiles(render: Render, scope: string, list: z.infer<typeof newSecretFiles>): void {
  render.store.transaction(() => {
    deleteWhere(
      render.secretFiles,
      (file) => `${scope}/${file.name}`,
      (file) => file.scope === scope,
    );
    for (const { name, content } of list) putSecretFile(render, scope, name, content);
  });
}

/** Deletes what a scope has. */
export function forgetScope(render: Render, scope: string): void {
  replaceVariables(render, scope, []);
  replaceSecretFiles(render, scope, []);
}
