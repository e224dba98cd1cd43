/** What the application's services at Render share: a project, and the login with which Render pulls the image. */
import * as pulumi from "@pulumi/pulumi";
import * as render from "../../providers/render/index.ts";
import type { PartOf } from "../config.ts";
import { pullLogin } from "../registry-logins.ts";
import { renderRegistry } from "../render-registry.ts";

/** Arguments of HostingProject. */
export interface HostingProjectArgs {
  /** Name of the application; project and credential carry it. */
  readonly application: string;
  /** Id of the Render workspace. */
  readonly ownerId: string;
  /** Whether there is a Render project. */
  readonly project: PartOf<"site">["project"];
  readonly image: Pick<PartOf<"image">, "repository" | "username" | "password" | "pull">;
}

/** A Render project, unless it is off, and a registry credential, when the image needs one. */
export class HostingProject extends pulumi.ComponentResource {
  readonly ownerId: string;
  /** Id of the project; undefined when it is off. */
  readonly projectId: pulumi.Output<string> | undefined;
  /** Id of the credential; undefined for an image that needs no login. */
  readonly credentialId: pulumi.Output<string> | undefined;

  constructor(name: string, args: HostingProjectArgs, options?: pulumi.ComponentResourceOptions) {
    super("delivery:shared:HostingProject", name, {}, options);
    const { application, ownerId, image } = args;
    this.ownerId = ownerId;
    if (args.project === "managed") {
      // Render makes no project without an environment. Ours come with their stacks, so this one is for what they share.
      const projectArgs = { name: application, ownerId, environments: [{ name: "shared" }] };
      // Once it is there, the list is not this stack's: an imported project has those of all stacks in it.
      const made = { parent: this, ignoreChanges: ["environments"] };
      this.projectId = new render.Project(`${name}-project`, projectArgs, made).id;
    }
    const login = pullLogin(image);
    if (login) {
      const { username, password: authToken } = login;
      const credentialArgs = {
        name: application,
        ownerId,
        registry: renderRegistry(image.repository),
        username,
        authToken,
      };
      this.credentialId = new render.RegistryCredential(`${name}-credential`, credentialArgs, { parent: this }).id;
    }
    this.registerOutputs({ projectId: this.projectId, credentialId: this.credentialId });
  }
}
