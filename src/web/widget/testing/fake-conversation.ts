import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { visitorEvent, visitorMessage } from "#kernel/api";
import type { SendBody, VisitorEvent, VisitorMessage, VisitorState } from "../contract.ts";

/** One visitor's conversation as a node would hold it: messages, and the events of its stream. */
export class FakeConversation {
  messages: VisitorMessage[] = [];
  state: VisitorState = { speaker: "bot", personName: null };
  /** What the browser said, as it came: a doubled send stands here twice. */
  readonly received: SendBody[] = [];
  readonly seen: { ids: string[]; status: string }[] = [];
  typed = 0;
  readonly #events: VisitorEvent[] = [];
  readonly #streams = new Set<ServerResponse>();

  get cursor(): string {
    return String(this.#events.length);
  }

  get openStreams(): number {
    return this.#streams.size;
  }

  emit(event: VisitorEvent): void {
    const valid = visitorEvent.parse(event);
    this.#events.push(valid);
    for (const stream of this.#streams) this.#write(stream, this.#events.length - 1);
  }

  /** The firm's side says something. */
  say(text: string, over: Partial<VisitorMessage> = {}): VisitorMessage {
    const message = visitorMessage.parse({
      id: randomUUID(),
      clientId: null,
      author: "bot",
      authorName: "",
      text,
      media: null,
      options: [],
      link: null,
      status: "sent",
      source: null,
      isAsking: false,
      language: null,
      revoked: false,
      sentAt: new Date().toISOString(),
      ...over,
    });
    this.#store(message);
    return message;
  }

  /** The visitor said something; the same clientId is taken once. */
  hear(body: SendBody, media: VisitorMessage["media"]): boolean {
    this.received.push(body);
    if (this.messages.some(({ clientId }) => clientId === body.clientId)) return false;
    this.say(body.text ?? "", { author: "customer", clientId: body.clientId, status: "delivered", media });
    return true;
  }

  setState(state: VisitorState): void {
    this.state = state;
    this.emit({ type: "state", state });
  }

  follow(stream: ServerResponse, lastEventId: string): void {
    for (let index = Number(lastEventId) || 0; index < this.#events.length; index += 1)
      this.#write(stream, index);
    this.#streams.add(stream);
    stream.on("close", () => this.#streams.delete(stream));
  }

  /** Ends every stream, as a restart of the node does. */
  cut(): void {
    for (const stream of this.#streams) stream.destroy();
  }

  #store(message: VisitorMessage): void {
    this.messages.push(message);
    this.emit({ type: "message", message });
  }

  #write(stream: ServerResponse, index: number): void {
    stream.write(`id: ${index + 1}\ndata: ${JSON.stringify(this.#events[index])}\n\n`);
  }
}
