/** A real browser for the tests of the console's page. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import which from "which";
import { isDebianRoot } from "../../sandbox/docker/system/debian-packages.ts";

const PROGRAMS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
/** No calls of its own to the network; root cannot use Chromium's own sandbox. */
const FLAGS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

/** Installing Chromium where it is missing downloads about 100 MB. */
export const INSTALL_MS = 300_000;

/** Starts the machine's Chromium, installed first when this is Debian and root; undefined when there is none to be had. */
export async function launchBrowser(): Promise<Browser | undefined> {
  const executablePath = (await findProgram()) ?? (await installProgram());
  return executablePath === undefined ? undefined : chromium.launch({ executablePath, args: FLAGS });
}

async function findProgram(): Promise<string | undefined> {
  for (const program of PROGRAMS) {
    const path = await which(program, { nothrow: true });
    if (path) return path;
  }
  return undefined;
}

async function installProgram(): Promise<string | undefined> {
  if (!(await isDebianRoot())) return undefined;
  const aptGet = (...args: string[]): Promise<unknown> =>
    promisify(execFile)("apt-get", args, { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
  try {
    await aptGet("update").catch((error: unknown) => error);
    await aptGet("install", "--yes", "--no-install-recommends", "chromium");
  } catch {
    return undefined;
  }
  return findProgram();
}

/** A page, and what its own console said that it should not have. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors and warnings, breaches of the Content-Security-Policy among them. */
  readonly complaints: readonly string[];
}

/** Opens an address in a browser profile of its own. */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions): Promise<WatchedPage> {
  const page = await browser.newPage(options);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  await page.goto(url);
  return { page, complaints };
}
