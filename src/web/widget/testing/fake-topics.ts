import type { IncomingMessage } from "node:http";
import {
  type CatalogueTopic,
  confirmSubscription,
  publicTopics,
  subscribeByForm,
  subscribeLink,
} from "../../../skills/notices/api.ts";

/** What a company offers to tell, and what a test wants to know afterwards. */
export interface FakeTopics {
  company: string;
  language: "de" | "en";
  topics: CatalogueTopic[];
  hasForm: boolean;
  /** What came by the form. */
  asked: unknown[];
  /** The one token that is valid, once. */
  token: string | null;
}

const words = (chosen: string) => ({ de: `Abo Störungen${chosen}`, en: `Subscribe disruptions${chosen}` });

function ways(chosen: string) {
  const said = words(chosen);
  const text = encodeURIComponent(said.de);
  return {
    words: said,
    whatsapp: `https://wa.me/494066969148?text=${text}`,
    telegram: "https://t.me/hansekontor_bot?start=notice-stoerungen",
    web: `/c/hansekontor?say=${text}`,
  };
}

/** Hansekontor's catalogue; it meets the contract. */
export function fakeTopics(): FakeTopics {
  const lines = ["U1", "U2", "U3", "62"].map((value) => ({ value, label: { de: value, en: value } }));
  const disruptions: CatalogueTopic = {
    slug: "stoerungen",
    title: { de: "Störungen im Netz", en: "Disruptions" },
    description: {
      de: "Wenn eine Linie steht oder umgeleitet wird, und wenn sie wieder fährt. Sonst nichts.",
      en: "When a line stands still or is diverted, and when it runs again. Nothing else.",
    },
    kind: "service",
    parameters: [
      { key: "line", kind: "line", label: { de: "Linie", en: "Line" }, values: lines, required: true },
      {
        key: "hours",
        kind: "window",
        label: { de: "Tage und Uhrzeit", en: "Days and hours" },
        values: [],
        required: false,
      },
    ],
    ways: ways(""),
  };
  const news: CatalogueTopic = {
    slug: "neues",
    title: { de: "Neues aus der Donaudampfschifffahrtsgesellschaftswerkstatt", en: "News from the workshop" },
    description: { de: "Höchstens zweimal im Monat.", en: "Twice a month at most." },
    kind: "promotion",
    parameters: [],
    ways: { ...ways(""), telegram: null },
  };
  return {
    company: "Hansekontor",
    language: "de",
    topics: [disruptions, news],
    hasForm: true,
    asked: [],
    token: "t".repeat(43),
  };
}

/** Answers as the node does; null = not about topics. */
export function answerTopics(
  topics: FakeTopics,
  request: IncomingMessage,
  body: Buffer,
): { status: number; body: unknown } | null {
  const url = new URL(request.url ?? "/", "http://localhost");
  const what = /^\/c\/[^/]+\/(topics|subscriptions)(?:\/(.+))?$/.exec(url.pathname);
  if (!what || (what[1] === "topics" && what[2] === undefined)) return null;
  if (what[2] === "data") return { status: 200, body: publicTopics.reply.parse(topics) };
  if (what[1] === "topics") {
    const query = subscribeLink.query?.parse(Object.fromEntries(url.searchParams));
    const hours = query?.weekdays ? ` ${query.weekdays} ${query.from}-${query.to}` : "";
    const chosen = `${query?.value ? ` ${query.value}` : ""}${hours}`;
    return { status: 200, body: subscribeLink.reply.parse(ways(chosen)) };
  }
  if (what[2] === "confirm") {
    const given = confirmSubscription.body?.parse(JSON.parse(body.toString()));
    if (given?.token !== topics.token) return { status: 404, body: { title: "not found" } };
    topics.token = null;
    const title = topics.topics[0]?.title;
    return { status: 200, body: confirmSubscription.reply.parse({ ok: true, topic: title }) };
  }
  topics.asked.push(subscribeByForm.body?.parse(JSON.parse(body.toString())));
  return { status: 202, body: { ok: true } };
}
