/** Check of every resource and function, with values of the wrong type at any place. */
import assert from "node:assert/strict";
import { circleciProvider } from "../../providers/circleci/plugin/provider.ts";
import { checkInputs, type Rules } from "../../providers/kit/check.ts";
import { alternatives, type Shape, shapeOf } from "../../providers/kit/shape.ts";
import { type PropertyTree, UNKNOWN } from "../../providers/kit/values.ts";
import { renderProvider } from "../../providers/render/plugin/provider.ts";

type Edit = (value: unknown) => unknown;

const WRONG = [null, 7, "x", true, [], [null], [7], [{}], {}, { x: 7 }, { x: {} }, { x: [null] }];

/** A value of the shape, as full as it can be. */
function full(shape: Shape): unknown {
  if (shape.const !== undefined) return shape.const;
  if (shape.enum) return shape.enum[0];
  const [first = shape] = alternatives(shape);
  if (first !== shape) return full(first);
  if (shape.properties)
    return Object.fromEntries(Object.entries(shape.properties).map(([name, child]) => [name, full(child)]));
  if (typeof shape.additionalProperties === "object") return { some: full(shape.additionalProperties) };
  if (shape.items) return [full(shape.items)];
  return { string: "some", number: 1, integer: 1, boolean: true }[String(shape.type)] ?? "some";
}

/** Every way to put something at one place of the value. */
function* places(value: unknown, around: (child: unknown) => unknown = (child) => child): Generator<Edit> {
  yield around;
  if (Array.isArray(value)) yield* places(value[0], (child) => around([child]));
  else if (typeof value === "object" && value !== null)
    for (const [name, child] of Object.entries(value))
      yield* places(child, (replaced) => around({ ...value, [name]: replaced }));
}

describe("kit: Check of values of the wrong type", () => {
  for (const { resources, functions = [] } of [circleciProvider, renderProvider]) {
    for (const definition of [...resources, ...functions]) {
      it(`${definition.token} reports them, and its own rules do not see them`, () => {
        const rules: Rules = { ...definition, schema: definition.inputs };
        const base = full(shapeOf(rules.schema)) as PropertyTree;
        const [, ...inside] = [...places(base)];
        for (const put of inside) {
          for (const wrong of [...WRONG, UNKNOWN]) {
            const given = put(wrong) as PropertyTree;
            const { failures } = checkInputs(rules, given);
            const isRight = rules.schema.safeParse(given).success;
            if (!isRight && wrong !== UNKNOWN) assert.ok(failures.length > 0, JSON.stringify(given));
            for (const { reason } of failures) assert.doesNotMatch(reason, /is not a function|undefined|\n/);
          }
        }
      });
    }
  }
});
