import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** One way in which a page is looked at. */
export interface Look {
  language: "de" | "en";
  width: 360 | 1440;
  scheme: "light" | "dark";
}

export const LOOKS: Look[] = (["de", "en"] as const).flatMap((language) =>
  ([360, 1440] as const).flatMap((width) =>
    (["light", "dark"] as const).map((scheme) => ({ language, width, scheme })),
  ),
);

/** Each value with each other once: enough for layers, which look alike everywhere. */
export const SOME_LOOKS = LOOKS.filter(
  ({ language, width, scheme }) => (language === "de") === ((width === 360) === (scheme === "light")),
);

/** What axe finds, and what sticks out sideways, as short sentences: empty when all is well. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const found = await page.evaluate(() =>
    (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
      resultTypes: ["violations"],
    }),
  );
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  return [
    ...found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
    ),
    ...(tooWide > 0 ? [`${tooWide} px wider than the screen`] : []),
  ];
}
