/** A success that cannot be read counts as a lost answer, whatever the method. */
import assert from "node:assert/strict";
import { z } from "zod";
import { list } from "../../providers/kit/answer.ts";
import { createOnce } from "../../providers/kit/create-once.ts";
import { HttpClient, type Method } from "../../providers/kit/http.ts";
import { DEFAULT_LIMITS } from "../../providers/kit/retry.ts";
import { mayHaveTakenEffect } from "../../providers/kit/service-error.ts";
import { type ParcelService, startParcelService } from "./fixtures/parcel-service.ts";

const stored = z.object({ id: z.string(), name: z.string() });
const texts: Record<string, (text: string) => string> = {
  "truncated JSON": (text) => text.slice(0, -1) || "{",
  "a page of HTML": () => "<html><body>Down for maintenance</body></html>",
  "an empty 200": () => "",
};

describe("kit: successes that cannot be read", () => {
  let service: ParcelService;
  let client: HttpClient;
  beforeEach(async () => {
    service = await startParcelService();
    client = new HttpClient({
      service: "Parcel",
      baseUrl: service.baseUrl,
      headers: {},
      tokenVariable: "PARCEL_TOKEN",
      permission: "make one",
      limits: { ...DEFAULT_LIMITS, firstWaitMs: 1 },
    });
  });
  afterEach(() => service.close());

  const context = () => ({ signal: new AbortController().signal });
  const write = (method: Method, repeatable?: boolean) => {
    const path = method === "POST" ? "/parcels" : "/parcels/p1";
    const options = { ...(method === "DELETE" ? {} : { body: { name: "box" } }), ...(repeatable && { repeatable }) };
    return client.call(context(), method, path, options);
  };

  for (const [kind, text] of Object.entries(texts)) {
    describe(kind, () => {
      it("is asked again when reading: what exists is not taken for gone", async () => {
        await write("POST");
        service.spoil("GET", { kind: "garble", text }, { kind: "garble", text, before: true });
        assert.deepEqual(await client.find(context(), "/parcels/p1", { answer: stored }), { id: "p1", name: "box" });
        service.spoil("GET", { kind: "garble", text });
        assert.equal((await client.call(context(), "GET", "/parcels", { answer: z.array(stored) })).length, 1);
      });

      it("is an error when it stays, in one line that names the request", async () => {
        service.spoil("GET", ...Array(6).fill({ kind: "garble", text, before: true }));
        await assert.rejects(client.find(context(), "/parcels/p1", { answer: stored }), (error: Error) => {
          assert.match(error.message, /^Parcel GET \/parcels\/p1 answered [^\n]+ where JSON is needed\. [^\n]+$/);
          return true;
        });
      });

      for (const before of [true, false]) {
        const place = before ? "in place of the service's answer" : "after the effect";
        it(`does not pass for a deleted or changed object (${place})`, async () => {
          await write("POST");
          service.spoil("PUT", { kind: "garble", text, before });
          await write("PUT");
          assert.equal(service.parcels.get("p1")?.revision, before ? 2 : 3);
          service.spoil("DELETE", { kind: "garble", text, before });
          await client.remove(context(), "/parcels/p1");
          assert.equal(service.parcels.size, 0);
        });

        it(`does not repeat what may not be repeated, and says that it may have taken effect (${place})`, async () => {
          service.spoil("POST", { kind: "garble", text, before });
          await assert.rejects(write("POST"), (error) => mayHaveTakenEffect(error));
          assert.equal(service.requests.length, 1);
        });

        it(`has an object made once (${place})`, async () => {
          service.spoil("POST", { kind: "garble", text, before });
          const made = await createOnce({
            context: context(),
            find: (within) => client.call(within, "GET", "/parcels", { answer: z.array(stored) }),
            create: (within) => client.call(within, "POST", "/parcels", { body: { name: "box" }, answer: stored }),
            idOf: ({ id }) => id,
          });
          assert.equal(made.name, "box");
          assert.equal(service.parcels.size, 1);
        });
      }
    });
  }

  it("does not take an accepted GET without an answer for an empty list", async () => {
    service.spoil("GET", ...Array(6).fill({ kind: "answer", status: 204 }));
    await assert.rejects(
      client.call(context(), "GET", "/parcels", { answer: list(stored) }),
      /^UnreadableAnswerError: Parcel GET \/parcels answered nothing where JSON is needed/,
    );
  });

  it("takes a created object whose answer lacks a field from the list, and does not ask again for what would not change", async () => {
    service.spoil("POST", { kind: "garble", text: () => '{"name":"box"}' });
    const made = await createOnce({
      context: context(),
      find: (within) => client.call(within, "GET", "/parcels", { answer: z.array(stored) }),
      create: (within) => client.call(within, "POST", "/parcels", { body: { name: "box" }, answer: stored }),
      idOf: ({ id }) => id,
    });
    assert.equal(made.id, "p1");
    service.requests.splice(0);
    service.spoil("GET", { kind: "garble", text: () => '{"name":"box"}' });
    await assert.rejects(
      client.call(context(), "GET", "/parcels/p1", { answer: stored }),
      /^UnreadableAnswerError: Parcel GET \/parcels\/p1 answered nothing for id, which has to be a string/,
    );
    assert.equal(service.requests.length, 1);
  });
});
