import { describe, expect, it } from "vitest";
import type { SkillManifest } from "./skill.ts";
import { checkSkills } from "./skill-set.ts";

const skill = (change: Partial<SkillManifest> = {}): SkillManifest => ({
  id: "service",
  migrations: null,
  events: {},
  messages: { de: { hello: "Moin." }, en: { hello: "Hello." } },
  purposes: [{ id: "service.answer", legalBasis: "contract", text: { de: "x", en: "x" }, keepDays: 10 }],
  personalData: { export: async () => ({}), erase: async () => {} },
  ...change,
});

describe("the set of skills", () => {
  it("is taken when it fits together", () => {
    expect(() => checkSkills([skill(), skill({ id: "notices", purposes: [] })])).not.toThrow();
  });

  it.each([
    ["two of one id", [skill(), skill({ purposes: [] })], "the id is taken"],
    [
      "half a catalogue",
      [skill({ messages: { de: { hello: "Moin." }, en: {} } })],
      "service.hello is missing",
    ],
    [
      "a foreign event name",
      [skill({ events: { "other.thing": undefined as never } })],
      "does not begin with service.",
    ],
    [
      "a number about a person that joins two purposes",
      [
        skill({
          personNumbers: [
            {
              column: "service.visit.worth",
              origin: "derived",
              purpose: "service.answer",
              inputs: ["service.answer", "offers.deal"],
              consequence: "none",
              owner: "service",
              keepDays: 10,
            },
          ],
        }),
      ],
      "service.visit.worth is made from data of offers.deal",
    ],
    [
      "an edge to nowhere",
      [skill({ restrictiveEdges: [{ from: "service.answer", to: "x.y", kind: "veto", reason: "x" }] })],
      "an edge names x.y",
    ],
    [
      "a flow without a purpose",
      [skill({ purposes: [], flow: () => ({ turn: () => null }) })],
      "declares no purpose",
    ],
    [
      "data kept for no time",
      [
        skill({
          purposes: [{ id: "service.x", legalBasis: "contract", text: { de: "", en: "" }, keepDays: 0 }],
        }),
      ],
      "keepDays > 0",
    ],
    ["one purpose in two skills", [skill(), skill({ id: "notices" })], "belongs to service"],
  ])("refuses %s", (_name, skills, fault) => {
    expect(() => checkSkills(skills)).toThrow(fault);
  });
});
