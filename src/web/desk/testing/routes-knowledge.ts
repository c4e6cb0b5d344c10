import type { Topic } from "../../../skills/service/api.ts";
import {
  createTopic,
  deleteTopic,
  exportKnowledge,
  getTopic,
  importKnowledge,
  listFlows,
  listTopics,
  listUnanswered,
  makeTopic,
  replaceTopic,
  trainingState,
  tryQuestion,
} from "../../../skills/service/api.ts";
import { Refusal } from "./refusal.ts";
import { on } from "./route.ts";
import { minutesFromNow } from "./world.ts";

const ok = { ok: true as const };
const made = (id: number, intent: string, de: string, en: string): Topic => ({
  id,
  intent,
  title: { de, en },
  flow: "",
  mostAsked: id < 6,
  answers: [
    {
      language: "de",
      text: `Antwort auf ${de}.`,
      link: "https://hansekontor.example/hilfe",
      fileId: null,
      options: [{ title: "Fenster ändern", intent: "delivery_window_change" }],
    },
    { language: "en", text: `Answer on ${en}.`, link: null, fileId: null, options: [] },
  ],
  examples: [
    { language: "de", text: `Frage zu ${de}?` },
    { language: "de", text: `Noch eine Frage zu ${de}` },
    { language: "en", text: `Question on ${en}?` },
  ],
});
const topics: Topic[] = [
  made(1, "delivery_status", "Lieferstatus", "Delivery status"),
  made(2, "delivery_window_change", "Fenster ändern", "Change my window"),
  made(3, "exchange", "Umtausch", "Exchange"),
  made(4, "return", "Rücksendung", "Return"),
  made(5, "voucher", "Gutschein", "Voucher"),
  made(6, "invoice", "Rechnung", "Invoice"),
  {
    ...made(7, "induction", "Induktion und alte Bräter", "Induction"),
    answers: [{ language: "de", text: "", link: null, fileId: null, options: [] }],
  },
];

function topicOf(id: number): Topic {
  const found = topics.find((topic) => topic.id === id);
  if (!found) throw new Refusal(404, "not_found");
  return found;
}

export const knowledgeRoutes = [
  on(listTopics, () => ({
    items: topics.map(({ id, intent, title, examples, answers }) => ({
      id,
      intent,
      title: title.de,
      titles: title,
      examples: {
        de: examples.filter(({ language }) => language === "de").length,
        en: examples.filter(({ language }) => language === "en").length,
      },
      languages: answers.filter(({ text }) => text).map(({ language }) => language),
      asked: 640 - id * 70,
      answered: 520 - id * 62,
      placeholder: !answers.some(({ text }) => text),
      unfilled: answers.some(({ text }) => text.includes("{{")),
    })),
  })),
  on(trainingState, () => ({
    state: "live" as const,
    trainedAt: minutesFromNow(-12),
    examples: 812,
    topics: topics.length,
    accuracy: 0.943,
    answerAt: 0.8,
    offerAt: 0.45,
    seconds: 3.2,
    error: null,
    isInterrupted: false,
  })),
  on(tryQuestion, (_world, { body }) => {
    const isKnown = /liefer|wann|bestell/i.test(body.text);
    return {
      zone: isKnown ? ("answer" as const) : ("offer" as const),
      language: body.language ?? "de",
      text: isKnown
        ? "Schicken Sie uns Ihre Bestellnummer, zum Beispiel HK-20417."
        : "Meinen Sie eines davon?",
      candidates: [
        { intent: "delivery_status", title: "Lieferstatus", confidence: isKnown ? 0.91 : 0.52 },
        { intent: "delivery_window_change", title: "Fenster ändern", confidence: isKnown ? 0.06 : 0.31 },
        { intent: "exchange", title: "Umtausch", confidence: 0.02 },
      ],
      answerAt: 0.8,
      offerAt: 0.45,
      known: 0.86,
      words: [
        { word: "wann", weight: 1.42 },
        { word: "kommt", weight: 1.1 },
        { word: "bräter", weight: 0.2 },
        { word: "deckel", weight: -0.74 },
      ],
      confidence: isKnown ? 0.91 : 0.52,
      normalised: body.text.toLowerCase(),
      corrected: [{ from: "breter", to: "braeter" }],
      reasons: [
        { intent: "delivery_status", feature: "wann", weight: 1.42 },
        { intent: "delivery_status", feature: "kommt", weight: 1.1 },
        { intent: "delivery_status", feature: "deckel", weight: -0.74 },
        { intent: "delivery_window_change", feature: "wann", weight: 0.4 },
      ],
    };
  }),
  on(importKnowledge, (_world, { body }) => ({
    topics: 3,
    examples: body.examples.split("\n").length - 1,
    answers: body.answers ? 2 : 0,
    placeholders: body.answers ? 1 : 3,
    skipped: [{ line: 7, reason: "Keine Absicht in der Zeile." }],
    contradictions: [],
  })),
  on(listFlows, () => ({
    items: [
      {
        id: 1,
        name: "return_parcel",
        title: { de: "Paket zurückgeben", en: "Return a parcel" },
        changedAt: minutesFromNow(-60),
        liveVersion: 1,
        isChanged: false,
        faults: 0,
        examples: 2,
        topics: [],
      },
    ],
  })),
  on(listUnanswered, () => ({
    items: [
      {
        conversationId: 1,
        questionKey: "A".repeat(43),
        question: "Ich möchte tauschen, aber der Karton ist weg.",
        language: "de" as const,
        guess: "exchange",
        confidence: 0.41,
        askedAt: minutesFromNow(-7),
      },
      {
        conversationId: 5,
        questionKey: "B".repeat(43),
        question: "Liefern Sie auch nach Norderstedt?",
        language: "de" as const,
        guess: null,
        confidence: null,
        askedAt: minutesFromNow(-90),
      },
    ],
    next: null,
  })),
  on(exportKnowledge, () => ({
    examples: "text,intent,lang\nWo ist meine Bestellung?,delivery_status,de\n",
    answers: "intent,lang,answer\n",
  })),
  on(getTopic, (_world, { params }) => topicOf(params.id)),
  on(createTopic, (world, { body }) => {
    if (topics.some(({ intent }) => intent === body.intent)) throw new Refusal(409, "conflict");
    const topic = { ...body, id: topics.length + 1 };
    topics.push(topic);
    world.emit({ type: "changed", what: "knowledge", id: String(topic.id) });
    return topic;
  }),
  on(makeTopic, (world, { body: { title, language, questions } }) => {
    const id = topics.length + 1;
    const [de, en] = language === "de" ? [title, ""] : ["", title];
    const examples = questions.map((_, place) => ({
      id: 1_000 + place,
      language,
      text: "Der Karton ist weg",
    }));
    topics.push({ ...made(id, `topic_${id}`, de, en), answers: [], examples });
    world.emit({ type: "changed", what: "knowledge", id: String(id) });
    return { id, examples: examples.length };
  }),
  on(replaceTopic, (world, { params, body }) => {
    const { shown: _, ...written } = body;
    const topic = Object.assign(topicOf(params.id), written);
    world.emit({ type: "changed", what: "knowledge", id: String(topic.id) });
    return topic;
  }),
  on(deleteTopic, (_world, { params }) => {
    topics.splice(topics.indexOf(topicOf(params.id)), 1);
    return ok;
  }),
];
