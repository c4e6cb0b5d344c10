import { isIP } from "node:net";
import { z } from "zod";
import { UsageError } from "../options.ts";
import type { Said } from "./words.ts";

/** What `setup` asks: at most six things that whoever runs a company can answer, each with a default. */

export const CERTIFICATES = ["self", "caddy", "nginx"] as const;

/** dataDir: absolute, because the service starts elsewhere. */
const answersSchema = z.strictObject({
  language: z.enum(["de", "en"]),
  certificate: z.enum(CERTIFICATES),
  email: z.email().max(200).or(z.literal("")),
  dataDir: z.string().regex(/^\/[\w./-]+$/),
  start: z.boolean(),
});
export type Answers = z.output<typeof answersSchema>;

export interface Question {
  name: keyof Answers;
  ask: Said;
  /** Shown under the question. */
  help: Said;
  /** What a person may type, as it is stored; null = not understood. */
  read(text: string): Answers[keyof Answers] | null;
  /** A default as it is shown. */
  show(value: Answers[keyof Answers]): Said;
  fault: Said;
}

const same = (text: string): Said => ({ de: text, en: text });

export const questions: readonly Question[] = [
  {
    name: "language",
    ask: { de: "Sprache (de oder en)?", en: "Language (de or en)?" },
    help: { de: "Darin antwortet diese Einrichtung.", en: "This setup speaks it." },
    read: (text) => (/^(de|en)$/i.test(text) ? (text.toLowerCase() as "de" | "en") : null),
    show: (value) => same(String(value)),
    fault: { de: "Bitte de oder en.", en: "Please de or en." },
  },
  {
    name: "certificate",
    ask: {
      de: "Wer sorgt für die verschlüsselte Verbindung (https)?  1 Augenhöhe selbst  2 Caddy  3 nginx",
      en: "Who takes care of the encrypted connection (https)?  1 Augenhöhe itself  2 Caddy  3 nginx",
    },
    help: {
      de: "1 ist richtig, wenn auf diesem Rechner keine andere Website läuft. Augenhöhe holt und erneuert dann selbst ein kostenloses Zertifikat von Let's Encrypt; damit stimmen Sie dessen Bedingungen zu (letsencrypt.org/repository).",
      en: "1 is right when no other website runs on this machine. Augenhöhe then gets and renews a free certificate of Let's Encrypt by itself; you thereby agree to its terms (letsencrypt.org/repository).",
    },
    read: (text) => CERTIFICATES[Number(text) - 1] ?? CERTIFICATES.find((one) => one === text) ?? null,
    show: (value) => same(String(CERTIFICATES.indexOf(value as "self") + 1)),
    fault: { de: "Bitte 1, 2 oder 3.", en: "Please 1, 2 or 3." },
  },
  {
    name: "email",
    ask: {
      de: "E-Mail-Adresse für die Zertifizierungsstelle?",
      en: "E-mail address for the certificate authority?",
    },
    help: {
      de: "Nur für Nachrichten zum Zertifikat. Darf leer bleiben.",
      en: "Only for news about the certificate. May stay empty.",
    },
    read: (text) =>
      answersSchema.shape.email.safeParse(text === "-" ? "" : text).success ? text.replace(/^-$/, "") : null,
    show: (value) => (value ? same(String(value)) : { de: "leer", en: "empty" }),
    fault: {
      de: "Das ist keine E-Mail-Adresse (oder - für keine).",
      en: "That is no e-mail address (or - for none).",
    },
  },
  {
    name: "dataDir",
    ask: { de: "Wo sollen die Daten liegen?", en: "Where shall the data be kept?" },
    help: {
      de: "Ein Ordner auf der größten Platte; 10 GB sollten frei sein.",
      en: "A folder on the largest disk; 10 GB should be free.",
    },
    read: (text) =>
      answersSchema.shape.dataDir.safeParse(text).success && !text.includes("..")
        ? text.replace(/\/+$/, "")
        : null,
    show: (value) => same(String(value)),
    fault: {
      de: "Bitte ein ganzer Pfad aus Buchstaben, Ziffern, - _ . /, z. B. /var/lib/augenhoehe.",
      en: "Please a whole path of letters, digits, - _ . /, e.g. /var/lib/augenhoehe.",
    },
  },
  {
    name: "start",
    ask: {
      de: "Jetzt und bei jedem Einschalten starten (ja oder nein)?",
      en: "Start now and with every boot (yes or no)?",
    },
    help: { de: "Mit nein wird nur eingerichtet.", en: "With no it is set up only." },
    read: (text) => (/^(j|ja|y|yes)$/i.test(text) ? true : /^(n|nein|no)$/i.test(text) ? false : null),
    show: (value) => (value ? { de: "ja", en: "yes" } : { de: "nein", en: "no" }),
    fault: { de: "Bitte ja oder nein.", en: "Please yes or no." },
  },
];

/** @throws UsageError when it is no host's name that a certificate can be had for */
export function readDomain(given: string | undefined): string {
  const text = (given ?? "").trim().toLowerCase().replace(/\.$/, "");
  const host = URL.canParse(`https://${text}`) ? new URL(`https://${text}`).hostname : "";
  const isName = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]+$/.test(host) && isIP(host) === 0;
  if (!isName || text.includes("/") || text.includes(":") || text.includes("@"))
    throw new UsageError(
      "Give the domain that customers will use, without https:// and without a path: augenhoehe setup chat.example.org",
    );
  return host;
}

/** @throws UsageError that names the first wrong answer */
export function readAnswers(text: string, defaults: Answers): Answers {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw new UsageError("The file of --answers is no JSON.");
  }
  const read = answersSchema.safeParse({ ...defaults, ...(given as object) });
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const place = issue?.path.join(".") || (issue?.code === "unrecognized_keys" ? issue.keys.join(", ") : "");
  throw new UsageError(`The answer ${place} in the file is not understood: ${issue?.message}.`);
}
