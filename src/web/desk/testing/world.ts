import type {
  Callback,
  Channel,
  Company,
  Contact,
  Conversation,
  LiveEvent,
  listParked,
  Message,
  ReplyOf,
  StaffMember,
  TextBlock,
} from "#kernel/api";
import type { ToldWorld } from "./told-world.ts";

const minuteMs = 60_000;

/** What the fake node knows. Everything is plain data that tests may look at and change. */
export interface World {
  company: Company;
  staff: StaffMember[];
  departments: { id: number; name: string }[];
  textBlocks: TextBlock[];
  channels: Channel[];
  contacts: Map<number, Contact>;
  conversations: Map<number, Conversation>;
  messages: Map<number, Message[]>;
  callbacks: Callback[];
  told: ToldWorld;
  parked: ReplyOf<typeof listParked>["items"];
  lastSeq: number;
  emit(event: LiveEvent): void;
}

/** ISO time, minutes from now (negative: ago). */
export function minutesFromNow(minutes: number): string {
  return new Date(Date.now() + minutes * minuteMs).toISOString();
}

let made = 0;

/** Ids sort as the node's do: by the second, then by arrival. */
function messageId(sentAt: string): string {
  made += 1;
  const second = (Math.floor(Date.parse(sentAt) / 1_000) * 1_000).toString(16).padStart(12, "0");
  return `${second.slice(0, 8)}-${second.slice(8)}-8000-8000-${made.toString(16).padStart(12, "0")}`;
}

/** A message with everything that the contract asks for. */
export function makeMessage(conversationId: number, part: Partial<Message>): Message {
  const sentAt = part.sentAt ?? minutesFromNow(0);
  const isCustomer = (part.author ?? "customer") === "customer";
  return {
    id: messageId(sentAt),
    conversationId,
    author: "customer",
    staffId: null,
    authorName: "",
    type: "text",
    text: "",
    media: null,
    options: [],
    link: null,
    location: null,
    note: false,
    status: isCustomer ? "received" : "read",
    error: null,
    reactions: [],
    replyTo: null,
    language: null,
    edited: false,
    revoked: false,
    detail: null,
    sentAt,
    receivedAt: sentAt,
    ...part,
  };
}
