import { describe, expect, test } from "vitest";
import { eventParser, type StreamEvent } from "./event-stream.ts";

function parsed(chunks: readonly string[]): StreamEvent[] {
  const events: StreamEvent[] = [];
  const parse = eventParser((event) => events.push(event));
  for (const chunk of chunks) parse(chunk);
  return events;
}

describe("reading a text/event-stream", () => {
  const stream = ': hello\n\nid: 7\ndata: {"a":1}\n\nid: 8\nevent: x\ndata: one\ndata: two\n\n';
  const whole = [
    { id: "7", event: "message", data: '{"a":1}' },
    { id: "8", event: "x", data: "one\ntwo" },
  ];

  test("a comment is silence, several data lines are one text", () => {
    expect(parsed([stream])).toEqual(whole);
  });

  test("the borders of chunks change nothing, wherever they fall", () => {
    for (let cut = 1; cut < stream.length; cut += 1) {
      expect(parsed([stream.slice(0, cut), stream.slice(cut)])).toEqual(whole);
    }
  });

  test("carriage returns are line ends too, also cut in two", () => {
    const crlf = stream.replaceAll("\n", "\r\n");
    for (let cut = 1; cut < crlf.length; cut += 1) {
      expect(parsed([crlf.slice(0, cut), crlf.slice(cut)])).toEqual(whole);
    }
  });

  test("a block with nothing but an id is a place to resume from, and no event", () => {
    const places: string[] = [];
    const events: StreamEvent[] = [];
    eventParser(
      (event) => events.push(event),
      (id) => places.push(id),
    )("id: 41\n\nid: 42");
    expect({ places, events }).toEqual({ places: ["41"], events: [] });
  });

  test("an unfinished event is kept back", () => {
    expect(parsed(["id: 9\ndata: half"])).toEqual([]);
  });
});
