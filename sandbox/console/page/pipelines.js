/** Pipelines with their jobs, and what each step has written. */
import { clock, element } from "./dom.js";
import { pill, read, showEntries } from "./entries.js";

const list = document.querySelector("#pipelines-list");
const empty = document.querySelector("#pipelines-empty");

/**
 * Shows them as they are now.
 * @param {object[]} pipelines
 */
export function showPipelines(pipelines) {
  empty.hidden = pipelines.length > 0;
  showEntries({ list, items: pipelines, keyOf: ({ id }) => id, summary, details });
}

function summary({ number, repository, branch, commit, subject, time, status }) {
  return [
    element("span", { class: "name" }, `${number}. ${subject}`),
    pill(status),
    element("span", { class: "detail" }, `${repository}, branch ${branch}, ${commit}, `, clock(time)),
  ];
}

async function details({ jobs, error }) {
  if (error) return [element("pre", { tabindex: "0" }, error)];
  const shown = await Promise.all(jobs.map(async (job) => [job, await read(`/_sandbox/jobs/${job.number}`)]));
  return shown.map(([job, log]) => showJob(job, log?.steps ?? []));
}

function showJob({ name, status, explanation, seconds }, steps) {
  const took = seconds === undefined ? undefined : element("span", { class: "detail" }, ` ${seconds} s`);
  return element(
    "section",
    { "aria-label": `Job ${name}` },
    element("h3", {}, `${name} `, pill(status), took),
    explanation ? element("p", { class: "quiet" }, explanation) : undefined,
    ...steps.map(showStep),
  );
}

/** A step that failed is open. */
function showStep({ name, status, output }) {
  const [title = ""] = name.split("\n");
  return element(
    "details",
    { class: "step", open: status === "failed" },
    element("summary", {}, `${title} `, pill(status)),
    element("pre", { tabindex: "0", "aria-label": `Output of ${title}` }, output || "Nothing was written."),
  );
}
