/**
 * Once a resource has failed, the engine ends and no longer takes calls, while the program may still be making some.
 * The SDK would print each refused call with its stack trace, over the error that matters. The engine has told that
 * error already, so the program ends without a word.
 */
import { status } from "@grpc/grpc-js";

/** The exit code by which the SDK tells its host that the user has been told. */
const USER_WAS_TOLD = 32;

/** What gRPC throws for a call on a connection that the SDK has closed already. */
const CLOSED = "Channel has been shut down";

const endQuietly = (error: unknown): void => {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  // A program speaks gRPC with the engine alone.
  if (code === status.UNAVAILABLE || code === status.CANCELLED || message === CLOSED) process.exit(USER_WAS_TOLD);
};

// First, because the SDK's own listeners print and exit.
process.prependListener("uncaughtException", endQuietly);
process.prependListener("unhandledRejection", endQuietly);
