import { describe, expect, test } from "vitest";
import { formChoice, linkQuery, missingIn, nothingChosen } from "./choice.ts";
import type { Topic } from "./contract.ts";

const topic: Topic = {
  slug: "stoerungen",
  title: { de: "Störungen", en: "Disruptions" },
  description: { de: "", en: "" },
  kind: "service",
  parameters: [
    { key: "hours", kind: "window", label: { de: "Zeit", en: "Time" }, values: [], required: true },
    { key: "line", kind: "line", label: { de: "Linie", en: "Line" }, values: [], required: true },
  ],
  ways: { words: { de: "", en: "" }, whatsapp: null, telegram: null, web: "" },
};
const u3 = { ...nothingChosen, value: "U3 Süd", days: "workdays" as const };

describe("a choice in the public catalogue", () => {
  test("stands in the link: value, weekdays, hours", () => {
    expect(linkQuery(u3)).toBe("value=U3+S%C3%BCd&weekdays=12345&from=06%3A00&to=09%3A00");
    expect(linkQuery(nothingChosen)).toBe("");
  });

  test("stands in the form by the parameter's key", () => {
    expect(formChoice(topic, u3)).toEqual({
      values: { line: ["U3 Süd"] },
      window: { weekdays: [1, 2, 3, 4, 5], from: "06:00", to: "09:00" },
    });
    expect(formChoice(topic, nothingChosen)).toEqual({ values: {}, window: null });
  });

  test("names the first that must be chosen and is not", () => {
    expect(missingIn(topic, nothingChosen)?.key).toBe("hours");
    expect(missingIn(topic, { ...nothingChosen, days: "daily" })?.key).toBe("line");
    expect(missingIn(topic, u3)).toBeNull();
  });
});
