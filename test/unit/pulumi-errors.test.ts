import assert from "node:assert/strict";
import { errorsOf, failedRun } from "../../cli/pulumi.ts";

describe("errors of a failed run of the engine", () => {
  const shown = (stdout: string, stderr = ""): string => errorsOf({ code: 1, stdout, stderr });

  it("are its error lines, with what is set further in below them", () => {
    const output = `Updating (prod):
    pulumi:pulumi:Stack site-prod running error: The configuration has a problem.
Diagnostics:
  pulumi:pulumi:Stack (site-prod):
    error: The configuration has a problem.
    
      delivery:image.tag names no image
          pulumi config set TAG

Resources:
    1 errored
`;
    assert.equal(
      shown(output),
      "The configuration has a problem.\n\n  delivery:image.tag names no image\n      pulumi config set TAG",
    );
  });

  it("are told once, from both streams", () => {
    assert.equal(shown("    error: b\n", "error: a\n  more\nerror: b\nnote: c\n"), "a\n  more\nb");
  });

  it("say what to do about the stack's file by its name", () => {
    const stderr = "error: getting stack configuration: invalid YAML file: yaml: line 36: did not find ','\n";
    const said = errorsOf({ code: 1, stdout: "", stderr, stackFile: "/site/Pulumi.prod.yaml" });
    assert.match(said, /line 36.*\nFix the stack's file, \/site\/Pulumi\.prod\.yaml, in the line that is named\.$/);
  });

  it("are followed by one next step: the engine's reason has its own, or the command has one", () => {
    const failed = (error: string): string =>
      failedRun("The state cannot be read", { code: 1, stdout: "", stderr: `error: ${error}\n` }).message;
    for (const reason of ["no stack named 'prod' found", "incorrect passphrase", "invalid YAML file: line 3"]) {
      assert.match(failed(reason), /^The state cannot be read: .*\n.*\nThen run this again\.$/);
      assert.ok(failed(reason).includes(reason));
    }
    assert.match(
      failed("disk full"),
      /^The state cannot be read: disk full\nRun this in the folder of the Pulumi project/,
    );
  });

  it("are the last lines when nothing is marked as an error", () => {
    assert.equal(shown("one\ntwo\n\nthree\nfour\n"), "two\nthree\nfour");
  });
});
