/** The page's static files. They need no build and load nothing from elsewhere. */
import { join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";

const FOLDER = join(import.meta.dirname, "page");

/** Routes for `/` and `/page/*`. The policy forbids inline script and style, and HTML made from strings. */
export function pageRoutes(): Hono {
  const app = new Hono();
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: ["'none'"],
      },
      // The console has no TLS.
      strictTransportSecurity: false,
    }),
  );
  app.use(async (c, next) => {
    await next();
    // The files change with the checkout, not with a version in their address.
    c.header("Cache-Control", "no-cache");
  });
  app.get("/", serveStatic({ root: FOLDER, path: "index.html" }));
  app.get("/page/*", serveStatic({ root: FOLDER, rewriteRequestPath: (path) => path.slice("/page".length) }));
  return app;
}
