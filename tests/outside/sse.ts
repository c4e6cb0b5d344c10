import { until } from "./until.ts";

/** Follows a stream of server-sent events, as a page does. */

export interface SseEvent {
  id: string | null;
  data: unknown;
}

export interface Stream {
  status: number;
  /** Everything that came, in order; comments and bare ids are left out. */
  events: SseEvent[];
  /** The newest id, also of blocks without data. */
  lastId(): string | null;
  /** Waits for the first event from `from` on that is wanted. */
  next<T>(what: string, wanted: (data: T) => boolean, from?: number): Promise<T>;
  close(): void;
}

export async function follow(
  url: string,
  headers: Readonly<Record<string, string>>,
  lastEventId?: string,
): Promise<Stream> {
  const abort = new AbortController();
  const response = await fetch(url, {
    headers: {
      ...headers,
      accept: "text/event-stream",
      ...(lastEventId === undefined ? {} : { "last-event-id": lastEventId }),
    },
    signal: abort.signal,
  });
  const events: SseEvent[] = [];
  let last: string | null = null;
  const read = async (): Promise<void> => {
    let rest = "";
    const decoder = new TextDecoder();
    for await (const part of response.body ?? []) {
      rest += decoder.decode(part, { stream: true });
      const blocks = rest.split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const fields = fieldsOf(block);
        if (fields.id !== undefined) last = fields.id;
        if (fields.data !== undefined) events.push({ id: fields.id ?? null, data: JSON.parse(fields.data) });
      }
    }
  };
  if (response.ok) void read().catch(() => {});
  return {
    status: response.status,
    events,
    lastId: () => last,
    next: (what, wanted, from = 0) =>
      until(
        `event: ${what}`,
        () => events.slice(from).find(({ data }) => wanted(data as never))?.data as never,
      ),
    close: () => abort.abort(),
  };
}

/** https://html.spec.whatwg.org/multipage/server-sent-events.html: lines of one block. */
function fieldsOf(block: string): { id?: string; data?: string } {
  const fields: { id?: string; data?: string } = {};
  for (const line of block.split("\n")) {
    const [, name, value] = /^(id|data): ?(.*)$/.exec(line) ?? [];
    if (name === "id") fields.id = value ?? "";
    if (name === "data") fields.data = fields.data === undefined ? value : `${fields.data}\n${value}`;
  }
  return fields;
}
