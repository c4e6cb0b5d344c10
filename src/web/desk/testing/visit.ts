import type { Browser, Locator, Page } from "playwright-core";
import type { Preferences } from "../session/preferences.ts";
import { password } from "./routes-session.ts";

export interface Look {
  width?: number;
  height?: number;
  scheme?: "light" | "dark";
  preferences?: Partial<Preferences>;
}

export interface SignIn {
  email: string;
  password: string;
}

/** The fake node's person. */
export const jana: SignIn = { email: "jana@hansekontor.example", password };

/** A fresh browser profile on a device that speaks German. Faults of the page end up in `faults`. */
export async function openPage(browser: Browser, look: Look = {}): Promise<{ page: Page; faults: string[] }> {
  const { width = 1440, height = 900, scheme = "light", preferences = {} } = look;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    locale: "de-DE",
    timezoneId: "Europe/Berlin",
    hasTouch: width < 600,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (line) => {
    // Refused calls are reported by the browser as well; everything else is our fault.
    if (line.type() === "error" && !line.text().startsWith("Failed to load resource"))
      faults.push(line.text());
  });
  await page.addInitScript(
    (kept) => localStorage.getItem("ah.preferences") ?? localStorage.setItem("ah.preferences", kept),
    JSON.stringify(preferences),
  );
  return { page, faults };
}

/** Signs in beside the page, since the form has its own test, and waits for the list. */
export async function signIn(page: Page, url: string, who: SignIn = jana): Promise<void> {
  const answer = await page.request.post(`${url}/api/auth/sign-in/email`, {
    data: who,
    headers: { origin: url },
  });
  if (!answer.ok()) throw new Error(`sign-in answered ${answer.status()}: ${await answer.text()}`);
  await page.goto(`${url}/desk/conversations`);
  await page.locator("main").waitFor();
}

/** Signs in as a person does, and waits for the list. */
export async function signInByForm(page: Page, url: string, who: SignIn): Promise<void> {
  await page.goto(`${url}/desk/conversations`);
  await page.locator("input[name=email]").fill(who.email);
  await page.locator("input[name=password]").fill(who.password);
  await page.keyboard.press("Enter");
  await page.waitForURL((address) => address.pathname.endsWith("/conversations"));
  await page.locator("main").waitFor();
}

const STEP_MS = 500;
const LIMIT_MS = 30_000;

/**
 * Runs the page's own clock ahead until something is seen: what the desk does after some seconds is not waited for.
 * Before it, `page.clock.install()`.
 * @throws Error when it is not seen within 30 s of ours
 */
export async function runAheadUntil(page: Page, seen: Locator): Promise<void> {
  const begun = performance.now();
  while (!(await seen.isVisible())) {
    if (performance.now() - begun > LIMIT_MS) throw new Error(`Not seen, however late: ${seen}`);
    await page.clock.fastForward(STEP_MS);
    // Answers of the node come in our time.
    await new Promise((done) => setTimeout(done, 20));
  }
}
