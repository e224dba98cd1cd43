/** The traffic of the whole chain: the real engine, our plugins and the offline editions of the vendors'. */
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import type { Call } from "../../../sandbox/services/core/traffic.ts";
import { openScriptedChain } from "../../e2e/support/scripted-chain.ts";
import { recordedCalls } from "./recorded-calls.ts";

const UNATTENDED = ["--yes", "--skip-preview"];

/** The calls of a stack's life: up, a preview that finds nothing, an update, destroy. Images are only names in it. */
export async function chainCalls(): Promise<readonly Call[]> {
  const chain = await openScriptedChain({ rawTraffic: true });
  try {
    // The vendor's plugin waits between its writes; nothing here needs that.
    await chain.succeed("config", "set", "github:writeDelayMs", "1");
    await chain.succeed("up", ...UNATTENDED);
    await chain.succeed("preview", "--refresh", "--run-program", "--expect-no-changes");
    await appendFile(join(chain.projectDir, "sandbox", "app", "manage.py"), "# changed\n");
    await chain.succeed("config", "set", "--path", "delivery:repository.description", "A changed site");
    await chain.succeed("up", ...UNATTENDED);
    await chain.succeed("destroy", "--run-program", ...UNATTENDED);
    return await recordedCalls(chain.services.console.baseUrl);
  } finally {
    await chain.close();
  }
}
