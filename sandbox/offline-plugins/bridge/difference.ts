/**
 * How a plugin that is bridged from a Terraform provider finds differences: it compares what is declared with what was
 * last read, and takes a setting that is left out for its zero value, unless the service chooses that value itself.
 */
import { formatPath, isWithin, type Path, parsePath } from "../../../providers/kit/path.ts";
import type { PriorState, Properties, PropertyDifference } from "../../../providers/kit/resource.ts";
import { canonical, isObject, isZero } from "./value.ts";

/** What a resource's schema says of its properties. Paths may hold `*` for every element. */
export interface BridgedRules {
  /** Left out, these keep whatever value the service gave them ("optional and computed"). */
  readonly computed?: readonly string[];
  /** Lists whose order means nothing. */
  readonly sets?: readonly string[];
  /** Properties that matter only while the object is made, or only to the plugin itself. */
  readonly ignored?: readonly string[];
}

/** Builds a definition's `diff` from its rules. `names` are the resource's inputs. */
export function bridgedDiff(
  names: readonly string[],
  rules: BridgedRules,
): (prior: PriorState<Properties, Properties>, inputs: Partial<Properties>) => PropertyDifference[] {
  const patterns = {
    computed: (rules.computed ?? []).map(parsePath),
    sets: (rules.sets ?? []).map(parsePath),
  };
  const ignored = new Set(rules.ignored);
  return (prior, inputs) =>
    names
      .filter((name) => !ignored.has(name))
      .flatMap((name) => compare([name], prior.outputs[name], inputs[name], patterns))
      .map(({ path, kind }) => ({ property: formatPath(path), kind }));
}

interface Found {
  readonly path: Path;
  readonly kind: PropertyDifference["kind"];
}

type Patterns = Readonly<Record<"computed" | "sets", readonly Path[]>>;

function compare(path: Path, old: unknown, declared: unknown, patterns: Patterns): Found[] {
  if (declared === undefined && matches(path, patterns.computed)) return [];
  if (isZero(old) && isZero(declared)) return [];
  if (declared === undefined) return [{ path, kind: "delete" }];
  if (old === undefined) return [{ path, kind: "add" }];
  if (Array.isArray(old) && Array.isArray(declared)) {
    if (matches(path, patterns.sets)) return sameElements(old, declared) ? [] : [{ path, kind: "update" }];
    const length = Math.max(old.length, declared.length);
    return Array.from({ length }).flatMap((_, index) =>
      compare([...path, index], old[index], declared[index], patterns),
    );
  }
  if (isObject(old) && isObject(declared)) {
    const keys = new Set([...Object.keys(old), ...Object.keys(declared)]);
    return [...keys].flatMap((key) => compare([...path, key], old[key], declared[key], patterns));
  }
  return old === declared ? [] : [{ path, kind: "update" }];
}

function matches(path: Path, patterns: readonly Path[]): boolean {
  return patterns.some((pattern) => pattern.length === path.length && isWithin(path, pattern));
}

/** True when two lists hold the same elements, in whatever order. */
export function sameElements(first: readonly unknown[], second: readonly unknown[]): boolean {
  const sorted = (list: readonly unknown[]): string => list.map(canonical).sort().join("\n");
  return sorted(first) === sorted(second);
}
