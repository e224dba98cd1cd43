/** `npm start`: the whole delivery chain on this machine, with no account. See `commands/start.ts`. */
import { fail } from "./commands/failure.ts";
import { startCommand } from "./commands/start.ts";

await startCommand().parseAsync().catch(fail);
