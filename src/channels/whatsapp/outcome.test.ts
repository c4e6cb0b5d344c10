import { describe, expect, test } from "vitest";
import type { SendResult } from "#kernel";
import { backOffMs, classOf, type ErrorClass, errorRules, sentenceOf } from "./errors.ts";
import { outcomeOf, outcomeOfFailure } from "./outcome.ts";

function answer(status: number, body: unknown, headers: Record<string, string> = {}) {
  return { status, headers, bytes: Buffer.from(typeof body === "string" ? body : JSON.stringify(body)) };
}

function refused(code: number, attempt = 1, status = 400): SendResult {
  const error = { message: `(#${code}) title`, code, error_data: { details: "why" } };
  return outcomeOf(answer(status, { error }), attempt);
}

describe("the error table", () => {
  /** From Meta's list by way of the project's facts: code -> what follows. */
  test.each<[ErrorClass, number[], Partial<SendResult>]>([
    ["throttle", [4, 80007, 130429, 133016], { outcome: "retry", scope: "account", afterMs: 1000 }],
    ["pair", [131056], { outcome: "retry", scope: "pair", afterMs: 4000 }],
    ["quality", [368, 130497, 131031, 131048, 131064], { outcome: "failed", action: "quality" }],
    ["person", [130472, 131021, 131026, 131030, 131049, 131062], { outcome: "failed", action: "never" }],
    ["stopped", [131050], { outcome: "failed", action: "blocked_marketing" }],
    ["window", [131047], { outcome: "failed", action: "window" }],
    [
      "template",
      [131063, 132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132068, 132069],
      { outcome: "failed", action: "template" },
    ],
    ["media", [131052], { outcome: "failed", action: "media" }],
    ["upload", [131053], { outcome: "retry", scope: "pair" }],
    [
      "account",
      [0, 3, 10, 190, 200, 250, 299, 131005, 131037, 131042, 131045, 133010],
      { outcome: "failed", action: "red" },
    ],
    ["maintenance", [131057], { outcome: "retry", scope: "account", afterMs: 60_000 }],
    ["transient", [1, 2, 131000, 131016], { outcome: "retry", scope: "pair" }],
    ["request", [100, 131008, 131009, 131051, 137000], { outcome: "failed", action: "never" }],
  ])("%s %j", (name, codes, result) => {
    for (const code of codes) {
      expect(classOf(code)).toBe(name);
      expect(refused(code)).toMatchObject({ ...result, error: { code, details: "why" } });
    }
  });

  test("the pair limit waits 4^n seconds and at last gives up", () => {
    const waits = [1, 2, 3, 4, 5].map((attempt) => refused(131056, attempt));
    expect(waits.map((each) => each.outcome === "retry" && each.afterMs)).toEqual([
      4000, 16_000, 64_000, 256_000, 1_020_000,
    ]);
    expect(refused(131056, 6)).toMatchObject({ outcome: "failed", action: "never" });
  });

  test("an upload that failed is tried once more", () => {
    expect(refused(131053, 1).outcome).toBe("retry");
    expect(refused(131053, 2)).toMatchObject({ outcome: "failed", action: "media" });
  });

  test("every class speaks German and English, and never gives up silently", () => {
    for (const [name, rule] of Object.entries(errorRules)) {
      expect(rule.de.length, name).toBeGreaterThan(20);
      expect(rule.en.length, name).toBeGreaterThan(20);
      if (rule.retry)
        expect(backOffMs(rule.retry, 99)).toBe(Math.min(rule.retry.maxMs, backOffMs(rule.retry, 99)));
    }
    expect(sentenceOf({ code: 131047, title: "" }, "de")).toContain("24 Stunden");
    expect(sentenceOf({ code: 987, title: "" }, "en")).toContain("refused");
  });
});

describe("answers", () => {
  test("accepted only with an id", () => {
    expect(outcomeOf(answer(200, { messages: [{ id: "wamid.1" }] }), 1)).toEqual({
      outcome: "accepted",
      externalId: "wamid.1",
    });
    for (const body of ["", "<html>", {}, { messages: [] }, { messages: [{}] }]) {
      expect(outcomeOf(answer(200, body), 1).outcome).toBe("uncertain");
    }
  });

  test("a code that nobody documented goes by the status", () => {
    expect(refused(999, 1, 400)).toMatchObject({ outcome: "failed", action: "never" });
    expect(refused(999, 1, 401)).toMatchObject({ outcome: "failed", action: "red" });
    expect(refused(999, 1, 429)).toMatchObject({ outcome: "retry", scope: "account" });
    expect(refused(999, 1, 500)).toMatchObject({ outcome: "retry", scope: "pair" });
    expect(outcomeOf(answer(400, { error: { code: 999, is_transient: true } }), 1).outcome).toBe("retry");
  });

  test("without an error body a gateway's failure is a doubt, a refusal is not", () => {
    for (const status of [408, 500, 502, 504])
      expect(outcomeOf(answer(status, "<html>"), 1).outcome).toBe("uncertain");
    for (const status of [429, 503]) expect(outcomeOf(answer(status, ""), 1).outcome).toBe("retry");
    expect(outcomeOf(answer(401, ""), 1)).toMatchObject({ outcome: "failed", action: "red" });
    expect(outcomeOf(answer(404, ""), 1)).toMatchObject({ outcome: "failed", action: "never" });
  });

  test("Retry-After lengthens the wait, within an hour", () => {
    const wait = (value: string) => outcomeOf(answer(429, "", { "retry-after": value }), 1);
    expect(wait("30")).toMatchObject({ afterMs: 30_000 });
    expect(wait("soon")).toMatchObject({ afterMs: 1000 });
    expect(wait("999999")).toMatchObject({ afterMs: 3_600_000 });
  });
});

test("a failure before the first byte is tried again, one after it is a doubt", () => {
  const failure = (code: string) => outcomeOfFailure(Object.assign(new Error(code), { code }), 1);
  for (const code of [
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "UND_ERR_CONNECT_TIMEOUT",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
  ]) {
    expect(failure(code)).toMatchObject({ outcome: "retry", scope: "account" });
  }
  for (const code of [
    "ECONNRESET",
    "EPIPE",
    "UND_ERR_SOCKET",
    "UND_ERR_HEADERS_TIMEOUT",
    "UND_ERR_BODY_TIMEOUT",
  ]) {
    expect(failure(code).outcome).toBe("uncertain");
  }
  expect(failure("UND_ERR_INVALID_ARG")).toMatchObject({ outcome: "failed", action: "red" });
  expect(outcomeOfFailure("?", 1).outcome).toBe("uncertain");
});
