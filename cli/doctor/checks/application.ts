/** The application's files: what its image is made of, and what will mostly not work. */
import { partCheck } from "../check.ts";
import { notChecked, ok, warn } from "../finding.ts";

export const application = partCheck("image", {
  id: "application",
  area: "Here",
  title: "application",
  asks: "Reads the application's files and its Dockerfile: package tool, server, settings, Python; of a Dockerfile of the team's own its port, command and collectstatic.",
  finds:
    "What will mostly not work, such as settings that refuse Render's name for the site. What is missing for certain is a problem of the configuration.",
  applies: ({ delivery }, { declares }) => delivery !== "pinned" && declares !== "shared",
  async run(_image, { configuration }) {
    const { applicationFindings } = await import("../../../infra/application/findings.ts");
    const { applicationSummary } = await import("../../../infra/application/summary.ts");
    const summary = applicationSummary(configuration);
    if (summary === undefined) return notChecked("there is no Dockerfile to build");
    const { warnings } = applicationFindings(configuration);
    return [ok(summary), ...warnings.map(({ key, problem, mend }) => warn(`${key} ${problem}`, mend))];
  },
});
