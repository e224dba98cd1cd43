/** The application's registry: a real one on loopback that asks for a login and allows deletes. */
import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import bcrypt from "bcryptjs";
import { stringify } from "yaml";
import { z } from "zod";
import { movedMessage } from "../../services/core/ports.ts";
import { readJsonFile } from "../system/json-file.ts";
import { processesOf } from "../system/own-processes.ts";
import { portLikeBefore } from "../system/ports.ts";
import { endProcesses } from "../system/processes.ts";

/** How to reach the registry and log in. */
export interface RegistryAccess {
  /** `localhost:PORT`, as it starts an image's name. */
  readonly address: string;
  readonly username: string;
  readonly password: string;
}

/** A running registry. */
export interface Registry extends RegistryAccess {
  close(): Promise<void>;
}

/** Starts the registry program of one kind of engine. */
export type RegistryStarter = (setup: RegistrySetup) => Promise<{ close(): Promise<void> }>;

/** What a registry program is started with. */
export interface RegistrySetup {
  /** Holds config.yml, the login and the images. */
  readonly folder: string;
  /** Port to listen on, on loopback. */
  readonly port: number;
  /** Writes config.yml for a program that sees the folder at this path and listens on this address. */
  writeConfig(folderSeen: string, listenOn: string): Promise<void>;
  /** True once the registry answers. */
  answers(signal: AbortSignal): Promise<boolean>;
}

const USERNAME = "delivery";
/** The registry checks the password on every request; the password is random, so a slow hash would guard nothing. */
const BCRYPT_COST = 4;
const ATTEMPTS = 3;
const GRACE_MS = 5_000;

const recordSchema = z.object({ port: z.int(), password: z.string() });

/**
 * Ends what a crash has left of the registry, and starts it on the port that it had the last time when that is free, with the password that it had.
 * @param tell is told when it is on another port than the last time.
 * @throws the starter's error when it does not start on any of a few ports.
 */
export async function openRegistry(
  folder: string,
  start: RegistryStarter,
  tell: (message: string) => void = () => {},
): Promise<Registry> {
  // A registry that a crash has left would keep its port.
  await endProcesses(await processesOf(folder), GRACE_MS);
  await mkdir(join(folder, "data"), { recursive: true, mode: 0o700 });
  const recordFile = join(folder, "access.json");
  const before = await readJsonFile(recordFile, recordSchema);
  const password = before?.password ?? randomBytes(18).toString("base64url");
  await writeFile(join(folder, "htpasswd"), `${USERNAME}:${await bcrypt.hash(password, BCRYPT_COST)}\n`, {
    mode: 0o600,
  });

  for (let attempt = 1; ; attempt++) {
    const port = await portLikeBefore(attempt === 1 ? before?.port : undefined);
    try {
      const running = await start({
        folder,
        port,
        writeConfig: (folderSeen, listenOn) => writeFile(join(folder, "config.yml"), config(folderSeen, listenOn)),
        answers: (signal) => answers(port, signal),
      });
      await writeFile(recordFile, JSON.stringify({ port, password }), { mode: 0o600 });
      if (before !== undefined && before.port !== port) tell(movedMessage("the image registry", before.port, port));
      return { address: `localhost:${port}`, username: USERNAME, password, close: () => running.close() };
    } catch (error) {
      // Another program may take the port between the choice and the start.
      if (attempt === ATTEMPTS) throw error;
    }
  }
}

/** The file that "Configuring a registry" of the Distribution project describes. */
function config(folder: string, address: string): string {
  return stringify({
    version: "0.1",
    log: { level: "warn", accesslog: { disabled: true } },
    storage: {
      filesystem: { rootdirectory: `${folder}/data` },
      delete: { enabled: true },
      maintenance: { uploadpurging: { enabled: false } },
    },
    http: { addr: address },
    auth: { htpasswd: { realm: "sandbox", path: `${folder}/htpasswd` } },
  });
}

/** A registry that asks for a login answers its base route with 401. */
async function answers(port: number, signal: AbortSignal): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/v2/`, { signal }).then(
    (response) => response.status === 401,
    () => false,
  );
}
