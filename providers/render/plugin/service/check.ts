/** Checks of what a program declares of a service that its schema cannot express. Unknown values are absent. */
import type { CheckFailure } from "../../../kit/resource.ts";
import { scheduleProblem } from "../../schedule.ts";
import { imageProblem } from "../image-reference.ts";
import type { ServiceInputs } from "./inputs.ts";
import { checkInstances } from "./instances.ts";

const VARIABLE_NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

/** All that is wrong with the declaration by itself. */
export function checkService(inputs: Partial<ServiceInputs>): CheckFailure[] {
  const { image, environmentVariables = {}, secretFiles = {}, customDomains } = inputs;
  const problem = image && imageProblem(image);
  return [
    ...(problem ? [{ property: "image", reason: `"${image}" ${problem}` }] : []),
    ...checkNames("environmentVariables", Object.keys(environmentVariables)),
    ...checkGeneratedVariables(inputs),
    ...Object.keys(secretFiles)
      .filter((name) => name === "" || name.includes("/"))
      .map((name) => ({ property: "secretFiles", reason: `"${name}" is no file name: it is empty or has a "/"` })),
    ...repeated("customDomains", customDomains),
    ...checkSchedule(inputs),
    ...checkInstances(inputs),
  ];
}

function checkSchedule({ schedule }: Partial<ServiceInputs>): CheckFailure[] {
  const reason = schedule === undefined ? undefined : scheduleProblem(schedule);
  return reason === undefined ? [] : [{ property: "schedule", reason }];
}

function checkNames(property: string, names: readonly string[]): CheckFailure[] {
  return names
    .filter((name) => !VARIABLE_NAME.test(name))
    .map((name) => ({
      property,
      reason: `"${name}" is no variable name: it has letters, digits, "_", "-" and ".", and does not begin with a digit`,
    }));
}

function checkGeneratedVariables(inputs: Partial<ServiceInputs>): CheckFailure[] {
  const generated = inputs.generatedVariables ?? [];
  const both = generated.flatMap((name, index) => {
    if (!Object.hasOwn(inputs.environmentVariables ?? {}, name)) return [];
    const reason = `"${name}" is in environmentVariables too; declare its value or let Render generate one`;
    return [{ property: `generatedVariables[${index}]`, reason }];
  });
  return [...checkNames("generatedVariables", generated), ...both, ...repeated("generatedVariables", generated)];
}

function repeated(property: string, names: readonly string[] = []): CheckFailure[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) < index ? [{ property: `${property}[${index}]`, reason: `"${name}" is there twice` }] : [],
  );
}
