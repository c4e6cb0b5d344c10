import { expect, test } from "vitest";
import { type WarningTemplate, warningTemplate } from "./template.ts";

const template: WarningTemplate = {
  name: "hk_warnung",
  language: "de",
  category: "utility",
  body: "Zu {{1}}: {{2}}",
  variables: ["title", "text"],
  state: "approved",
};
const warning = { language: "de" as const, title: "Erdgas", text: "Bis 28. Februar\nkönnen Sie kündigen." };

test("an approved utility template carries title and text in one line each", () => {
  expect(warningTemplate([template], warning)).toEqual({
    type: "template",
    name: "hk_warnung",
    language: "de",
    text: "Zu Erdgas: Bis 28. Februar können Sie kündigen.",
    parameters: ["Erdgas", "Bis 28. Februar können Sie kündigen."],
  });
});

test.each([
  ["paused", { state: "paused" }],
  ["moved to marketing", { category: "marketing" }],
  ["in another language", { language: "en" as const }],
])("one that is %s carries nothing", (_, change) => {
  expect(warningTemplate([{ ...template, ...change }], warning)).toBeNull();
});
