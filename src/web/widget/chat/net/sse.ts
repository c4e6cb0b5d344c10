/** One event of a text/event-stream. */
export interface SseEvent {
  id: string | null;
  data: string;
}

/**
 * Takes the stream in pieces as they arrive and gives back what is complete (WHATWG HTML, 9.2.6 "Interpreting an
 * event stream"). Comments and unknown fields are skipped; an event without data is not an event.
 */
export function sseParser(): (piece: string) => SseEvent[] {
  let rest = "";
  let id: string | null = null;
  let data: string[] = [];

  function line(text: string, out: SseEvent[]): void {
    if (text === "") {
      if (data.length > 0) out.push({ id, data: data.join("\n") });
      data = [];
      return;
    }
    const colon = text.indexOf(":");
    if (colon === 0) return;
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? "" : text.slice(colon + 1).replace(/^ /, "");
    if (field === "data") data.push(value);
    if (field === "id" && !value.includes("\0")) id = value;
  }

  return (piece) => {
    const out: SseEvent[] = [];
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    for (const text of lines) line(text, out);
    return out;
  };
}
