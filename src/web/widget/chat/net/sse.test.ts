import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sseParser } from "./sse.ts";

describe("sseParser", () => {
  it("gives events with their id, skips comments and unknown fields", () => {
    const parse = sseParser();
    expect(parse(': ping\n\nid: 7\nevent: x\nretry: 5\ndata: {"a":1}\n\n')).toEqual([
      { id: "7", data: '{"a":1}' },
    ]);
  });

  it("keeps the last id for an event without one and joins data lines", () => {
    const parse = sseParser();
    expect(parse("id: 1\ndata: a\n\ndata: b\ndata: c\n\n")).toEqual([
      { id: "1", data: "a" },
      { id: "1", data: "b\nc" },
    ]);
  });

  it("does not depend on where the network cuts the stream", () => {
    const stream = "id: 1\r\ndata: äöü\r\n\r\n: c\n\nid: 2\ndata:x\ndata: y\n\nid: 3\ndata: z\n\n";
    const whole = sseParser()(stream);
    expect(whole).toHaveLength(3);
    fc.assert(
      fc.property(fc.array(fc.nat({ max: stream.length })), (cuts) => {
        const parse = sseParser();
        const at = [0, ...cuts.sort((a, b) => a - b), stream.length];
        const pieces = at.slice(1).map((end, index) => stream.slice(at[index], end));
        expect(pieces.flatMap((piece) => parse(piece))).toEqual(whole);
      }),
    );
  });
});
