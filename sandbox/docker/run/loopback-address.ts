/** The machine's loopback as a container sees it that has a network of its own. */

/** The name under which Docker lets containers reach their host ("Docker Desktop: networking"). */
const HOST_NAME = "host.docker.internal";
const LOOPBACK = /(?<=:\/\/(?:[^/@\s]*@)?)(?:127\.0\.0\.1|localhost)(?=[:/]|$)/g;

/** Replaces loopback hosts in URLs, so that a service of the sandbox is found from inside a container. */
export function reachableFromContainer(env: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, value.replace(LOOPBACK, HOST_NAME)]));
}
