/** Deleting an object, and knowing that it is gone. */
import { isStatus, mayHaveTakenEffect } from "../../kit/service-error.ts";
import type { ApiContext } from "./client.ts";

/** How often the deleting request is sent. */
const ATTEMPTS = 3;

/**
 * Deletes an object. That it is not there, that it may not be seen, and an answer that was lost are only taken for
 * "gone" when a look at what is there says the same; otherwise the request is sent again.
 * @param isThere looks the object up, in a list where there is one.
 * @throws what the request threw, when the object is still there.
 */
export async function remove(api: ApiContext, path: string, isThere: () => Promise<boolean>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await api.client.send(api, "DELETE", path);
    } catch (error) {
      const isDoubtful = isStatus(error, 403, 404) || mayHaveTakenEffect(error);
      if (!isDoubtful) throw error;
      if (!(await isThere())) return;
      if (isStatus(error, 403) || attempt === ATTEMPTS) throw error;
    }
  }
}
