/** A process that ensures an engine on a fake machine: `node engine-ensure-process.ts '{"sources":…,"env":…}'`. */
import { ensureEngineFrom } from "../../cli/engine/ensure.ts";

const { sources, env } = JSON.parse(process.argv[2] ?? "");
const say = (text: string): boolean => process.stderr.write(`${text}\n`);
const engine = await ensureEngineFrom(sources, {
  env,
  progress: {
    note: say,
    step: (title, work) => {
      say(title);
      return work(say);
    },
  },
});
process.stdout.write(JSON.stringify(engine));
