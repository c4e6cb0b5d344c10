import type { Channel, Contact, Conversation, Message } from "#kernel/api";
import { house } from "./seed-house.ts";
import { type Story, stories } from "./seed-stories.ts";
import { nothingTold, seedTold } from "./seed-told.ts";
import { makeMessage, minutesFromNow, type World } from "./world.ts";

/** The desk of the pictures: Hansekontor, Jana Petersen signed in. `count` adds further conversations. */
export function seedWorld(count = stories.length): World {
  const world: World = {
    ...house(),
    contacts: new Map(),
    conversations: new Map(),
    messages: new Map(),
    callbacks: [],
    told: count > 0 ? seedTold() : nothingTold(),
    lastSeq: 0,
    emit: () => {},
  };
  for (let index = 0; index < count; index += 1) {
    const story = stories[index % stories.length];
    if (story) addStory(world, story, index);
  }
  if (count > 0) {
    world.callbacks.push({
      id: 1,
      conversationId: 6,
      contactName: "Jürgen Peters",
      phone: "+49 40 555 018",
      promisedAt: minutesFromNow(25),
      until: null,
      topic: "Griff locker",
      note: "",
      state: "open",
      doneAt: null,
      takenBy: null,
      takenAt: null,
      tries: 0,
      triedAt: null,
      toldAt: null,
      isWithdrawn: false,
    });
  }
  return world;
}

function addStory(world: World, story: Story, index: number): void {
  const id = index + 1;
  const isCopy = index >= stories.length;
  const name = isCopy && story.name ? `${story.name} ${Math.floor(index / stories.length) + 1}` : story.name;
  const age = story.age + (isCopy ? 60 + index : 0);
  const channel = world.channels.find(({ kind }) => kind === story.channel) as Channel;
  const messages = story.messages.map((part) => {
    const { ago = 0, ...rest } = part;
    const authorName =
      rest.author === "agent" ? (rest.authorName ?? "Jana Petersen") : rest.author === "bot" ? "" : name;
    return makeMessage(id, { authorName, ...rest, sentAt: minutesFromNow(-ago - (age - story.age)) });
  });
  const last = messages.filter((message) => !message.note && message.author !== "system").at(-1);
  world.messages.set(id, messages);
  world.contacts.set(id, contactOf(story, { id, name }));
  world.conversations.set(id, conversationOf(story, { id, name, age, channel, last }));
}

function contactOf(story: Story, { id, name }: { id: number; name: string }): Contact {
  return {
    id,
    name,
    language: story.language ?? "de",
    company: story.company ?? "",
    note: "",
    firstSeenAt: minutesFromNow(-60 * 24 * 400),
    identities: [
      {
        kind: story.channel,
        value: `+4940555${100 + id}`,
        lastSeenAt: minutesFromNow(-story.age),
        contactId: id,
      },
    ],
    conversations: [
      {
        id,
        channelKind: story.channel,
        state: story.state,
        lastMessageAt: minutesFromNow(-story.age),
        party: null,
      },
    ],
    merges: [],
  };
}

interface Made {
  id: number;
  name: string;
  age: number;
  channel: Channel;
  last: Message | undefined;
}

function conversationOf(story: Story, { id, name, age, channel, last }: Made): Conversation {
  const isUs = story.turn === "us";
  return {
    id,
    state: story.state,
    turn: story.turn,
    channel: { id: channel.id, kind: channel.kind, name: channel.name },
    contact: { id, name },
    language: story.language ?? "de",
    topic: story.topic ?? null,
    assignee: story.assignee
      ? { id: story.assignee, name: story.assignee === "jana" ? "Jana Petersen" : "Piet Harms" }
      : null,
    department: story.departmentId ? { id: story.departmentId, name: "Kundendienst" } : null,
    preview: story.preview ?? last?.text ?? "",
    lastMessageAt: minutesFromNow(-age),
    waitingSince: isUs && story.state !== "bot" ? minutesFromNow(-age) : null,
    dueAt: story.dueIn === undefined ? null : minutesFromNow(story.dueIn),
    unread: story.unread ?? 0,
    windowUntil: story.channel === "whatsapp" ? minutesFromNow(story.windowLeft ?? 24 * 60 - age) : null,
    handOver: story.handOver ? { ...story.handOver, at: minutesFromNow(-story.handOver.ago) } : null,
  };
}
