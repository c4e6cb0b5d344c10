import { describe, expect, test } from "vitest";
import type { Notice } from "../../../../skills/notices/api.ts";
import { zoneInput } from "../../text/zone-input.ts";
import { draftOf, emptyDraft, faultsOf, inputOf, isChanged } from "./notice-draft.ts";

const { toInput, fromInput } = zoneInput("Europe/Berlin");
const notice: Notice = {
  id: 7,
  topicId: 3,
  topicTitle: { de: "Störungen", en: "Disruptions" },
  title: "U3 gesperrt",
  values: { line: ["U3"] },
  texts: { de: "Die U3 fährt nicht.", en: null },
  channelTexts: [{ channelKind: "telegram", language: "de", text: "U3 fährt nicht." }],
  link: "https://hansekontor.example/u3",
  templates: { de: 4, en: null },
  about: ["4006381333931"],
  expiresAt: "2026-11-23T08:00:00.000Z",
  state: "draft",
  stateReason: "",
  story: null,
  phase: "alert",
  createdBy: "jana",
  releasedBy: null,
  needsRelease: false,
  scheduledAt: null,
  startedAt: null,
  endedAt: null,
  createdAt: "2026-11-22T06:00:00.000Z",
};

describe("a notice in the composer", () => {
  test("opened and saved without a change it is the same", () => {
    const { topicId, title, values, texts, channelTexts, link, templates, about, expiresAt } = notice;
    expect(inputOf(draftOf(notice, toInput), topicId, fromInput)).toEqual({
      topicId,
      title,
      values,
      texts,
      channelTexts,
      link,
      templates,
      about,
      expiresAt,
    });
  });

  test("an end is meant in the company's zone: nine o'clock in Berlin is eight in UTC in winter", () => {
    expect(draftOf(notice, toInput).expiresAt).toBe("2026-11-23T09:00");
  });

  test("empty words, parameters without a value and no end are left out", () => {
    const draft = { ...emptyDraft(3), title: " Neu ", texts: { de: " Ja ", en: "  " }, values: { line: [] } };
    expect(inputOf(draft, 3, fromInput)).toMatchObject({
      title: "Neu",
      texts: { de: "Ja", en: null },
      values: {},
      link: null,
      expiresAt: null,
    });
  });

  test("spaces at an end and another order are no change; a word, a value and an end are", () => {
    const saved = { ...draftOf(notice, toInput), values: { a: ["1"], b: ["2"] } };
    const turned = {
      ...saved,
      title: `${saved.title} `,
      values: { b: ["2"], a: ["1"], c: [] },
      channelTexts: saved.channelTexts.map(({ channelKind, language, text }) => ({
        text,
        language,
        channelKind,
      })),
    };
    expect(isChanged(turned, saved, fromInput)).toBe(false);
    expect(isChanged({ ...saved, title: "U4 gesperrt" }, saved, fromInput)).toBe(true);
    expect(isChanged({ ...saved, values: { a: ["1", "3"], b: ["2"] } }, saved, fromInput)).toBe(true);
    expect(isChanged({ ...saved, expiresAt: "2026-11-23T09:01" }, saved, fromInput)).toBe(true);
  });

  test("names what is missing in the order of the fields", () => {
    expect(faultsOf(emptyDraft(null))).toEqual(["topic", "title", "text"]);
    expect(faultsOf({ ...draftOf(notice, toInput), link: "hansekontor.example" })).toEqual(["link"]);
    expect(faultsOf(draftOf(notice, toInput))).toEqual([]);
  });
});
