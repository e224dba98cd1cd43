/** The jobs that run on every push: lint, tests, and a check of the settings for deployment. */
import circleci from "@circleci/circleci-config-sdk";
import type { JobSurroundings } from "./delivery-job.ts";

const { Job, commands } = circleci;

const PIP_CACHE = 'pip-1-{{ arch }}-{{ checksum "requirements.txt" }}';
/** The settings refuse to load without a key; this one guards nothing. */
const TEST_ENVIRONMENT = { DJANGO_SECRET_KEY: "only-for-tests" };

/** The jobs, on an executor that has Python. Each name is also that of a check that CircleCI reports to GitHub. */
export function checkJobs({ executor, checkout, properties }: JobSurroundings) {
  const all = { ...properties, environment: TEST_ENVIRONMENT };
  const lintSteps = [checkout, run("Install Ruff", "pip install ruff==0.17.6"), run("Lint", "ruff check .")];
  const testSteps = [
    ...installed(checkout),
    run("Install the test runner", "pip install unittest-xml-reporting==4.0.0"),
    run("Test", "python manage.py test --testrunner xmlrunner.extra.djangotestrunner.XMLTestRunner"),
    new commands.Run({
      name: "Collect results",
      command: "mkdir -p test-results && mv TEST-*.xml test-results/",
      when: "always",
    }),
    new commands.StoreTestResults({ path: "test-results" }),
  ];
  const settingsSteps = [
    ...installed(checkout),
    run("Check the settings for deployment", "python manage.py check --deploy"),
  ];
  return {
    lint: new Job("lint", executor, lintSteps, properties),
    test: new Job("test", executor, testSteps, all),
    settings: new Job("settings", executor, settingsSteps, all),
  };
}

function run(name: string, command: string) {
  return new commands.Run({ name, command });
}

/** The checkout with its dependencies, from the cache while requirements.txt is the same. */
function installed(checkout: circleci.commands.Checkout) {
  return [
    checkout,
    new commands.cache.Restore({ keys: [PIP_CACHE, "pip-1-{{ arch }}-"] }),
    run("Install dependencies", "pip install -r requirements.txt"),
    new commands.cache.Save({ key: PIP_CACHE, paths: ["~/.cache/pip"] }),
  ];
}
