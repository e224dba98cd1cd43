/** State folders that an earlier version of the sandbox has written. */
import type { Collection } from "../core/service.ts";
import type { Service } from "./model.ts";

/** A service from before there was more than one type. */
type UntypedService = Omit<Service, "type"> & Partial<Pick<Service, "type">>;

/** Gives each service what it was written without. */
export function updateServices(services: Collection<Service>): void {
  for (const service of services.list() as readonly UntypedService[]) {
    if (service.type !== undefined) continue;
    const { createdAt, details } = service;
    const { disk } = details;
    services.put(service.id, {
      ...service,
      type: "web_service",
      details: { ...details, ...(disk && { disk: { ...disk, createdAt, updatedAt: createdAt } }) },
    });
  }
}
