/** How a command of the sandbox tells what stopped it. */
import assert from "node:assert/strict";
import { fail } from "../../sandbox/commands/failure.ts";

describe("the failure of a command of the sandbox", () => {
  it("shows nothing that steers a terminal, hides text or logs in", () => {
    const before = process.exitCode;
    let shown = "";
    const told = "\u001b]0;title\u0007\u001b[31mno answer\u202e from http://user:pa55word@proxy.example:80/";
    fail(new Error(told), {
      write: (text: string | Uint8Array) => {
        shown += text;
        return true;
      },
    });
    assert.equal(process.exitCode, 1);
    process.exitCode = before;
    assert.equal(shown, "\nno answer<U+202E> from http://user:...@proxy.example:80/\n");
  });
});
