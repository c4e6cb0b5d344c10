import type { LiveClient } from "./live-client.ts";
import type { Expanded, Wanted } from "./live-expand.ts";

/** Who follows: a desk, or a visitor's browser. */
export class Reader {
  readonly tenantId: number;
  readonly client: LiveClient;
  readonly visitor: FollowingVisitor | null;
  /** Seq up to which everything was written. */
  cursor = 0;

  constructor(tenantId: number, client: LiveClient, visitor: FollowingVisitor | null = null) {
    this.tenantId = tenantId;
    this.client = client;
    this.visitor = visitor;
  }

  /** Writes this reader's part of a batch that was made for it alone. */
  write(batch: Expanded): void {
    const piece = this.visitor && batch.visitors.get(this.visitor.conversationId ?? 0);
    if (this.visitor === null) this.client.write(batch.desk);
    else if (piece) this.client.write(Buffer.concat([piece.messages, Buffer.from(piece.state)]));
  }
}

export interface FollowingVisitor {
  hash: string;
  channelId: number;
  /** null until the first message was handled. */
  conversationId: number | null;
}

/** One tenant's listeners in this process, and how far its events were read. */
export class Feed {
  readonly tenantId: number;
  cursor: number;
  failures = 0;
  /** Everybody, including those that still catch up. */
  readonly readers = new Set<Reader>();
  /** Visitors without a conversation. */
  readonly waiting = new Set<Reader>();
  private readonly desks = new Set<Reader>();
  private readonly visitors = new Map<number, Set<Reader>>();
  /** The last "who speaks" of each followed conversation. */
  private readonly states = new Map<number, string>();

  constructor(tenantId: number, cursor: number) {
    this.tenantId = tenantId;
    this.cursor = cursor;
  }

  wanted(): Wanted {
    return { desk: this.desks.size > 0, conversations: new Set(this.visitors.keys()) };
  }

  /** From now on the reader gets what is published. Only for one whose cursor is ours. */
  join(reader: Reader): void {
    if (!reader.visitor) {
      this.desks.add(reader);
      return;
    }
    const id = reader.visitor.conversationId ?? 0;
    const group = this.visitors.get(id) ?? new Set();
    this.visitors.set(id, group.add(reader));
    // Whoever joins may know another state than the last one sent.
    this.states.delete(id);
  }

  remove(reader: Reader): void {
    this.readers.delete(reader);
    this.waiting.delete(reader);
    this.part(reader);
  }

  private part(reader: Reader): void {
    this.desks.delete(reader);
    const id = reader.visitor?.conversationId ?? 0;
    const group = this.visitors.get(id);
    if (!group?.delete(reader) || group.size > 0) return;
    this.visitors.delete(id);
    this.states.delete(id);
  }

  /**
   * One step: whoever joins or asks for the cursor sees all of a batch, or nothing of it.
   * @returns readers that joined while the batch was expanded without them; they stand before it and catch up
   */
  publish(batch: Expanded): Reader[] {
    const missed = this.takeMissed(batch.wanted);
    for (const reader of this.desks) this.put(reader, batch.desk, batch.lastSeq);
    for (const [id, piece] of batch.visitors) {
      const isNew = this.states.get(id) !== piece.state;
      this.states.set(id, piece.state);
      const frames = isNew ? Buffer.concat([piece.messages, Buffer.from(piece.state)]) : piece.messages;
      for (const reader of this.visitors.get(id) ?? []) this.put(reader, frames, batch.lastSeq);
    }
    this.cursor = batch.lastSeq;
    this.failures = 0;
    return missed;
  }

  private takeMissed(wanted: Wanted): Reader[] {
    const missed = wanted.desk ? [] : [...this.desks];
    for (const [id, group] of this.visitors) if (!wanted.conversations.has(id)) missed.push(...group);
    for (const reader of missed) this.part(reader);
    return missed;
  }

  publishAll(frames: Buffer, lastSeq: number): void {
    for (const reader of this.desks) this.put(reader, frames, lastSeq);
    for (const group of this.visitors.values()) for (const reader of group) this.put(reader, frames, lastSeq);
    this.cursor = lastSeq;
    this.failures = 0;
  }

  /** What is not stored: it has no seq and is not repeated. */
  pass(frames: { desk: Buffer; visitors: Buffer | null; conversationId: number }): void {
    for (const reader of this.desks) reader.client.write(frames.desk);
    if (frames.visitors)
      for (const reader of this.visitors.get(frames.conversationId) ?? [])
        reader.client.write(frames.visitors);
  }

  /** Their right to listen may have changed; who still has it comes back at once. */
  endDesks(): void {
    for (const reader of this.desks) reader.client.end();
  }

  private put(reader: Reader, frames: Buffer, lastSeq: number): void {
    reader.client.write(frames);
    reader.cursor = lastSeq;
  }
}
