/** What another team's program gets of the delivery chain, typed and checked. */
import { Config, RunError } from "@pulumi/pulumi";
import { readDelivery } from "delivery";

const stack = new Config().require("deliveryStack");
const { environment, image, site } = await readDelivery(stack);
if (!site || !image) throw new RunError(`The stack ${stack} declares no site.`);

/** The address to watch. */
export const target = site.url;
/** What the page shows beside it. */
export const label = `${environment}: ${image.tag}`;
