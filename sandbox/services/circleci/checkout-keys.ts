/** Checkout keys: the SSH keys with which CircleCI checks out a project. Only OAuth projects have them. */
import { createHash, generateKeyPairSync } from "node:crypto";
import type { Context, Hono } from "hono";
import { z } from "zod";
import { inBothSpellings, page, readBody, refuse } from "./answers.ts";
import type { Circleci } from "./circleci.ts";
import type { CheckoutKey, Project } from "./model.ts";
import { onProject, ownerOf, param, projectOf } from "./slugs.ts";

const newKey = z.object({ type: z.enum(["user-key", "deploy-key"]) });
const digests = z.enum(["md5", "sha256"]);
type Digest = z.infer<typeof digests>;

/** Adds the routes. */
export function checkoutKeyRoutes(app: Hono, circleci: Circleci): void {
  const keysOf = (project: Project): CheckoutKey[] =>
    circleci.checkoutKeys.list(({ projectId }) => projectId === project.id);
  const keyOf = (c: Context, slug: string): CheckoutKey => {
    const fingerprint = param(c, "fingerprint");
    const found = keysOf(projectOf(circleci, slug)).find(
      ({ md5, sha256 }) => fingerprint === md5 || fingerprint === sha256,
    );
    if (found === undefined) refuse(404, "Checkout key not found");
    return found;
  };

  onProject(app, "GET", "/checkout-key", (c, slug) => {
    const digest = digests.safeParse(c.req.query("digest") ?? "md5");
    if (!digest.success) refuse(400, "Invalid digest.");
    const keys = keysOf(projectOf(circleci, slug));
    return c.json(
      page(
        c,
        keys.map((key) => describe(key, isPreferred(key, keys), digest.data)),
      ),
    );
  });

  onProject(app, "POST", "/checkout-key", async (c, slug) => {
    const project = projectOf(circleci, slug);
    const { type } = await readBody(c, newKey);
    if (ownerOf(circleci, project).kind === "app") refuse(400, "This API is not supported for this project.");
    const key: CheckoutKey = {
      projectId: project.id,
      type: type === "user-key" ? "github-user-key" : "deploy-key",
      createdAt: circleci.now(),
      ...generateKey(),
    };
    circleci.checkoutKeys.put(`${project.id}/${key.md5}`, key);
    return c.json(describe(key, isPreferred(key, keysOf(project)), "md5"), 201);
  });

  onProject(app, "GET", "/checkout-key/:fingerprint", (c, slug) => {
    const key = keyOf(c, slug);
    const digest = param(c, "fingerprint") === key.sha256 ? "sha256" : "md5";
    return c.json(describe(key, isPreferred(key, keysOf(projectOf(circleci, slug))), digest));
  });

  onProject(app, "DELETE", "/checkout-key/:fingerprint", (c, slug) => {
    const key = keyOf(c, slug);
    circleci.checkoutKeys.delete(`${key.projectId}/${key.md5}`);
    return c.json({ message: "ok" });
  });
}

/** The newest key is the one that a checkout uses. */
function isPreferred(key: CheckoutKey, keys: readonly CheckoutKey[]): boolean {
  return keys.at(-1)?.md5 === key.md5;
}

function describe(key: CheckoutKey, preferred: boolean, digest: Digest): Record<string, unknown> {
  return inBothSpellings({
    public_key: key.publicKey,
    type: key.type,
    fingerprint: key[digest],
    preferred,
    created_at: key.createdAt,
  });
}

/** A real SSH public key with its fingerprints. Its private half is thrown away: nothing is checked out here. */
function generateKey(): Pick<CheckoutKey, "publicKey" | "md5" | "sha256"> {
  const { x = "" } = generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });
  const blob = Buffer.concat([sshString(Buffer.from("ssh-ed25519")), sshString(Buffer.from(x, "base64url"))]);
  const md5 = createHash("md5").update(blob).digest("hex");
  return {
    publicKey: `ssh-ed25519 ${blob.toString("base64")}`,
    md5: (md5.match(/../g) ?? []).join(":"),
    sha256: `SHA256:${createHash("sha256").update(blob).digest("base64").replaceAll("=", "")}`,
  };
}

function sshString(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
