/** Where services are reached: the edges of web services, and the ports of private ones. */
import type { Service } from "../model.ts";
import type { Render } from "../render.ts";
import { SERVICE_TYPES } from "../service-types.ts";
import { openEdge, type Route } from "./edge.ts";
import { openForward } from "./forward.ts";
import type { Edge } from "./loopback.ts";
import { badGatewayPage, maintenancePage, suspendedPage } from "./pages.ts";

/** Open sites by service. */
export interface Sites {
  /** Opens a service's port and gives it: the preferred one when it is free; 0 for a service that nobody reaches. */
  open(service: Pick<Service, "id" | "type">, preferredPort?: number): Promise<number>;
  close(serviceId: string): Promise<void>;
  closeAll(): Promise<void>;
}

/** No site is open yet. `instanceUrl` tells where the instance of a service answers. */
export function createSites(render: Render, instanceUrl: (serviceId: string) => string | undefined): Sites {
  const edges = new Map<string, Edge>();

  const routeOf = (serviceId: string): Route => {
    const service = render.services.get(serviceId);
    if (service?.suspended) return { page: suspendedPage };
    if (service?.details.maintenanceMode.enabled) return { page: maintenancePage };
    const instance = instanceUrl(serviceId);
    return instance === undefined ? { page: badGatewayPage } : { instance };
  };

  return {
    async open({ id, type }, preferredPort) {
      const { reached } = SERVICE_TYPES[type];
      if (reached === "never") return 0;
      const edge = await (reached === "public"
        ? openEdge(preferredPort, () => routeOf(id))
        : openForward(preferredPort, () => instanceUrl(id)));
      edges.set(id, edge);
      return edge.port;
    },
    async close(serviceId) {
      await edges.get(serviceId)?.close();
      edges.delete(serviceId);
    },
    async closeAll() {
      await Promise.all([...edges.values()].map((edge) => edge.close()));
      edges.clear();
    },
  };
}
