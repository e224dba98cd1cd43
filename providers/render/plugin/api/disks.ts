/** Disks of services ("Render Public API", Disks). */
import { z } from "zod";
import { segment } from "../../../kit/vendor-client.ts";
import type { ApiContext } from "../client.ts";

/** What a request says of a disk. */
export interface DiskSettings {
  readonly name: string;
  readonly mountPath: string;
  readonly sizeGB: number;
}

const disk = z.object({ id: z.string() });

/** Adds a disk to a service that has none. Not repeatable: `createOnce` decides. */
export function postDisk(api: ApiContext, serviceId: string, settings: DiskSettings): Promise<{ readonly id: string }> {
  return api.client.call(api, "POST", "/disks", disk, { body: { ...settings, serviceId } });
}

/** Changes a disk. The request sets values, so that sending it twice does no harm. */
export function patchDisk(api: ApiContext, id: string, body: Partial<DiskSettings>): Promise<unknown> {
  return api.client.call(api, "PATCH", `/disks/${segment(id)}`, disk, { body, repeatable: true });
}
