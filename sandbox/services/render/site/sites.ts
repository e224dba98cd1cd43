/** The edges of all services. */
import type { Render } from "../render.ts";
import { type Edge, openEdge, type Route } from "./edge.ts";
import { badGatewayPage, maintenancePage, suspendedPage } from "./pages.ts";

/** Open sites by service. */
export interface Sites {
  /** Opens a service's site and gives its port: the preferred one when it is free. */
  open(serviceId: string, preferredPort?: number): Promise<number>;
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
    async open(serviceId, preferredPort) {
      const edge = await openEdge(preferredPort, () => routeOf(serviceId));
      edges.set(serviceId, edge);
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
