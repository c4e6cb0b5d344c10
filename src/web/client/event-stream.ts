/** One event of a text/event-stream. */
export interface StreamEvent {
  id: string | null;
  event: string;
  data: string;
}

/**
 * Cuts a text/event-stream into events, whatever the borders of the chunks are.
 * Source: WHATWG HTML, "Server-sent events", parsing an event stream.
 * @param takePlace hears of the place in the stream, also from a block that has an id and nothing else
 */
export function eventParser(
  take: (event: StreamEvent) => void,
  takePlace: (id: string) => void = () => {},
): (chunk: string) => void {
  let rest = "";
  let open: StreamEvent = { id: null, event: "message", data: "" };
  const line = (text: string) => {
    if (text === "") {
      if (open.id !== null) takePlace(open.id);
      if (open.data !== "") take({ ...open, data: open.data.slice(0, -1) });
      open = { id: open.id, event: "message", data: "" };
      return;
    }
    const colon = text.indexOf(":");
    const name = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? "" : text.slice(colon + 1).replace(/^ /, "");
    if (name === "data") open.data += `${value}\n`;
    else if (name === "id") open.id = value;
    else if (name === "event") open.event = value;
  };
  return (chunk) => {
    const lines = (rest + chunk).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    for (const text of lines) line(text);
  };
}
