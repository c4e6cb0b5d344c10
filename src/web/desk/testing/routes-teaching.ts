import {
  compareVersion,
  conversationLesson,
  decideProposals,
  knowledgeFigures,
  knowledgeHealth,
  knowledgeLimits,
  listChecks,
  listClusters,
  listProposals,
  listVersions,
  proposeExample,
  setKnowledgeLimits,
  suggestAnswers,
} from "../../../skills/service/api.ts";
import { on } from "./route.ts";
import { minutesFromNow } from "./world.ts";

const status = { id: 1, intent: "delivery_status", title: "Lieferstatus" };
const exchange = { id: 3, intent: "exchange", title: "Umtausch" };
const giveBack = { id: 4, intent: "return", title: "Rücksendung" };
const share = (value: number) => ({ value, low: Math.max(0, value - 0.02), high: Math.min(1, value + 0.02) });
const cases = {
  asked: 640,
  resolved: 402,
  pending: 61,
  handedOver: 118,
  notHelped: 9,
  abandoned: 21,
  person: 14,
  cameBack: 15,
};
const side = (zone: "answer" | "choose" | "handover", topics: string[], text = "") => ({
  zone,
  topics,
  text,
});
const limits = {
  maxWrong: 0.02,
  topics: [status, exchange, giveBack].map((topic) => ({ ...topic, cost: 1 })),
};
const taught = new Map<number, number | null>();
const place = (key: string, conversationId: number, text: string) => ({
  conversationId,
  questionKey: key.padEnd(43, "x"),
  text,
});

/** What the knowledge can do and learns, from memory; proposals and lessons are kept. */
export const teachingRoutes = [
  on(knowledgeFigures, () => ({
    from: minutesFromNow(-28 * 24 * 60),
    resolvedAfterHours: 72,
    zones: { answer: 4226, choose: 1181, handover: 807 },
    total: cases,
    topics: [
      { ...status, ...cases, confusedWith: [{ ...exchange, times: 3 }] },
      { ...exchange, ...cases, confusedWith: [{ ...giveBack, times: 41 }] },
    ],
    withoutTopic: { ...cases, asked: 12 },
  })),
  on(knowledgeHealth, () => ({
    state: "ready" as const,
    error: null,
    embedding: null,
    report: {
      measuredAt: minutesFromNow(-9),
      maxWrong: limits.maxWrong,
      answered: share(0.68),
      offered: share(0.19),
      handedOver: share(0.13),
      wrong: { value: 0.016, low: 0.009, high: 0.027 },
      curve: [0.005, 0.01, 0.02, 0.03, 0.05, 0.1].map((maxWrong) => ({
        maxWrong,
        answered: 0.92 - 0.24 * (0.02 / (maxWrong + 0.001)) ** 0.5,
      })),
      rows: 1240,
      heldOut: "messages" as const,
      topics: [{ ...status, examples: 84, right: 79, rows: 84 }],
      confused: [
        { ...exchange, with: giveBack, times: 41, texts: ["ich möchte tauschen, aber der karton ist weg"] },
        { ...giveBack, with: status, times: 12, texts: [] },
      ],
      nearDuplicates: [
        {
          a: { ...exchange, text: "kann ich das zurückgeben" },
          b: { ...giveBack, text: "kann ich das zurück geben" },
          likeness: 0.97,
        },
      ],
      tooFew: [{ id: 7, intent: "induction", title: "Induktion und alte Bräter", examples: 3 }],
      enough: 30,
    },
  })),
  on(knowledgeLimits, () => limits),
  on(setKnowledgeLimits, (_world, { body }) => {
    limits.maxWrong = body.maxWrong;
    return limits;
  }),
  on(listClusters, () => ({
    items: [
      {
        label: "Umtausch ohne Karton",
        language: "de" as const,
        count: 64,
        lastWeek: 40,
        weekBefore: 18,
        questions: [place("a", 1, "Der Karton ist weg"), place("b", 5, "nur die Schachtel fehlt")],
      },
      {
        label: "Lieferung nach Norderstedt",
        language: "de" as const,
        count: 39,
        lastWeek: 9,
        weekBefore: 13,
        questions: [place("c", 5, "Fahrt ihr bis Garstedt?")],
      },
    ],
    alone: 74,
  })),
  on(listProposals, () => ({
    items: [
      {
        id: 1,
        conversationId: 1,
        text: "Ich möchte tauschen, aber der Karton ist weg.",
        language: "de" as const,
        topic: exchange,
        heldFor: giveBack,
        origin: "colleague" as const,
        proposedAt: minutesFromNow(-30),
      },
      {
        id: 2,
        conversationId: 5,
        text: "Wer hat gestern das Derby gewonnen?",
        language: "de" as const,
        topic: null,
        heldFor: null,
        origin: "choice" as const,
        proposedAt: minutesFromNow(-50),
      },
    ],
    next: null,
    open: 2,
    waiting: 5,
    nightAt: minutesFromNow(9 * 60),
  })),
  on(decideProposals, (_world, { body }) => ({
    accepted: body.accept.length,
    rejected: body.reject.length,
  })),
  on(listChecks, () => ({
    items: [
      {
        conversationId: 1,
        messageId: "01936c1e-a000-8000-8000-000000000001",
        text: "wann klingelt denn der bote",
        language: "de" as const,
        heldFor: status,
        zone: "answer" as const,
      },
    ],
    measured: 212,
  })),
  on(listVersions, () => ({
    release: "review" as const,
    items: ([13, 12, 11] as const).map((id) => ({
      id,
      isLive: id === 12,
      reason: id === 12 ? ("night" as const) : ("change" as const),
      examples: 800 + id,
      topics: 7,
      madeAt: minutesFromNow(-60 * (14 - id)),
      liveAt: id === 13 ? null : minutesFromNow(-60 * (14 - id)),
    })),
  })),
  on(compareVersion, () => ({
    live: 12,
    compared: 1240,
    same: 1237,
    zones: {
      live: { answer: 840, choose: 240, handover: 160 },
      draft: { answer: 862, choose: 231, handover: 147 },
    },
    differences: [
      {
        conversationId: 1,
        text: "Ich möchte tauschen, aber der Karton ist weg.",
        language: "de" as const,
        at: minutesFromNow(-300),
        kind: "zone" as const,
        live: side("handover", []),
        draft: side("answer", ["Umtausch"], "Auch ohne Karton tauschen wir."),
      },
      {
        conversationId: 5,
        text: "umtausch",
        language: "de" as const,
        at: minutesFromNow(-500),
        kind: "words" as const,
        live: side("answer", ["Umtausch"], "Mit Karton tauschen wir."),
        draft: side("answer", ["Umtausch"], "Auch ohne Karton tauschen wir."),
      },
    ],
    more: 1,
  })),
  on(conversationLesson, (_world, { params }) => ({
    question: "Ich möchte tauschen, aber der Karton ist weg.",
    messageId: "0193a000-0000-7000-8000-000000000001",
    taught: taught.has(params.id)
      ? {
          topic: [exchange, giveBack].find(({ id }) => id === taught.get(params.id)) ?? null,
          isAccepted: false,
        }
      : null,
    topics: [exchange, giveBack],
  })),
  on(proposeExample, (_world, { params, body }) => {
    taught.set(params.id, body.topicId);
    return { ok: true as const };
  }),
  on(suggestAnswers, (_world, { body }) => ({
    items: /tausch|karton/i.test(body.draft)
      ? [{ topic: exchange, text: "Auch ohne Karton tauschen wir innerhalb von 30 Tagen.", link: null }]
      : [],
  })),
];
