import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { answerOf } from "./client.ts";
import { fateOf } from "./fate.ts";

const chatId = 4711;
const fate = (status: number, body: unknown) =>
  fateOf(answerOf(status, typeof body === "string" ? body : JSON.stringify(body)), chatId);
const refusal = (code: number, description: string, parameters?: object) =>
  fate(code, { ok: false, error_code: code, description, parameters });

function example(name: string): string {
  return readFileSync(new URL(`./fixtures/teloxide__apiresponse__${name}.json`, import.meta.url), "utf8");
}

describe("an answer decides what becomes of a message", () => {
  it("accepted: known by chat and message", () => {
    expect(fate(200, { ok: true, result: { message_id: 9 } })).toEqual({
      outcome: "accepted",
      externalId: "4711:9",
    });
  });

  it.each([
    [401, "Unauthorized", "red"],
    [404, "Not Found", "red"],
    [403, "Forbidden: bot was blocked by the user", "blocked"],
    [403, "Forbidden: user is deactivated", "blocked"],
    [403, "Forbidden: bot can't initiate conversation with a user", "blocked"],
    [400, "Bad Request: chat not found", "never"],
    [400, "Bad Request: BUTTON_DATA_INVALID", "never"],
    [400, "Bad Request: wrong file identifier/HTTP URL specified", "media"],
    [400, "Bad Request: PHOTO_INVALID_DIMENSIONS", "media"],
    [413, "Request Entity Too Large", "media"],
    [418, "a code of tomorrow", "never"],
  ])("%i %s: failed, %s", (code, description, action) => {
    expect(refusal(code, description)).toMatchObject({ outcome: "failed", action, error: { code } });
  });

  it("429: the account stands still as long as Telegram says", () => {
    expect(refusal(429, "Too Many Requests: retry after 7", { retry_after: 7 })).toMatchObject({
      outcome: "retry",
      afterMs: 7000,
      scope: "account",
    });
    expect(refusal(429, "Too Many Requests")).toMatchObject({ outcome: "retry", afterMs: 5000 });
  });

  it("503 was not handled and is repeated; any other 5xx may have sent it and is not", () => {
    expect(fate(503, "busy")).toMatchObject({ outcome: "retry" });
    expect(fate(502, "<html>Bad Gateway</html>")).toMatchObject({
      outcome: "uncertain",
      error: { code: 502 },
    });
    expect(refusal(500, "Internal Server Error")).toMatchObject({ outcome: "uncertain" });
  });

  it("an answer that nobody understands is uncertain, not sent again", () => {
    expect(fate(200, "ok")).toMatchObject({ outcome: "uncertain" });
    expect(fate(200, { ok: true, result: true })).toMatchObject({ outcome: "uncertain" });
  });

  it("the examples of a library: flood wait, a group that moved, a block without a code", () => {
    expect(fate(429, example("retry_after"))).toMatchObject({ outcome: "retry", afterMs: 123_456_000 });
    expect(fate(400, example("migrate"))).toMatchObject({ outcome: "failed", action: "never" });
    expect(fate(403, example("smoke_err"))).toMatchObject({ outcome: "failed", action: "blocked" });
  });
});
