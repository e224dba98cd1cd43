/** Details of a web service that a request may leave out, and that are absent in the answer until they are set. */
import { z } from "zod";

/** How a request writes each of them; it is kept and answered as it was written. */
export const optionalDetails = z
  .object({
    maxShutdownDelaySeconds: z.int().min(1).max(300),
    renderSubdomainPolicy: z.enum(["enabled", "disabled"]),
    ipAllowList: z.array(z.object({ cidrBlock: z.string(), description: z.string() })),
  })
  .partial();

export type OptionalDetails = z.infer<typeof optionalDetails>;

/** Those that are set. */
export function setDetails(details: OptionalDetails): OptionalDetails {
  const names = Object.keys(optionalDetails.shape) as (keyof OptionalDetails)[];
  return Object.fromEntries(names.flatMap((name) => (details[name] === undefined ? [] : [[name, details[name]]])));
}
