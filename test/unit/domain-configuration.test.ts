import assert from "node:assert/strict";
import { loadWith, makeFolder, removeFolder, validConfig } from "./support/configuration.ts";

describe("configuration of the site's domains", () => {
  let folder: string;
  before(async () => {
    folder = await makeFolder({ "manage.py": "print()", Dockerfile: "FROM scratch" });
  });
  after(() => removeFolder(folder));

  const load = (domains?: unknown) => {
    const site = validConfig(folder)["delivery:site"] as object;
    return loadWith(folder, { "delivery:site": { ...site, ...(domains !== undefined && { domains }) } });
  };

  it("has none by default", async () => {
    assert.deepEqual((await load()).site?.domains, []);
  });

  for (const domains of [
    ["example.com"],
    ["www.example.com", "shop.example.com", "*.example.com"],
    // What is below a public suffix of two labels is an apex; `www` of what is no apex gets no redirect.
    ["example.co.uk", "shop.example.com", "www.shop.example.com"],
    ["xn--xample-ova.com"],
  ])
    it(`takes ${domains.join(", ")}`, async () => {
      assert.deepEqual((await load(domains)).site?.domains, domains);
    });

  const refused: Record<string, [readonly string[], RegExp]> = {
    "an address": [["https://example.com"], /site\.domains\[0\] is not a domain in lower case/],
    "capital letters": [["Example.com"], /site\.domains\[0\] is not a domain in lower case/],
    "a port": [["example.com:443"], /site\.domains\[0\] is not a domain/],
    "an IP address": [["203.0.113.7"], /site\.domains\[0\] is not a domain/],
    "a public suffix": [["example.com", "co.uk"], /site\.domains\[1\] is no domain that somebody can have registered/],
    "one that is there twice": [
      ["example.com", "example.com"],
      /site\.domains\[1\] is there twice\n.* rm .*domains\[1\]/,
    ],
    "the name that Render adds to an apex": [
      ["example.com", "www.example.com"],
      /site\.domains\[1\] is made by Render beside example\.com/,
    ],
    "the apex that Render adds to its www name": [
      ["www.example.co.uk", "example.co.uk"],
      /site\.domains\[1\] is made by Render beside www\.example\.co\.uk/,
    ],
    "Render's own": [["shop.onrender.com"], /site\.domains\[0\] is Render's own/],
  };
  for (const [what, [domains, message]] of Object.entries(refused))
    it(`refuses ${what}`, async () => {
      await assert.rejects(load(domains), message);
    });
});
