import { expect, test } from "vitest";
import { AppError } from "../errors.ts";
import { knownError, problemOf } from "./problem.ts";

const failure = (more: object, message = "x") => Object.assign(new Error(message), more);

test.each([
  ["a body too large", failure({ code: "FST_ERR_CTP_BODY_TOO_LARGE", statusCode: 413 }), "too_large"],
  ["a unique key", failure({ code: "23505" }), "conflict"],
  ["our time limit", failure({ code: "57014" }), "busy"],
  ["a NUL in a text", failure({ code: "22021" }), "bad_request"],
  ["a database that does not listen", failure({ code: "ECONNREFUSED", syscall: "connect" }), "busy"],
  ["a database without its socket", failure({ code: "ENOENT", syscall: "connect" }), "busy"],
  ["a database that fell", failure({}, "Connection terminated unexpectedly"), "busy"],
])("%s is a known error", (_, error, code) => {
  expect(knownError(error)?.code).toBe(code);
});

test.each([
  ["a missing file of ours", failure({ code: "ENOENT", syscall: "open" })],
  ["a fault in the code", new TypeError("undefined is not a function")],
  ["a thrown word", "oops"],
  ["nothing", null],
])("%s is a fault of ours", (_, error) => {
  expect(knownError(error)).toBe(undefined);
});

test("a problem says what happened, in the catalogue's words, without inventing fields", () => {
  expect(problemOf(new AppError("not_found"))).toEqual({
    type: "/api#not_found",
    title: "There is nothing here under this id.",
    status: 404,
    code: "not_found",
  });
  const fields = [{ path: "name", message: "too short" }];
  expect(problemOf(new AppError("bad_request", "detail", fields), "ref")).toMatchObject({
    detail: "detail",
    errors: fields,
    requestId: "ref",
  });
});
