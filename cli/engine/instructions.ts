/** How a user installs the engine by hand. */
import { ENGINE_VERSION } from "./versions.ts";

/**
 * The command that installs the engine on this kind of system, as a phrase: "install it with `...`".
 * Source: Pulumi documentation, "Download & install Pulumi".
 */
export function installInstruction(platform: NodeJS.Platform = process.platform): string {
  switch (platform) {
    case "darwin":
      return "install it with `brew install pulumi/tap/pulumi`";
    case "win32":
      return "install it with `winget install pulumi`";
    default:
      return `install it with \`curl -fsSL https://get.pulumi.com | sh -s -- --version ${ENGINE_VERSION}\``;
  }
}
