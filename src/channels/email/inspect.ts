import { Resolver } from "node:dns/promises";
import type { ChannelAccount, ConnectionStep } from "#kernel";
import { faultOfImap, faultOfSmtp } from "./check.ts";
import { type LookUp, recordsOf } from "./domain.ts";
import { mailboxOf } from "./mailbox.ts";

/** Looks at a mailbox step by step: reading, sending, and whether receivers can trust the domain. */

const SLOW_MS = 5_000;
const TIMEOUT_MS = 2_000;
const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 1 });
/** A DKIM key's name is known to its signer only; these are the ones that large providers use. */
const SELECTORS = ["default", "dkim", "mail", "s1", "s2", "k1", "google", "selector1", "selector2", "key1"];

const GERMAN: Readonly<Record<string, string>> = {
  "has no such host": "gibt es nicht",
  "has no host that the name service knows at the moment": "kennt der Namensdienst gerade nicht",
  "listens at no such port": "nimmt an diesem Port nichts an",
  "does not answer": "antwortet nicht",
  "is not reached from here": "ist von hier nicht zu erreichen",
  "closed the connection": "hat die Verbindung geschlossen",
  "cannot be spoken to safely": "lässt sich nicht verschlüsselt ansprechen",
  "refuses user or password": "nimmt Benutzer oder Passwort nicht an",
  "shows a certificate that does not fit": "zeigt ein Zertifikat, das nicht passt",
};

function step(name: string, level: ConnectionStep["level"], de: string, en: string): ConnectionStep {
  return { name, level, text: { de, en } };
}

export async function inspect(
  account: ChannelAccount,
  lookUp: LookUp = (name) => resolver.resolveTxt(name),
): Promise<ConnectionStep[]> {
  const mailbox = mailboxOf(account);
  const domain = mailbox.address.slice(mailbox.address.lastIndexOf("@") + 1);
  return [
    await serverStep("imap", mailbox.imap, () => faultOfImap(mailbox)),
    await serverStep("smtp", mailbox.smtp, () => faultOfSmtp(mailbox)),
    ...(await domainSteps(domain, lookUp)),
  ];
}

async function serverStep(
  name: "imap" | "smtp",
  { host, port }: { host: string; port: number },
  ask: () => Promise<string | null>,
): Promise<ConnectionStep> {
  const does = name === "imap" ? { de: "Lesen", en: "Reading" } : { de: "Senden", en: "Sending" };
  const begun = performance.now();
  const reason = await ask();
  const seconds = Math.round((performance.now() - begun) / 1_000);
  if (reason === null && seconds * 1_000 < SLOW_MS)
    return step(name, "ok", `${does.de} geht (${host}:${port}).`, `${does.en} works (${host}:${port}).`);
  if (reason === null)
    return step(
      name,
      "warn",
      `${does.de} geht, aber ${host} brauchte ${seconds} s: Mails kommen und gehen spät; bleibt es so, den Anbieter fragen.`,
      `${does.en} works, but ${host} took ${seconds} s: mails come and go late; if it stays so, ask the provider.`,
    );
  const isSignIn = reason.startsWith("refuses");
  const remedy = isSignIn
    ? {
        de: "Viele Anbieter verlangen ein eigenes Passwort für Programme und das Freischalten von IMAP und SMTP.",
        en: "Many providers want a password of its own for programs, and IMAP and SMTP switched on.",
      }
    : {
        de: "Server und Port aus der Hilfe des Anbieters übernehmen.",
        en: "Take server and port from the provider's help pages.",
      };
  return step(
    name,
    "bad",
    `${host}:${port} ${GERMAN[reason] ?? `antwortet: ${reason}`}. ${remedy.de}`,
    `${host}:${port} ${reason}. ${remedy.en}`,
  );
}

async function domainSteps(domain: string, lookUp: LookUp): Promise<ConnectionStep[]> {
  const own = await recordsOf(domain, lookUp);
  // A name service that is away says nothing about the domain.
  if (typeof own === "string") return [];
  const [dmarc, ...keys] = await Promise.all([
    recordsOf(`_dmarc.${domain}`, lookUp),
    ...SELECTORS.map((name) => recordsOf(`${name}._domainkey.${domain}`, lookUp)),
  ]);
  const hasSpf = own.some((text) => /^v=spf1\b/i.test(text));
  const hasDmarc =
    dmarc === "unknown" || (typeof dmarc !== "string" && dmarc.some((text) => /^v=DMARC1\b/i.test(text)));
  const hasKey = keys.some(
    (found) => typeof found !== "string" && found.some((text) => /\bp=[\w+/]/.test(text)),
  );
  return [
    hasSpf
      ? step("spf", "ok", "SPF ist eingetragen.", "SPF is set.")
      : step(
          "spf",
          "warn",
          `${domain} hat keinen SPF-Eintrag, Antworten landen leicht im Spam: den TXT-Eintrag »v=spf1 …« aus der Hilfe des Mailanbieters beim Verwalter der Domain eintragen.`,
          `${domain} has no SPF record, answers easily land in spam: enter the TXT record "v=spf1 …" from the mail provider's help where the domain is managed.`,
        ),
    hasKey
      ? step("dkim", "ok", "Ein DKIM-Schlüssel ist eingetragen.", "A DKIM key is set.")
      : step(
          "dkim",
          "warn",
          `Unter den üblichen Namen fand sich kein DKIM-Schlüssel für ${domain}: beim Mailanbieter nachsehen, ob er Mails unterschreibt, und den Schlüssel eintragen.`,
          `No DKIM key was found for ${domain} under the usual names: see at the mail provider whether it signs mails, and enter the key.`,
        ),
    hasDmarc
      ? step("dmarc", "ok", "DMARC ist eingetragen.", "DMARC is set.")
      : step(
          "dmarc",
          "warn",
          `${domain} hat keinen DMARC-Eintrag: für den Anfang genügt _dmarc.${domain} TXT »v=DMARC1; p=none«.`,
          `${domain} has no DMARC record: for a start _dmarc.${domain} TXT "v=DMARC1; p=none" is enough.`,
        ),
  ];
}
