/** Key value stores: made, listed, read, changed, deleted ("Render Public API", Key Value). */
import type { Hono } from "hono";
import { cursorOf, existing, page, param, passes, passesTimes, readBody } from "../answers.ts";
import { requireOwner } from "../owners.ts";
import type { Render } from "../render.ts";
import type { KeyValueLifecycle } from "./lifecycle.ts";
import { changed, keyValueUpdate, madeFrom, newKeyValue } from "./requests.ts";
import { connectionInfo, describeKeyValue } from "./view.ts";

/** Adds the routes. */
export function keyValueRoutes(app: Hono, render: Render, lifecycle: KeyValueLifecycle): void {
  app.get("/v1/key-value", (c) => {
    const found = render.keyValues.list(
      (keyValue) =>
        passes(c, "name", keyValue.name) &&
        passes(c, "region", keyValue.region) &&
        passes(c, "ownerId", keyValue.ownerId) &&
        passes(c, "environmentId", keyValue.environmentId) &&
        passesTimes(c, keyValue),
    );
    const items = page(c, found, ({ id }) => id);
    return c.json(items.map((item) => ({ keyValue: describeKeyValue(render, item), cursor: cursorOf(item.id) })));
  });

  app.post("/v1/key-value", async (c) => {
    const request = await readBody(c, newKeyValue);
    requireOwner(render, request.ownerId);
    // Recorded: a store that was just asked for has the status "unknown", and "creating" a moment later.
    const keyValue = lifecycle.create(madeFrom(render, request), "creating", "unavailable");
    return c.json(describeKeyValue(render, keyValue), 201);
  });

  app.get("/v1/key-value/:keyValue", (c) =>
    c.json(describeKeyValue(render, existing(render.keyValues, param(c, "keyValue")))),
  );

  app.patch("/v1/key-value/:keyValue", async (c) => {
    const body = await readBody(c, keyValueUpdate);
    const before = existing(render.keyValues, param(c, "keyValue"));
    return c.json(describeKeyValue(render, lifecycle.change(before, changed(before, body))));
  });

  app.delete("/v1/key-value/:keyValue", async (c) => {
    await lifecycle.delete(existing(render.keyValues, param(c, "keyValue")).id);
    return c.body(null, 204);
  });

  app.get("/v1/key-value/:keyValue/connection-info", async (c) => {
    const keyValue = existing(render.keyValues, param(c, "keyValue"));
    return c.json(connectionInfo(keyValue, await lifecycle.addressOf(keyValue)));
  });
}
