/** What a program declares of a service, by its type. */
import { z } from "zod";
import { CRON_FIELDS, PRIVATE_FIELDS, RUNNING_FIELDS, SHARED_FIELDS, WEB_FIELDS } from "./fields.ts";

/** Schema of the inputs of a web service. */
export const webServiceInputs = z.object({ ...SHARED_FIELDS, ...RUNNING_FIELDS, ...WEB_FIELDS });

/** Schema of the inputs of a service that other services reach, and of one that nobody does. */
export const privateServiceInputs = z.object({ ...SHARED_FIELDS, ...RUNNING_FIELDS, ...PRIVATE_FIELDS });

/** Schema of the inputs of a cron job. */
export const cronJobInputs = z.object({ ...SHARED_FIELDS, ...PRIVATE_FIELDS, ...CRON_FIELDS });

/** Inputs of a web service, checked. */
export type WebServiceInputs = z.infer<typeof webServiceInputs>;

type Shared = Pick<WebServiceInputs, keyof typeof SHARED_FIELDS | "plan">;

/** Inputs of a service of any type, checked: what its type does not have is absent. */
export type ServiceInputs = Shared &
  Partial<Omit<WebServiceInputs, keyof Shared>> &
  Partial<Pick<z.infer<typeof cronJobInputs>, keyof typeof CRON_FIELDS>>;

export type Disk = NonNullable<ServiceInputs["disk"]>;
export type Autoscaling = NonNullable<ServiceInputs["autoscaling"]>;
