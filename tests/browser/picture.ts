import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";

/** From here `npm run pictures` takes them into docs/guide/pictures. */
export const PICTURES = join(import.meta.dirname, "../../build/pictures");
const QUALITY = 80;

/**
 * Keeps what a journey sees for the handbook, in build/pictures; so a picture shows what the journey has just proved.
 * @param name as a literal: tests/pictures.test.ts reads it in the journey's text and asks the guide for it
 * @param part of the page; without it, what stands on the screen
 */
export async function picture(page: Page, name: string, part?: Locator): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  // What moves has come to rest; each tree knows only its own animations.
  await page.evaluate(() => {
    const inside = document.querySelector("augenhoehe-chat")?.shadowRoot?.getAnimations() ?? [];
    const all = [...document.getAnimations(), ...inside].filter(
      ({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY,
    );
    return Promise.all(all.map(({ finished }) => finished.catch(() => undefined)));
  });
  const box = await part?.boundingBox();
  // Playwright writes PNG and JPEG only; WebP of a page is a third as large.
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", {
    format: "webp",
    quality: QUALITY,
    ...(box && { clip: { ...box, scale: 1 } }),
  });
  await session.detach();
  mkdirSync(PICTURES, { recursive: true });
  writeFileSync(join(PICTURES, `${name}.webp`), Buffer.from(data, "base64"));
}
