/** What is wrong with an Image's inputs, in the words of the vendor's plugin where it has some. */
import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { CheckFailure } from "../../../../providers/kit/resource.ts";
import { isZero } from "../../bridge/value.ts";
import { syntaxError } from "./dockerfile-syntax.ts";
import { type ImageInputs, leftOut } from "./image-schema.ts";

const INVALID_REFERENCE = /[A-Z\s]|:\/\/|\/\/|^[/:.-]|[/:]$/;

/**
 * Checks of an Image; what is not known yet is not judged.
 * @param folder what relative locations start from.
 */
export function checkImage(inputs: Partial<ImageInputs>, folder: string): CheckFailure[] {
  return [
    ...offlineFailures(inputs),
    ...contextFailures(inputs, folder),
    ...dockerfileFailures(inputs, folder),
    ...tagFailures(inputs),
  ];
}

function offlineFailures(inputs: Partial<ImageInputs>): CheckFailure[] {
  const edition = "the offline edition of the docker-build plugin";
  const other = leftOut
    .filter((name) => !isZero(inputs[name]))
    .map((property) => ({ property, reason: `is not in ${edition}; leave it out, or use \`--plugins installed\`` }));
  const failures: CheckFailure[] = [...other];
  if (inputs.buildOnPreview === true) {
    failures.push({ property: "buildOnPreview", reason: `must be false: ${edition} builds in an update only` });
  }
  if (inputs.push === false) {
    failures.push({ property: "push", reason: `must be true: ${edition} pushes what it builds` });
  }
  if (inputs.network !== undefined && inputs.network !== "default") {
    failures.push({ property: "network", reason: `must be "default" in ${edition}` });
  }
  if (inputs.context?.named !== undefined) {
    failures.push({ property: "context.named", reason: `is not in ${edition}; leave it out` });
  }
  if (inputs.dockerfile?.inline !== undefined) {
    failures.push({ property: "dockerfile.inline", reason: `is not in ${edition}; give a location` });
  }
  return failures;
}

function contextFailures({ context }: Partial<ImageInputs>, folder: string): CheckFailure[] {
  const location = context?.location;
  if (location === undefined || statSync(resolve(folder, location), { throwIfNoEntry: false })?.isDirectory())
    return [];
  return [{ property: "context.location", reason: `${JSON.stringify(location)}: not a valid directory or URL` }];
}

function dockerfileFailures({ dockerfile }: Partial<ImageInputs>, folder: string): CheckFailure[] {
  const location = dockerfile?.location;
  if (location === undefined) return [];
  const path = resolve(folder, location);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    return [{ property: "dockerfile.location", reason: `open ${path}: no such file or directory` }];
  }
  const problem = syntaxError(readFileSync(path, "utf8"));
  return problem === undefined ? [] : [{ property: "dockerfile.location", reason: problem }];
}

function tagFailures({ tags }: Partial<ImageInputs>): CheckFailure[] {
  return (tags ?? []).flatMap((tag, index) =>
    tag !== "" && INVALID_REFERENCE.test(tag.replace(/:[\w][\w.-]*$/, ""))
      ? [{ property: `tags[${index}]`, reason: "invalid reference format" }]
      : [],
  );
}
