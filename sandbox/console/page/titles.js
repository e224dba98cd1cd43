/** The services' names as people write them. */
export const titles = { github: "GitHub", circleci: "CircleCI", sentry: "Sentry", render: "Render" };
