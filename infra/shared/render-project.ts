/** What the application's services at Render share: the login with which Render pulls the image. */
import * as pulumi from "@pulumi/pulumi";
import { renderRegistry } from "../../lib/image-registry.ts";
import * as render from "../../providers/render/index.ts";
import type { PartOf } from "../config.ts";

/** Arguments of HostingProject. */
export interface HostingProjectArgs {
  /** Name of the application; the credential carries it. */
  readonly application: string;
  /** Id of the Render workspace. */
  readonly ownerId: string;
  readonly image: PartOf<"image">;
}

/** A registry credential, when the image needs one. */
export class HostingProject extends pulumi.ComponentResource {
  /** Id of the credential; undefined for an image that needs no login. */
  readonly credentialId: pulumi.Output<string> | undefined;

  constructor(name: string, args: HostingProjectArgs, options?: pulumi.ComponentResourceOptions) {
    super("delivery:shared:HostingProject", name, {}, options);
    const { application, ownerId, image } = args;
    const { repository, username, password } = image;
    if (username && password) {
      const login = { registry: renderRegistry(repository), username, authToken: password };
      const credentialArgs = { name: application, ownerId, ...login };
      this.credentialId = new render.RegistryCredential(`${name}-credential`, credentialArgs, { parent: this }).id;
    }
    this.registerOutputs({ credentialId: this.credentialId });
  }
}
