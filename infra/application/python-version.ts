/** Which Python an image has. */
import { parseReference } from "../../providers/kit/image-reference.ts";

/** `3.12` of the tag `3.12.1-slim`. */
const MINOR = /^(3\.\d+)(?:\.\d+)?(?:-|$)/;

/**
 * The minor version that a Dockerfile's base image names: directly, or by an argument with a default or a given value.
 * Undefined when it is another image.
 */
export function pythonOf(
  dockerfile: string,
  buildArguments: Readonly<Record<string, string>> = {},
): string | undefined {
  const values = new Map<string, string>();
  for (const [, name = "", value = ""] of dockerfile.matchAll(/^\s*ARG\s+(\w+)(?:=["']?([^\s"']*))?/gim))
    values.set(name, buildArguments[name] ?? value);
  const images = [...dockerfile.matchAll(/^\s*FROM\s+(?:--\S+\s+)?(\S+)/gim)].map(([, image = ""]) =>
    image.replaceAll(/\$\{?(\w+)(?::?-([^}]*))?\}?/g, (_all, name, fallback = "") => values.get(name) || fallback),
  );
  return images.map(pythonIn).find((version) => version !== undefined);
}

/** The version of an image of Python, in whichever registry. */
function pythonIn(image: string): string | undefined {
  const { path = "", tag = "" } = parseReference(image) ?? {};
  return path.split("/").at(-1) === "python" ? MINOR.exec(tag)?.[1] : undefined;
}

/** The argument of this project's Dockerfile that names the base image. */
const ARGUMENT = /^\s*ARG\s+PYTHON_IMAGE=["']?((?:[\w.:-]+\/)*python:)3\.\d+(?:\.\d+)?(-[\w.-]+)?["']?\s*$/m;

/**
 * The build argument with which a Dockerfile builds on another Python than its own; none where it is the same, or where
 * the file names its image in another way.
 */
export function pythonArgument(dockerfile: string, version: string | undefined): Readonly<Record<string, string>> {
  const [, repository, variant = ""] = ARGUMENT.exec(dockerfile) ?? [];
  const own = pythonOf(dockerfile);
  if (!version || !repository || !own || version === own) return {};
  return { PYTHON_IMAGE: `${repository}${version}${variant}` };
}
