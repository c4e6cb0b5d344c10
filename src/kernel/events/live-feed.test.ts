import { describe, expect, it } from "vitest";
import type { LiveClient } from "./live-client.ts";
import { type Expanded, joined } from "./live-expand.ts";
import { Feed, Reader } from "./live-feed.ts";

/** A client that remembers what was written. */
function client(): LiveClient & { text(): string } {
  const written: Buffer[] = [];
  return {
    isOpen: true,
    openedAt: 0,
    write: (frames) => void written.push(frames),
    drained: () => Promise.resolve(),
    beat: () => {},
    end: () => {},
    text: () => Buffer.concat(written).toString(),
  };
}

function reader(conversationId?: number) {
  const own = client();
  const visitor = conversationId === undefined ? null : { hash: "h", channelId: 1, conversationId };
  return Object.assign(new Reader(7, own, visitor), { text: own.text });
}

function batch(lastSeq: number, wanted: { desk: boolean; conversations: number[] }): Expanded {
  const conversations = new Set(wanted.conversations);
  const piece = { messages: Buffer.from(`m${lastSeq} `), state: "s " };
  return {
    desk: Buffer.from(wanted.desk ? `d${lastSeq} ` : ""),
    visitors: new Map([...conversations].map((id) => [id, piece])),
    lastSeq,
    wanted: { desk: wanted.desk, conversations },
  };
}

describe("a feed", () => {
  it("gives back who joined while a batch was made without them: they stand before it and catch up", () => {
    const feed = new Feed(7, 10);
    const [early, late, visitor] = [reader(), reader(), reader(3)];
    feed.join(early);
    expect(feed.publish(batch(11, { desk: true, conversations: [] }))).toEqual([]);
    feed.remove(early);
    // Nobody was at the desk when this one was expanded.
    const made = batch(
      12,
      feed.wanted().desk ? { desk: true, conversations: [] } : { desk: false, conversations: [] },
    );
    feed.join(late);
    feed.join(visitor);
    expect(feed.publish(made)).toEqual([late, visitor]);
    expect([late.text(), visitor.text(), feed.cursor]).toEqual(["", "", 12]);
    feed.publish(batch(13, { desk: true, conversations: [3] }));
    // They are not listeners again before they caught up.
    expect([late.text(), visitor.text()]).toEqual(["", ""]);
  });

  it("says who speaks when that changed, and again to who joined", () => {
    const feed = new Feed(7, 0);
    const [first, second] = [reader(3), reader(3)];
    feed.join(first);
    for (const seq of [1, 2]) feed.publish(batch(seq, { desk: false, conversations: [3] }));
    expect(first.text()).toBe("m1 s m2 ");
    feed.join(second);
    feed.publish(batch(3, { desk: false, conversations: [3] }));
    expect(second.text()).toBe("m3 s ");
  });

  it("writes a conversation to its own followers only", () => {
    const feed = new Feed(7, 0);
    const [own, other] = [reader(3), reader(4)];
    for (const one of [own, other]) feed.join(one);
    feed.publish({
      ...batch(1, { desk: false, conversations: [3] }),
      wanted: { desk: false, conversations: new Set([3, 4]) },
    });
    expect([own.text(), other.text()]).toEqual(["m1 s ", ""]);
  });
});

describe("the ids of a batch", () => {
  it("a reader cut off in between asks for the rest, one that got all asks for nothing twice", () => {
    const frames = joined(
      [
        { seq: 5, event: { type: "a" } },
        { seq: 7, event: { type: "b" } },
        { seq: 8, event: { type: "c" } },
      ],
      12,
    ).toString();
    expect([...frames.matchAll(/^id: (\d+)$/gm)].map(([, id]) => id)).toEqual(["5", "7", "12"]);
    expect(joined([], 12).length).toBe(0);
  });
});
