/** Everything that the provider reads of one web service, in one place. */
import type { CustomDomain, WebService } from "../api/answers.ts";
import type { DeployHistory } from "../deploys/history.ts";

/** A web service as it is now. */
export interface ObservedService {
  readonly service: WebService;
  readonly variables: ReadonlyMap<string, string>;
  readonly secretFiles: ReadonlyMap<string, string>;
  readonly customDomains: readonly CustomDomain[];
  readonly deploys: DeployHistory;
}
