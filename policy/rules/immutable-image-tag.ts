import { setCommand } from "../../lib/configuration-problems.ts";
import { parseReference } from "../../providers/kit/image-reference.ts";
import { labelOf } from "../kit/label.ts";
import { lookUp, shownAt } from "../kit/look-up.ts";
import { WEB_SERVICE } from "../kit/resource-types.ts";
import type { ResourceRule } from "../kit/rule.ts";

/** What names one image for ever: the chain's own tag, a commit, a full version, a date or a build's number. */
const IMMUTABLE = [
  /^content-[0-9a-f]{16}$/,
  /(?:^|[._-])(?=[a-f]*\d)[0-9a-f]{7,64}$/,
  /(?:^|[._-])v?\d+\.\d+\.\d+(?:[.+_-][\w.-]*)?$/,
  /(?:^|[._-])\d{4}[.-]?\d{2}[.-]?\d{2}(?:[T._-]?\d+)*$/,
  /(?:^|[._-])(?:build|b|r|run)[._-]?\d+$/,
];

/** What is moved all the same, e.g. `1.5.0-SNAPSHOT`. */
const MOVED = /(?:^|[._-])(?:latest|snapshot|nightly|edge|stable)$/i;

/** No tag in production that is moved from image to image. */
export const immutableImageTag: ResourceRule = {
  name: "immutable-image-tag",
  title: "Production runs an image whose tag always means the same image.",
  where: "production",
  level: "mandatory",
  severity: "high",
  reason: "Render pulls again when it restarts or scales, and a rollback has to bring back what ran.",
  mend:
    "Leave it to `delivery:image.delivery: build`, which derives the tag from the content, or name a version, a commit " +
    `or a date: \`${setCommand("delivery:image.tag", "TAG")}\` (\`npx --no delivery releases\` shows what ran).`,
  settings: {
    patterns: {
      description: "regular expressions of further tags that your registry never moves",
      default: [],
      format: "regex",
    },
  },
  types: [WEB_SERVICE],
  *check(site, { patterns = [] }) {
    const image = lookUp(site.properties, "image");
    if (typeof image !== "string") return;
    const { digest, tag = "latest" } = parseReference(image) ?? {};
    if (digest !== undefined) return;
    const known = [...IMMUTABLE, ...patterns.map((pattern) => new RegExp(pattern))];
    if (MOVED.test(tag) || !known.some((pattern) => pattern.test(tag)))
      yield {
        problem: `${labelOf(site)} runs ${shownAt(site.properties, "image")}: such a tag can be moved to another image.`,
      };
  },
};
