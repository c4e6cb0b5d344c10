import type { Browser, BrowserContext, BrowserContextOptions, Page, Request } from "playwright-core";
import { WIDGET_KEY } from "./fake-company.ts";
import type { FakeNode } from "./fake-node.ts";
import { type ForeignSite, startForeignSite } from "./foreign-site.ts";

export interface Visit {
  page: Page;
  context: BrowserContext;
  site: ForeignSite;
  /** Addresses of every request since the page was opened. */
  requests: string[];
  /** Policy violations and script errors, as the browser tells them. */
  faults: string[];
  leave(): Promise<void>;
}

interface VisitOptions extends BrowserContextOptions {
  /** The page's language. */
  lang?: "de" | "en";
  attributes?: string;
}

const NOISE = /^Failed to load resource/;

/** Somebody comes to a foreign site that has the widget's script tag and a strict policy. */
export async function visit(browser: Browser, node: FakeNode, options: VisitOptions = {}): Promise<Visit> {
  const { lang = "de", attributes, ...browsing } = options;
  const site = await startForeignSite({ node: node.base, key: WIDGET_KEY, lang, attributes });
  const context = await browser.newContext({ locale: lang === "de" ? "de-DE" : "en-GB", ...browsing });
  const page = await context.newPage();
  const requests: string[] = [];
  const faults: string[] = [];
  page.on("request", (request: Request) => requests.push(request.url()));
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !NOISE.test(message.text())) faults.push(message.text());
  });
  await page.goto(site.base);
  return {
    page,
    context,
    site,
    requests,
    faults,
    leave: async () => {
      await context.close();
      await site.close();
    },
  };
}

export const QUESTION = "Wo ist meine Bestellung?";
export const ANSWER = "Schicken Sie uns Ihre Bestellnummer. Dann sehen wir nach.";

/** What a person does at the German page. */
export function hands({ page }: Visit) {
  const text = page.getByRole("textbox", { name: "Nachricht" });
  const log = page.getByRole("log");
  return {
    log,
    openChat: async () => {
      await page.getByRole("button", { name: "Frage stellen" }).click();
      await text.waitFor();
    },
    write: async (words: string) => {
      await text.fill(words);
      await page.keyboard.press("Enter");
    },
    /** The first words and their answer: from here on there is a conversation. */
    greet: async () => {
      await text.fill("Moin");
      await page.keyboard.press("Enter");
      await log.getByText(ANSWER).waitFor();
    },
    stored: () => page.evaluate(() => ({ ...window.localStorage })),
  };
}
