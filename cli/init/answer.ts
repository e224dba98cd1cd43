/** Checks one answer with the program's own schema. */

import { parse } from "yaml";
import { z } from "zod";
import { configurationSchema } from "../../infra/config-schema.ts";
import { text } from "../../lib/configuration-fields.ts";
import { setSecretCommand, suggestion } from "../../lib/configuration-problems.ts";
import { fieldAt, notesAt, settingAt } from "../../lib/schema-field.ts";
import { mayBeOff, NONE, OFF, OPTIONAL_PARTS, OWNER, offParts } from "./questions.ts";

const ownerSchema = text("a GitHub organization or user", "acme", /^[A-Za-z0-9][A-Za-z0-9-]{0,38}$/);

/** A value for the stack's file, or what is wrong with the answer and what mends it. */
export type Checked =
  | { readonly value: unknown; readonly problem?: undefined }
  | { readonly problem: string; readonly mend: string };

/** The value that an answer stands for; empty for what the file may leave out. Never repeats the answer, which may have been a secret by mistake. */
export function checkedAnswer(key: string, answer: string): Checked {
  const mend = `--set ${key}=${exampleOf(key)}`;
  if (key === OFF) {
    const known = offParts({ off: answer }).every((part) => (OPTIONAL_PARTS as readonly string[]).includes(part));
    return known
      ? { value: offParts({ off: answer }) }
      : { problem: `is no list of ${OPTIONAL_PARTS.join(", ")}`, mend };
  }
  // The file leaves out what it does not mention.
  if (mayBeOff(key) && answer === NONE) return { value: "" };
  const path = key.split(".");
  const field = key === OWNER ? ownerSchema : settingAt(configurationSchema, path);
  if (!field)
    return {
      problem: `is not known; ${suggestion(configurationSchema, path.slice(0, -1), path.at(-1) ?? "")}`,
      mend: "docs/configuration.md has every key",
    };
  if (isSecret(key))
    return { problem: "is a secret, which belongs on no command line", mend: setSecretCommand(`delivery:${key}`) };
  if (answer === "" && field.safeParse(undefined).success) return { value: "" };
  const asText = field.safeParse(answer);
  if (asText.success) return { value: answer };
  // A number, a truth value or a list, written as in the stack's file.
  const value = parsed(answer);
  if (fieldOf(key)?.meta() === undefined && !Array.isArray(value))
    return { problem: "is a map, which is set one key at a time", mend: `--set ${key}.NAME=VALUE` };
  return field.safeParse(value).success ? { value } : { problem: messageOf(key, asText.error), mend };
}

/** The words that an answer has to be one of; undefined when it is free. */
export function choicesOf(key: string): readonly string[] | undefined {
  const field = fieldOf(key);
  if (field instanceof z.ZodEnum) return [...(mayBeOff(key) ? [NONE] : []), ...(field.options as string[])];
  return field instanceof z.ZodBoolean ? ["true", "false"] : undefined;
}

/** An example of the answer. */
export function exampleOf(key: string): string {
  if (key === OFF) return OPTIONAL_PARTS[0] ?? "";
  return (fieldOf(key)?.meta()?.["example"] as string | undefined) ?? "VALUE";
}

/** Whether the key's value must never stand in a stack's file in plain. */
export function isSecret(key: string): boolean {
  return notesAt(configurationSchema, key.split("."))?.secret === true;
}

function fieldOf(key: string): z.ZodType | undefined {
  return key === OWNER ? ownerSchema : fieldAt(configurationSchema, key.split("."));
}

function messageOf(key: string, error: z.ZodError): string {
  const [issue] = error.issues;
  const description = fieldOf(key)?.meta()?.description;
  const isOfWrongKind = issue?.code === "invalid_type" || issue?.code === "invalid_union";
  return isOfWrongKind && description ? `is not ${description}` : (issue?.message ?? "is not allowed");
}

function parsed(answer: string): unknown {
  try {
    return parse(answer);
  } catch {
    return answer;
  }
}
