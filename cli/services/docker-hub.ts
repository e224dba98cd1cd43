/** Docker Hub's own API, which knows more of a repository than the registry does ("Docker Hub API"). */
import { z } from "zod";
import { optional, readAnswer, successBody } from "../../providers/kit/answer.ts";
import { exchange } from "../../providers/kit/transport.ts";
import { bodyRead, serviceReader } from "./reader.ts";
import { type RegistryQuestion, repositoryPath } from "./registry.ts";

const PUBLIC_ADDRESS = "https://hub.docker.com";

const issued = z.object({ access_token: z.string() });
const repository = z.object({
  is_private: z.boolean(),
  permissions: optional(
    z.object({ read: optional(z.boolean()), write: optional(z.boolean()), admin: optional(z.boolean()) }),
  ),
});

/** A repository on Docker Hub. */
export type HubRepository = z.infer<typeof repository>;

/**
 * Looks a repository up, with the login when there is one; a private one is shown to nobody else. DOCKER_HUB_URL takes the
 * place of the public address.
 * @returns undefined when there is none, or the login may not see it.
 * @throws Error when Docker Hub gives no answer, or refuses.
 */
export async function findHubRepository(question: RegistryQuestion): Promise<HubRepository | undefined> {
  const baseUrl = (question.env["DOCKER_HUB_URL"] ?? PUBLIC_ADDRESS).replace(/\/+$/, "");
  const authorization = await accessToken(baseUrl, question);
  const headers = authorization === undefined ? {} : { authorization };
  const [namespace = "", name = ""] = repositoryPath(question.repository).split("/").map(encodeURIComponent);
  const hub = serviceReader({ service: "Docker Hub", baseUrl, headers, signal: question.signal });
  const answer = await hub.get(`/v2/namespaces/${namespace}/repositories/${name}`);
  if (answer.status === 404) return undefined;
  if (answer.status !== 200) throw new Error(`${answer.request} answered ${answer.status}.`);
  return bodyRead(answer, repository);
}

/** A token of ten minutes ("Create access token"). Without a login, or with a refused one, what is public is asked for. */
async function accessToken(baseUrl: string, { login, signal }: RegistryQuestion): Promise<string | undefined> {
  if (!login) return undefined;
  const body = JSON.stringify({ identifier: login.username, secret: login.password });
  const headers = { "content-type": "application/json", accept: "application/json" };
  const answer = await exchange({ url: new URL(`${baseUrl}/v2/auth/token`), method: "POST", headers, body, signal });
  if (answer.status !== 200) return undefined;
  const request = { service: "Docker Hub", method: "POST", path: "/v2/auth/token" };
  return `Bearer ${readAnswer(issued, successBody(answer, request), request).access_token}`;
}
