import { describe, expect, test } from "vitest";
import type { NoticeTopic } from "../../../../skills/notices/api.ts";
import { emptyTopic, slugOf, topicDraftOf, topicInputOf, valuesOf } from "./topic-draft.ts";

const topic: NoticeTopic = {
  id: 3,
  slug: "stoerungen",
  title: { de: "Störungen", en: "Disruptions" },
  description: { de: "Wenn eine Linie steht.", en: "When a line stands still." },
  kind: "service",
  parameters: [
    {
      key: "line",
      kind: "line",
      label: { de: "Linie", en: "Line" },
      values: [
        { value: "U3", label: { de: "U3", en: "U3" } },
        { value: "62", label: { de: "Fähre 62", en: "Ferry 62" } },
      ],
      required: true,
    },
  ],
  isPublic: true,
  isUrgent: false,
  subscribers: 2140,
  createdAt: "2026-11-01T08:00:00.000Z",
};

describe("a topic of notices in its editor", () => {
  test("opened and saved without a change it is the same", () => {
    const { id: _id, subscribers: _subscribers, createdAt: _createdAt, ...input } = topic;
    expect(topicInputOf(topicDraftOf(topic))).toEqual(input);
  });

  test("values are lines: a value, and its names where they differ", () => {
    expect(valuesOf("U3\n\n 62 ; Fähre 62; Ferry 62\nA1; Linie A1\nU3")).toEqual([
      { value: "U3", label: { de: "U3", en: "U3" } },
      { value: "62", label: { de: "Fähre 62", en: "Ferry 62" } },
      { value: "A1", label: { de: "Linie A1", en: "Linie A1" } },
    ]);
  });

  test("address and keys come from the names, each key once", () => {
    const label = { de: "Größe & Maß", en: "" };
    const parameter = { key: "", kind: "product" as const, label, values: "", required: false };
    const made = topicInputOf({
      ...emptyTopic(),
      title: { de: "Neu im Haus – Bücher", en: "" },
      parameters: [parameter, parameter, { ...parameter, label: { de: "3 Tage", en: "" } }],
    });
    expect(made.slug).toBe("neu-im-haus-buecher");
    expect(made.parameters.map(({ key }) => key)).toEqual(["groesse_mass", "groesse_mass_2", "tage"]);
  });

  test("an address has no hyphen at its ends", () => {
    expect(slugOf(" – Fähre – ")).toBe("faehre");
  });
});
