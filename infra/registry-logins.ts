/** With which logins the image's registry is used: one pushes, and Render may pull with another. */
import { type Problem, setCommand, setSecretCommand } from "../lib/configuration-problems.ts";
import { registryOf } from "../providers/kit/image-reference.ts";
import type { PartOf } from "./config.ts";
import { isAtEcr, takesRenderLogin } from "./render-registry.ts";

type Image = Pick<PartOf<"image">, "repository" | "username" | "password" | "pull">;

/** The login with which Render pulls: its own, else the one that pushes. Undefined for an image that anybody may pull. */
export function pullLogin({ username, password, pull }: Image) {
  if (pull === "off") return undefined;
  return pull ?? (username && password ? { username, password } : undefined);
}

/** The name of that login, also where its password is not known. */
export function pullUsername({ username, pull }: Pick<Image, "username" | "pull">): string | undefined {
  if (pull === "off") return undefined;
  return pull?.username ?? username;
}

/** The login with which the chain reads the registry: the one that pushes, else Render's. ECR takes no access key there. */
export function readLogin({ repository, username, password, pull }: Image) {
  if (username && password) return { username, password };
  return typeof pull === "object" && !isAtEcr(repository) ? pull : undefined;
}

/** What is wrong with the logins. Where Render is not the public one, that one decides which registries it takes. */
export function* loginProblems(
  image: PartOf<"image">,
  isHosted: boolean,
  environment: NodeJS.ProcessEnv,
): Generator<Problem> {
  const [username, password] = ["delivery:image.username", "delivery:image.password"] as const;
  const problem = "is missing: a login at the registry has both username and password";
  if (image.password && !image.username) yield { key: username, problem, mend: setCommand(username) };
  if (image.username && !image.password) yield { key: password, problem, mend: setSecretCommand(password) };
  if (isHosted && isPublicRender(environment["RENDER_BASE_URL"])) yield* renderProblems(image);
}

/** What Render's documentation of private images says ("Deploy a Prebuilt Docker Image"). */
function* renderProblems(image: PartOf<"image">): Generator<Problem> {
  if (!pullLogin(image)) return;
  const { repository } = image;
  if (!takesRenderLogin(repository)) {
    const takes = "Docker Hub, GitHub, GitLab.com, Google Artifact Registry and Amazon ECR";
    const problem = `is at ${registryOf(repository)}, for which Render takes no login; it does for ${takes}`;
    const isPublic = `or, for an image that anybody may pull: ${setCommand("delivery:image.pull", "off")}`;
    const key = "delivery:image.repository";
    yield { key, problem, mend: `${setCommand(key, "ghcr.io/acme/site")}   (${isPublic})` };
  }
  // What pushes to ECR is the password of twelve hours that AWS gives for the user AWS.
  if (isAtEcr(repository) && !image.pull) {
    const key = "delivery:image.pull";
    const problem =
      "is missing: the login that pushes to ECR ends after twelve hours, and Render pulls with an access key";
    const mend = `${setCommand(`${key}.username`, "ACCESS_KEY_ID")} && ${setSecretCommand(`${key}.password`)}`;
    yield { key, problem, mend };
  }
}

function isPublicRender(address: string | undefined): boolean {
  return !address || (URL.canParse(address) && new URL(address).hostname === "api.render.com");
}
