import { describe, expect, it } from "vitest";
import { type Content, checkSkills, type Effect, type Turn } from "#kernel";
import { testSettings } from "#kernel/testing";
import { readySettings, type StoredSettings } from "../rules/settings.ts";
import { openReports } from "../skill.ts";
import { decide } from "./index.ts";

const NOW = Date.parse("2026-11-24T09:00:00Z");
const stored: StoredSettings = {
  kinds: [
    {
      id: 1,
      name: { de: "Stau", en: "Traffic jam" },
      keywords: { de: ["stockt"], en: ["jam"] },
      wants_photo: false,
      templates: { de: "bescheid", en: null },
    },
    {
      id: 2,
      name: { de: "Schmutz", en: "Dirt" },
      keywords: { de: ["schmutzig", "verschmutz*", "dreckig"], en: ["dirty", "filthy"] },
      wants_photo: true,
      templates: { de: null, en: null },
    },
  ],
  places: [{ name: "Bahnhof Altona", aliases: ["Altona"], latitude: 53.5527, longitude: 9.9352 }],
  teams: [
    {
      id: 5,
      name: "Gleisbau",
      language: "de",
      join_code: "team-7kq2m9",
      contact_id: null,
      channel_id: null,
      conversation_id: null,
    },
    {
      id: 6,
      name: "Straße",
      language: "de",
      join_code: null,
      contact_id: 60,
      channel_id: 1,
      conversation_id: 30,
    },
  ],
};
const settings = readySettings(stored);
let count = 0;

/** One person's conversation: each message goes through the flow, and its open step is kept as the kernel does. */
function conversation(options: { contact?: number; windowMs?: number | null; form?: "sie" | "du" } = {}) {
  let flow: Turn["conversation"]["flow"] = null;
  let language: "de" | "en" = "de";
  return (said: string | Content, late = false) => {
    const content: Content = typeof said === "string" ? { type: "text", text: said } : said;
    const turn: Turn = {
      tenant: { ...testSettings, formOfAddress: options.form ?? "sie", id: 1 } as never,
      now: NOW,
      channel: { id: 1, kind: "whatsapp" },
      contact: { id: options.contact ?? 10, name: "" },
      conversation: { id: 3, language, flow: late ? null : flow, topic: null },
      message: { id: `m${++count}`, content, text: ("text" in content && content.text) || "" },
      late,
      recent: [],
    };
    const effects = decide(turn, settings, options.windowMs ?? null);
    const ask = effects?.find((effect) => effect.do === "ask");
    if (!late) flow = ask ? { skill: "reports", flow: ask.flow, step: ask.step, data: ask.data ?? {} } : null;
    for (const effect of effects ?? [])
      if (effect.do === "remember" && effect.language) language = effect.language;
    return effects;
  };
}

const image = (text?: string): Content => ({
  type: "image",
  media: { providerId: "p", mime: "image/jpeg" },
  ...(text ? { text } : {}),
});
const HERE: Content = { type: "location", latitude: 53.55, longitude: 9.99 };
const choice = (id: string): Content => ({ type: "choice", id, text: id });
const textsOf = (effects: readonly Effect[] | null): string =>
  (effects ?? []).map((effect) => ("text" in effect ? effect.text : "")).join(" ");
const filed = (effects: readonly Effect[] | null) =>
  effects?.find((effect) => effect.do === "schedule" && effect.kind === "reports_file") as
    | Extract<Effect, { do: "schedule" }>
    | undefined;

it("the manifest holds: every sentence in both languages, every purpose its own", () => {
  // The edge comes from another skill, which is not here.
  expect(() => checkSkills([{ ...openReports(), restrictiveEdges: [] }])).not.toThrow();
});

describe("a report", () => {
  it("told in one sentence with a known place asks for nothing", () => {
    const effects = conversation()("Es stockt seit einer halben Stunde am Bahnhof Altona");
    expect(filed(effects)).toMatchObject({
      dueAt: NOW,
      payload: {
        kindId: 1,
        contactId: 10,
        text: "Es stockt seit einer halben Stunde am Bahnhof Altona",
        place: { name: "Bahnhof Altona", latitude: 53.5527, longitude: 9.9352 },
        photo: null,
        language: "de",
      },
    });
    expect(textsOf(effects)).toContain("Ihre Meldung „Stau“ ist aufgenommen");
    expect(effects?.at(-1)).toEqual({ do: "endFlow" });
  });

  it("asks for the place only, then for words, where these are missing", () => {
    const say = conversation();
    expect(textsOf(say("Stau"))).toContain("Wo ist das?");
    expect(textsOf(say(HERE))).toContain("Was ist dort los?");
    expect(filed(say("Unfall auf der rechten Spur"))?.payload).toMatchObject({
      text: "Unfall auf der rechten Spur",
      place: { latitude: 53.55, longitude: 9.99 },
    });
  });

  const parts = {
    place: HERE,
    photo: image(),
    text: "Der Bahnsteig ist dreckig und voller Scherben",
  } as const;
  it.each([
    ["place", "photo", "text"],
    ["place", "text", "photo"],
    ["photo", "place", "text"],
    ["photo", "text", "place"],
    ["text", "place", "photo"],
    ["text", "photo", "place"],
  ] as const)("takes %s, %s, %s in this order", (...order) => {
    const say = conversation();
    let last: readonly Effect[] | null = null;
    for (const part of order) {
      expect(filed(last)).toBeUndefined();
      last = say(parts[part]);
    }
    const payload = filed(last)?.payload;
    expect(payload).toMatchObject({ kindId: 2, text: parts.text, place: { latitude: 53.55 } });
    expect(payload?.photo).toMatch(/^m\d+$/);
  });

  it("with words below the picture takes both at once", () => {
    const effects = conversation()(image("Altona: der Aufzug ist verschmutzt"));
    expect(filed(effects)?.payload).toMatchObject({
      kindId: 2,
      text: "Altona: der Aufzug ist verschmutzt",
      place: { name: "Bahnhof Altona" },
      photo: expect.stringMatching(/^m/),
    });
  });

  it("goes without a picture that was asked for, by tap, word, or by writing on", () => {
    for (const [answer, text] of [
      [choice("reports:photo:none"), "Dreckig in Altona, viel Müll"],
      ["kein Foto", "Dreckig in Altona, viel Müll"],
      ["Es riecht auch", "Dreckig in Altona, viel Müll\nEs riecht auch"],
    ] as const) {
      const say = conversation();
      expect(textsOf(say("Dreckig in Altona, viel Müll"))).toContain("Haben Sie ein Foto");
      expect(filed(say(answer))?.payload).toMatchObject({ text, photo: null });
    }
  });

  it("asks what it is about where only a picture came; something else goes to a person", () => {
    const say = conversation();
    const asked = say(image())?.find((effect) => effect.do === "ask");
    expect(asked).toMatchObject({
      options: [{ title: "Stau" }, { title: "Schmutz" }, { title: "Etwas anderes" }],
    });
    expect(say(choice("reports:kind:other"))).toContainEqual(
      expect.objectContaining({ do: "handOver", reason: "media" }),
    );
  });

  it("speaks the language and the form of address of its words", () => {
    const english = conversation();
    expect(textsOf(english("I want to report something"))).toContain("What would you like to report?");
    expect(textsOf(english("The platform is filthy, glass everywhere"))).toContain("where is it?");
    expect(textsOf(english("Altona, platform 3"))).toContain("Do you have a photo");
    const done = english("no");
    expect(filed(done)?.payload).toMatchObject({
      language: "en",
      place: { name: "Altona, platform 3", latitude: 53.5527 },
    });
    expect(textsOf(conversation({ form: "du" })("Stau"))).toContain("Schick deinen Standort");
  });

  it.each(["Abbrechen", "cancel"])("ends with %s", (word) => {
    const say = conversation();
    say("Stau");
    expect(say(word)?.at(-1)).toEqual({ do: "endFlow" });
    expect(say("Altona")).toBeNull();
  });

  it.each([
    ["a question", "Gibt es gerade Stau?"],
    ["another matter", "Wo ist mein Paket"],
    ["a word inside a word", "Mein Staubsauger ist kaputt"],
    ["a sticker", { type: "sticker", media: { mime: "image/webp" } } as Content],
  ])("does not begin with %s", (_, said) => expect(conversation()(said)).toBeNull());

  it("leaves a question and the wish for a person to those who can answer", () => {
    for (const text of ["Was kostet ein Ticket?", "Ich möchte mit einem Menschen sprechen"]) {
      const say = conversation();
      say("Stau");
      expect(say(text)).toBeNull();
    }
  });

  it("asks again in other words, and then brings a person", () => {
    const say = conversation();
    say("Stau");
    const voice: Content = { type: "audio", media: { mime: "audio/ogg" } };
    expect(textsOf(say(voice))).toContain("Damit finde ich den Ort nicht");
    expect(textsOf(say(voice))).toContain("Damit finde ich den Ort nicht");
    expect(say(voice)).toContainEqual(expect.objectContaining({ do: "handOver", reason: "flow" }));
  });

  it("ignores a place that is not on Earth", () => {
    const say = conversation();
    say("Stau");
    expect(textsOf(say({ type: "location", latitude: 95, longitude: 9 }))).toContain("Damit finde ich");
  });

  it("does not begin with a late message, and nothing begins without kinds", () => {
    expect(conversation()("Stau in Altona, alles steht", true)).toBeNull();
    const turn = { message: { text: "Stau" } } as never;
    expect(decide(turn, { kinds: [], places: [], teams: [] }, null)).toBeNull();
  });
});

describe("progress after the provider's window", () => {
  const DAY = 86_400_000;
  it("is asked for only where there is a window and a template in this language", () => {
    const asks = (effects: readonly Effect[] | null) => effects?.some((effect) => effect.do === "ask");
    expect(asks(conversation({ windowMs: DAY })("Stau in Altona, alles steht"))).toBe(true);
    expect(asks(conversation()("Stau in Altona, alles steht"))).toBe(false);
    expect(asks(conversation({ windowMs: DAY })("Traffic jam in Altona, nothing moves"))).toBe(false);
  });

  it("a yes is recorded with the very words that were asked", () => {
    const say = conversation({ windowMs: DAY });
    const asked = say("Stau in Altona, alles steht")?.find((effect) => effect.do === "ask");
    expect(say("Ja, gern")).toContainEqual(
      expect.objectContaining({
        kind: "reports_consent",
        payload: expect.objectContaining({
          contactId: 10,
          channelId: 1,
          text: asked && "text" in asked ? asked.text : "",
        }),
      }),
    );
  });
});

describe("a field team", () => {
  it("joins by its code and a yes", () => {
    const say = conversation({ contact: 50 });
    expect(textsOf(say("TEAM 7KQ2M9"))).toContain("Feldteam „Gleisbau“");
    expect(say(choice("reports:yes"))?.[0]).toMatchObject({
      do: "schedule",
      kind: "reports_join",
      payload: { teamId: 5, contactId: 50, channelId: 1, text: expect.stringContaining("Einverstanden?") },
    });
    const other = conversation({ contact: 50 });
    other("team-7kq2m9");
    expect(textsOf(other("nein"))).toContain("keine Meldungen");
  });

  it.each([
    [choice("reports:accepted:12"), { act: "accepted", reportId: 12, photo: null }],
    ["Meldung 12 erledigt", { act: "done", reportId: 12, photo: null }],
    [image(), { act: "photo", reportId: null, photo: expect.stringMatching(/^m/) }],
    [image("12 erledigt"), { act: "done", reportId: 12, photo: expect.stringMatching(/^m/) }],
  ])("says what becomes of a report: %j", (said, payload) => {
    for (const late of [false, true])
      expect(conversation({ contact: 60 })(said, late)).toEqual([
        expect.objectContaining({ kind: "reports_team", payload: expect.objectContaining(payload) }),
      ]);
  });

  it("is understood in its own conversation only, and may say other things there", () => {
    expect(conversation({ contact: 61 })("Meldung 12 erledigt")).toBeNull();
    expect(conversation({ contact: 60 })("Wann habe ich frei")).toBeNull();
    expect(textsOf(conversation({ contact: 60 })("Stau"))).toContain("Wo ist das?");
  });
});
