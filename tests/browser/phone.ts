import type { Browser, Locator, Page } from "playwright-core";

/** A customer's telephone with a company's own page on it. */

export interface PhoneChat {
  page: Page;
  log: Locator;
  /** What the page complained about. */
  faults: string[];
  write(text: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens the page and the chat on it, in German. */
export async function chatOnPhone(browser: Browser, address: string): Promise<PhoneChat> {
  const context = await browser.newContext({
    locale: "de-DE",
    timezoneId: "Europe/Berlin",
    viewport: { width: 360, height: 740 },
    deviceScaleFactor: 2,
    hasTouch: true,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  await page.goto(address);
  await page.getByRole("button", { name: "Frage stellen" }).last().click();
  const field = page.getByRole("textbox", { name: "Nachricht" });
  await field.waitFor();
  return {
    page,
    log: page.getByRole("log"),
    faults,
    write: async (text) => {
      await field.fill(text);
      await field.press("Enter");
    },
    close: () => context.close(),
  };
}
