/** What the Pulumi CLI says before it begins, with the command that gets past it. */

const REFUSALS: readonly (readonly [said: RegExp, next: string])[] = [
  [
    /no stack named '[^']*' found/,
    "`npm run pulumi -- stack ls` lists the stacks of this backend; `npm run pulumi -- stack init NAME` makes one.",
  ],
  [/no stack selected/, "Name it by --stack, or select it: `npm run pulumi -- stack select NAME`."],
  [
    /incorrect passphrase/,
    "PULUMI_CONFIG_PASSPHRASE has to be the one that the stack was made with: its file, Pulumi.<stack>.yaml, is encrypted with it.",
  ],
  [
    /passphrase must be set with PULUMI_CONFIG_PASSPHRASE/,
    "Run `export PULUMI_CONFIG_PASSPHRASE=...` with the passphrase of the stack, or let PULUMI_CONFIG_PASSPHRASE_FILE name a file that holds it.",
  ],
  [/invalid YAML file/, "Fix the stack's file, Pulumi.<stack>.yaml, in the line that is named."],
  [/no Pulumi\.yaml project file found/, "Run this in the folder of the delivery program, where Pulumi.yaml is."],
  [
    /PULUMI_ACCESS_TOKEN must be set for login/,
    "Log in to the backend that keeps the state: `npm run pulumi -- login file://~`, an S3 bucket, or Pulumi Cloud (docs/backends.md).",
  ],
];

/** Stands for the stack's file, whose name the engine does not say. */
const STACK_FILE = "Pulumi.<stack>.yaml";

/** Whether what to do about it is something in the stack's file. */
export function isAboutStackFile(text: string): boolean {
  return REFUSALS.some(([said, next]) => said.test(text) && next.includes(STACK_FILE));
}

/** What to do after a failure that the Pulumi CLI explains in this text: what is said there already, or this. */
export function nextStepAfter(error: string, otherwise: string): string {
  return REFUSALS.some(([said]) => said.test(error)) ? "Then run this again." : otherwise;
}

/**
 * The text, and below it what to do where one of these is what it says.
 * @param stackFile the stack's file, where it is known.
 */
export function withNextStep(error: string, stackFile = STACK_FILE): string {
  const next = REFUSALS.find(([said]) => said.test(error))?.[1].replaceAll(STACK_FILE, stackFile);
  return next === undefined || error.includes(next) ? error : `${error}\n${next}`;
}
