import { isIP } from "node:net";
import { Agent, request } from "undici";
import {
  type ChannelAccount,
  type ConnectionStep,
  guardedLookup,
  isPublicAddress,
  type Resolve,
} from "#kernel";

/** Looks whether the chat's script tag stands in the pages that may use it. */

const PAGES_MAX = 5;
const PAGE_BYTES = 2_000_000;
const ASK_MS = 8_000;

export type Fetched = { html: string } | { fault: string };
/** @returns the page's text, or why there is none */
export type FetchPage = (url: string) => Promise<Fetched>;

function step(name: string, level: ConnectionStep["level"], de: string, en: string): ConnectionStep {
  return { name, level, text: { de, en } };
}

export async function inspect(
  account: ChannelAccount,
  { base }: { base: string },
  fetchPage: FetchPage = (url) => fetchPublic(url),
): Promise<ConnectionStep[]> {
  const origins = Array.isArray(account.settings.origins) ? account.settings.origins.map(String) : [];
  if (origins.length === 0)
    return [
      step(
        "snippet",
        "warn",
        "Noch keine Webseite erlaubt: unter Bearbeiten die Adresse der Seite eintragen, die das Skript enthält. Die eigene Seite des Knotens geht auch ohne.",
        "No website is allowed yet: under Edit enter the address of the page that holds the script. The node's own page works without.",
      ),
    ];
  return Promise.all(
    origins.slice(0, PAGES_MAX).map((origin) => pageStep(origin, { key: account.address, base }, fetchPage)),
  );
}

async function pageStep(
  origin: string,
  { key, base }: { key: string; base: string },
  fetchPage: FetchPage,
): Promise<ConnectionStep> {
  const found = await fetchPage(`${origin}/`);
  if ("fault" in found)
    return step(
      "snippet",
      "warn",
      `${origin} ließ sich von hier nicht lesen (${found.fault}); im Browser nachsehen, ob der Chat erscheint.`,
      `${origin} could not be read from here (${found.fault}); see in a browser whether the chat shows.`,
    );
  const tags = found.html.match(/<script\b[^>]*>/gi) ?? [];
  const ours = tags.filter((tag) => /\bsrc\s*=\s*["'][^"']*\/widget\.js/i.test(tag));
  const right = ours.find((tag) => tag.includes(key));
  if (right && !right.includes(`${base}/widget.js`))
    return step(
      "snippet",
      "bad",
      `In ${origin} steht das Skript mit einer anderen Adresse als ${base}: durch das von hier ersetzen.`,
      `In ${origin} the script has another address than ${base}: replace it by the one from here.`,
    );
  if (right)
    return step("snippet", "ok", `Das Skript steht in ${origin}.`, `The script stands in ${origin}.`);
  if (ours.length > 0)
    return step(
      "snippet",
      "bad",
      `In ${origin} steht ein Skript mit einem anderen Schlüssel: durch das von hier ersetzen.`,
      `In ${origin} a script with another key stands: replace it by the one from here.`,
    );
  return step(
    "snippet",
    "warn",
    `In der Startseite von ${origin} steht das Skript nicht: die Zeile von hier vor </body> einfügen. Wird sie erst im Browser oder auf anderen Seiten geladen, dort nachsehen.`,
    `The script does not stand in the start page of ${origin}: put the line from here before </body>. If it is loaded in the browser or on other pages only, look there.`,
  );
}

/** Only what everybody can reach: an owner's list of pages must not become a way to look around inside. */
export async function fetchPublic(url: string, resolve?: Resolve): Promise<Fetched> {
  const door = new Agent({ connect: { timeout: ASK_MS, lookup: guardedLookup(resolve) } });
  try {
    const host = new URL(url).hostname.replace(/^\[|\]$/g, "");
    if (isIP(host) !== 0 && !isPublicAddress(host)) return { fault: "private address" };
    const { statusCode, body, headers } = await request(url, {
      dispatcher: door,
      headers: { accept: "text/html" },
      headersTimeout: ASK_MS,
      bodyTimeout: ASK_MS,
      signal: AbortSignal.timeout(ASK_MS),
    });
    if (statusCode >= 300)
      return {
        fault: `HTTP ${statusCode}${headers.location ? `, ${String(headers.location).slice(0, 100)}` : ""}`,
      };
    let html = "";
    for await (const part of body) {
      html += String(part);
      if (html.length > PAGE_BYTES) break;
    }
    return { html };
  } catch (error) {
    const { code } = error as { code?: string };
    return { fault: code === "PRIVATE_ADDRESS" ? "private address" : (code ?? "no answer") };
  } finally {
    await door.destroy();
  }
}
