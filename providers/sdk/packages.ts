/** The providers' packages, by name. */
import { circleciProvider } from "../circleci/plugin/provider.ts";
import type { PackageSpec } from "../kit/package-spec.ts";
import { packageSchema } from "../kit/schema.ts";
import { renderProvider } from "../render/plugin/provider.ts";

/** Schema of each package, worked out from its definitions. */
export const packages = {
  render: packageSchema(renderProvider),
  circleci: packageSchema(circleciProvider),
} satisfies Record<string, PackageSpec>;
