/** The sample site with a database of emulated Render, through a redeploy and a restart of the sandbox. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silentProgress } from "../../cli/progress.ts";
import { buildAndPush } from "../../sandbox/docker/builder.ts";
import { cacheDir, projectRoot } from "../../sandbox/paths.ts";
import { defaultAccount } from "../../sandbox/services/core/account.ts";
import { openWorld, type World } from "../../sandbox/world.ts";
import { COLD_MS, leftoversOf, until } from "./docker-world.ts";

const DEADLINE_MS = 180_000;

describe("a site with a database in a world", function () {
  this.timeout(COLD_MS);
  let stateDir: string;
  let world: World;
  let databaseId: string;
  let service: { id: string; url: string };

  const open = (): Promise<World> => openWorld({ stateDir, cacheDir: cacheDir(), progress: silentProgress });

  /** Asks emulated Render; gives the answer's body. */
  // biome-ignore lint/suspicious/noExplicitAny: a test asserts on what it reads out of it.
  const render = async (method: string, path: string, body?: object): Promise<any> => {
    const answer = await fetch(`${world.services.services.render.baseUrl}/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${defaultAccount.tokens.render}`, "content-type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${path} answered ${answer.status}: ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  };
  const isLive = async (deployId: string): Promise<void> => {
    const ended = async (): Promise<string> =>
      (await render("GET", `/services/${service.id}/deploys/${deployId}`)).status;
    await until(async () => /live|failed|canceled/.test(await ended()), DEADLINE_MS);
    const logs = `/logs?ownerId=${(await render("GET", "/owners"))[0].owner.id}&resource=${service.id}`;
    assert.equal(await ended(), "live", JSON.stringify(await render("GET", logs)));
  };
  const page = async (): Promise<string> => (await fetch(service.url)).text();

  before(async () => {
    stateDir = await mkdtemp(join(tmpdir(), "world-database-"));
    world = await open();
  });
  after(async () => {
    await world?.close();
    await rm(stateDir, { recursive: true, force: true });
  });

  it("migrates it before it serves, and shows what is in it", async () => {
    const { registry, env } = world.containers;
    const image = `${registry.address}/acme/notes:1`;
    await buildAndPush(
      {
        contextDir: join(projectRoot, "sandbox", "app"),
        dockerfile: join(projectRoot, "Dockerfile"),
        ...{ buildArgs: {}, secrets: {}, platforms: [], tags: [image], registries: [registry] },
        signal: new AbortController().signal,
        onLog: () => {},
      },
      { ...process.env, ...env },
    );
    const ownerId = (await render("GET", "/owners"))[0].owner.id;
    const database = { name: "notes", ownerId, plan: "basic_256mb", version: "17" };
    databaseId = (await render("POST", "/postgres", database)).id;
    await until(async () => (await render("GET", `/postgres/${databaseId}`)).status === "available", DEADLINE_MS);
    const { internalConnectionString } = await render("GET", `/postgres/${databaseId}/connection-info`);

    const { username, password: authToken } = registry;
    const credential = { name: "registry", registry: "DOCKER", username, authToken, ownerId };
    const made = await render("POST", "/services", {
      ...{ type: "web_service", name: "site", ownerId },
      image: {
        ownerId,
        imagePath: image,
        registryCredentialId: (await render("POST", "/registrycredentials", credential)).id,
      },
      envVars: [
        { key: "DATABASE_URL", value: internalConnectionString },
        { key: "DJANGO_SECRET_KEY", value: "a-key-of-this-test" },
      ],
      serviceDetails: {
        ...{ runtime: "image", plan: "starter", healthCheckPath: "/healthz/" },
        // The site's own tests, on PostgreSQL.
        preDeployCommand: "python manage.py migrate --noinput && python manage.py test notes.tests.test_database",
      },
    });
    service = { id: made.service.id, url: made.service.serviceDetails.url };
    await isLive(made.deployId);
    assert.match(await page(), /A tag is a promise/);
  });

  it("keeps what a visitor adds, through a redeploy and a restart of the sandbox", async () => {
    const form = await fetch(service.url);
    const [cookie = ""] = (form.headers.getSetCookie()[0] ?? "").split(";");
    const added = await fetch(`${service.url}/notes/`, {
      method: "POST",
      headers: { cookie, "x-csrftoken": cookie.split("=")[1] ?? "", origin: service.url, referer: `${service.url}/` },
      body: new URLSearchParams({ title: "Rows outlive rollbacks", topic: "Images", text: "Kept by Postgres." }),
    });
    assert.match(await added.text(), /Rows outlive rollbacks/);

    await isLive((await render("POST", `/services/${service.id}/deploys`, {})).id);
    assert.match(await page(), /Rows outlive rollbacks/);

    await world.close();
    assert.deepEqual(await leftoversOf(join(stateDir, "docker")), []);
    world = await open();
    await until(async () => (await page()).includes("Rows outlive rollbacks"), DEADLINE_MS);
  });

  it("loses its data when the database is deleted, and not before", async () => {
    const { internalConnectionString } = await render("GET", `/postgres/${databaseId}/connection-info`);
    assert.match(internalConnectionString, /@127\.0\.0\.1:\d+\/notes_/);
    await render("DELETE", `/postgres/${databaseId}`);
    assert.equal((await fetch(service.url)).status, 500);
    assert.equal((await fetch(`${service.url}/healthz/`)).status, 200);
  });
});
