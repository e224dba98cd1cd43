/** An empty plugin on the provider server that Pulumi's SDK brings. Plain JavaScript, as the SDK's own is. */
import { main } from "@pulumi/pulumi/provider/index.js";

await main({ version: "0.1.0" }, process.argv.slice(2));
