/** Whether Render can pull the image. */
import { pullUsername } from "../../../infra/registry-logins.ts";
import { setCommand } from "../../../lib/configuration-problems.ts";
import { isLoopback, registryOf } from "../../../providers/kit/image-reference.ts";
import { registryAccess } from "../../services/registry.ts";
import { partCheck } from "../check.ts";
import { notChecked, ok, problem } from "../finding.ts";
import { question } from "./registry-login.ts";

export const registryPull = partCheck("image", {
  id: "registry-pull",
  area: "Registry",
  title: "pull by Render",
  asks: "With a login, Render is given it. Without one, a token to pull that is asked for without a login says whether the image is public.",
  finds: "The image is private, or on this machine, and Render has no login for it.",
  needs: ["registry-login"],
  applies: (_image, { site }) => site !== undefined,
  async run(image, context) {
    const { repository } = image;
    const address = registryOf(repository);
    const render = context.env["RENDER_BASE_URL"];
    if (isLoopback(address) && !(render && isLoopback(new URL(render).host)))
      return problem(
        `Render cannot reach ${address}, which is this machine's own`,
        setCommand("delivery:image.repository", "acme/site"),
      );
    const login = pullUsername(image);
    if (login) return ok(`with the login of ${login}`);
    // The adopted site's own.
    if (context.configuration.asFound["site"]?.["registryCredentialId"]) return ok("with a credential that Render has");
    const { accepted, actions, scheme } = await registryAccess({ ...question(repository, context), login: undefined }, [
      "pull",
    ]);
    if (scheme === "none" || (accepted && actions?.includes("pull"))) return ok("the image is public");
    if (accepted && actions === undefined) return notChecked("whether the image is public shows only at a pull");
    return problem(
      `${repository} is private, or not there, and Render is given no login`,
      `${setCommand("delivery:image.username")}, and its password`,
    );
  },
});
