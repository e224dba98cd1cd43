import assert from "node:assert/strict";
import {
  htmlReport,
  jsonReport,
  markdownReport,
  type Report,
  reportOf,
  terminalReport,
} from "../../cli/report/index.ts";
import { previewOf, UNKNOWN } from "./support/engine-events.ts";

const dnsRecords = [
  { type: "CNAME", name: "www.example.com", value: "site.onrender.com" },
  { type: "A", name: "example.com", value: "216.24.57.1" },
];

describe("a report of a site with custom domains", () => {
  const report = (domains: unknown): Report => {
    const outputs = { site: { url: "https://site.onrender.com", domains } };
    const stack = { op: "same", type: "pulumi:pulumi:Stack", name: "delivery-prod", old: {}, new: { outputs } };
    return reportOf(previewOf(stack), { operation: "up", stack: "prod" });
  };
  const verified = { name: "shop.example.com", verificationStatus: "verified", dnsRecords: [] };
  const unverified = { name: "www.example.com", verificationStatus: "unverified", dnsRecords };
  const plain = { colour: false, width: 400 };

  it("says which is verified, and what to set in the DNS of one that is not, in every form", () => {
    const told = report([verified, unverified]);
    const records = "CNAME www.example.com site.onrender.com, A example.com 216.24.57.1";
    const text = terminalReport(told, plain);
    assert.match(text, /^ {2}Domain: shop\.example\.com, verified$/m);
    assert.ok(text.includes(`  Domain: www.example.com, not verified; its DNS needs ${records}\n`), text);
    assert.ok(htmlReport(told).includes(records));
    // Names of hosts are no links there.
    assert.match(markdownReport(told), /<th>Domain<\/th><td><code>.*not verified; its DNS needs CNAME /);
    assert.deepEqual((jsonReport(told) as { domains: unknown }).domains, [
      { name: "shop.example.com", isVerified: true, records: [] },
      { name: "www.example.com", isVerified: false, records: records.split(", ") },
    ]);
  });

  it("says nothing of domains that are not known yet, and of none", () => {
    for (const domains of [undefined, UNKNOWN, []]) {
      assert.equal(report(domains).domains, undefined);
      assert.doesNotMatch(terminalReport(report(domains), plain), /Domain/);
    }
  });

  it("names a verified one of a verification that is not known yet as not verified", () => {
    const [domain] = report([{ ...unverified, verificationStatus: UNKNOWN }]).domains ?? [];
    assert.equal(domain?.isVerified, false);
  });
});
