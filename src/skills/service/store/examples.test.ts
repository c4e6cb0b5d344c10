import { describe, expect, test } from "vitest";
import { planExamples } from "./examples.ts";

const own = { id: 1, language: "de", text: "habt ihr offen", is_taught: false } as const;
const said = { id: 2, language: "de", text: "der karton ist auf und jetzt", is_taught: true } as const;
const nothing = { remove: [], rewrite: [], insert: [] };
const line = (text: string, id?: number) => ({
  language: "de" as const,
  text,
  ...(id !== undefined && { id }),
});

describe("saving a topic's examples", () => {
  test("changes nothing where the same is sent, by words or by id", () => {
    expect(planExamples([own, said], [line("habt  ihr\noffen"), line(said.text, 2)], [1, 2])).toEqual(
      nothing,
    );
  });

  test("removes what the writer took out, but not what a person said and the writer did not see", () => {
    expect(planExamples([own, said], [], [1])).toEqual({ ...nothing, remove: [own] });
    expect(planExamples([own, said], [], [1, 2])).toEqual({ ...nothing, remove: [own, said] });
  });

  test("two that change their words are both corrected; one language is not the other", () => {
    const written = [line(said.text, 1), line(own.text, 2)];
    // By their words they stand already.
    expect(planExamples([own, said], written, [1, 2])).toEqual(nothing);
    expect(planExamples([own], [{ ...line(own.text, 1), language: "en" }], [1])).toEqual({
      ...nothing,
      rewrite: [{ id: 1, language: "en", text: own.text }],
    });
  });

  test("the parts of one example all keep its person", () => {
    const written = [line("der karton ist auf", 2), line("und jetzt", 2)];
    expect(planExamples([said], written, [2])).toEqual({
      ...nothing,
      rewrite: [{ id: 2, language: "de", text: "der karton ist auf" }],
      insert: [{ language: "de", text: "und jetzt", of: 2 }],
    });
    expect(planExamples([said], [line("und jetzt", 2), line(said.text, 2)], [2])).toEqual({
      ...nothing,
      insert: [{ language: "de", text: "und jetzt", of: 2 }],
    });
  });

  test("what is gone does not come back by its id", () => {
    expect(planExamples([own], [line(own.text, 1), line("der karton", 2)], [1, 2])).toEqual(nothing);
  });
});
