/** What a program declares of a service, by its type. */
import { z } from "zod";
import { RUNNING_FIELDS, SHARED_FIELDS, WEB_FIELDS } from "./fields.ts";

/** Schema of the inputs of a web service. */
export const webServiceInputs = z.object({ ...SHARED_FIELDS, ...RUNNING_FIELDS, ...WEB_FIELDS });

/** Inputs of a web service, checked. */
export type WebServiceInputs = z.infer<typeof webServiceInputs>;

type Shared = Pick<WebServiceInputs, keyof typeof SHARED_FIELDS | "plan">;

/** Inputs of a service of any type, checked: what its type does not have is absent. */
export type ServiceInputs = Shared & Partial<Omit<WebServiceInputs, keyof Shared>>;

export type Disk = NonNullable<ServiceInputs["disk"]>;
export type Autoscaling = NonNullable<ServiceInputs["autoscaling"]>;
