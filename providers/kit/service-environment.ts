/** The environment variables by which a provider reaches its service. */
import type { CheckFailure } from "./resource.ts";
import { withoutLogin } from "./without-login.ts";

/** Which variables, and how the user gets a token. */
export interface ServiceVariables {
  /** Holds the token; it has to be set. */
  readonly token: string;
  /** May hold another address of the service. */
  readonly baseUrl: string;
  /** The first half of the mend: "make an API key in ... under ...". */
  readonly howToGetToken: string;
}

/** What is wrong with these variables: the token's absence, an address that is none. No value of a token is shown. */
export function checkServiceEnvironment(variables: ServiceVariables, environment: NodeJS.ProcessEnv): CheckFailure[] {
  const { token, baseUrl, howToGetToken } = variables;
  const failures: CheckFailure[] = [];
  if (!environment[token]) {
    const reason = `the environment variable ${token} is not set; ${howToGetToken}, and run \`export ${token}=...\``;
    failures.push({ property: "", reason });
  }
  const address = environment[baseUrl];
  if (address !== undefined && !isWebAddress(address)) {
    failures.push({
      property: "",
      reason: `${baseUrl} is "${withoutLogin(address)}", which is not a valid http or https address`,
    });
  }
  return failures;
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
