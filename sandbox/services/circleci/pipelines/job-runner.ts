/** How the steps of a job are run; the real way is in sandbox/jobs, a test may give another. */
import type { ServiceImage } from "./config.ts";
import type { Step } from "./steps.ts";

/** A job to run. */
export interface JobRequest {
  readonly id: string;
  readonly images: readonly ServiceImage[];
  /** Variables of the job, of CircleCI and of its contexts. */
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  readonly steps: readonly Step[];
  /** What is checked out: an address that git takes, and the commit. */
  readonly checkout: { readonly url: string; readonly sha: string; readonly branch: string };
  readonly signal: AbortSignal;
  /** A step begins. */
  onStep(index: number): void;
  /** Text that it writes. */
  onOutput(index: number, text: string): void;
  /** It has ended. */
  onStepEnd(index: number, exitCode: number): void;
}

/** Runs jobs. */
export interface JobRunner {
  /** Runs the steps up to the first that fails; true when none did. Rejects when the job cannot be run at all. */
  run(request: JobRequest): Promise<boolean>;
  /** What of a job's images it has nothing for; such a job is not run. */
  unknown(images: readonly ServiceImage[]): readonly string[];
  /** Addresses of the emulated services, which a job at the real CircleCI reaches without being told. */
  readonly environment: Readonly<Record<string, string>>;
}
