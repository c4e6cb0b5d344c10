import type { FailAction, ProviderError } from "#kernel";

/**
 * Meta's error codes as data: code -> class, class -> what the sender does and what people read. Meta says to
 * build on `code` and `error_data.details`; titles go away.
 */

export type ErrorClass =
  | "throttle"
  | "pair"
  | "quality"
  | "person"
  | "stopped"
  | "window"
  | "template"
  | "media"
  | "upload"
  | "account"
  | "maintenance"
  | "transient"
  | "request";

/** afterMs = min(maxMs, baseMs * factor^(attempt - 1)); more than `tries` attempts end as `failed`. */
export interface RetryRule {
  baseMs: number;
  factor: number;
  maxMs: number;
  tries: number;
  /** Whose bucket stands still: one person's, or the whole number's. */
  scope: "pair" | "account";
}

export interface ErrorRule {
  /** null: never sent again. */
  retry: RetryRule | null;
  /** What the sender does when it is not, or no longer, tried again. */
  action: FailAction;
  /** The light of the channel after this error; null leaves it as it is. */
  health: "warn" | "bad" | null;
  de: string;
  en: string;
}

const MINUTE_MS = 60_000;

export const errorRules: Readonly<Record<ErrorClass, ErrorRule>> = {
  throttle: {
    retry: { baseMs: 1000, factor: 2, maxMs: MINUTE_MS, tries: 20, scope: "account" },
    action: "never",
    health: null,
    de: "WhatsApp bremst diese Nummer. Die Nachricht ist vorgemerkt und geht gleich noch einmal hinaus.",
    en: "WhatsApp is slowing this number down. The message is kept and sent again shortly.",
  },
  // Meta's own rule for the limit of one pair: wait 4^n seconds.
  pair: {
    retry: { baseMs: 4000, factor: 4, maxMs: 17 * MINUTE_MS, tries: 6, scope: "pair" },
    action: "never",
    health: null,
    de: "Zu viele Nachrichten an diese Person in kurzer Zeit. Die Nachricht wartet und geht später hinaus.",
    en: "Too many messages to this person in a short time. The message waits and is sent later.",
  },
  quality: {
    retry: null,
    action: "quality",
    health: "warn",
    de: "WhatsApp hat diese Nummer wegen ihrer Qualität eingeschränkt. Hinweise ruhen, Antworten bleiben möglich.",
    en: "WhatsApp has restricted this number for its quality. Notices pause, answers stay possible.",
  },
  person: {
    retry: null,
    action: "never",
    health: null,
    de: "WhatsApp stellt dieser Person die Nachricht nicht zu. Versuchen Sie einen anderen Kanal.",
    en: "WhatsApp does not deliver this message to this person. Try another channel.",
  },
  stopped: {
    retry: null,
    action: "blocked_marketing",
    health: null,
    de: "Diese Person hat Werbenachrichten in WhatsApp abgestellt. Das gilt.",
    en: "This person has stopped marketing messages in WhatsApp. That holds.",
  },
  window: {
    retry: null,
    action: "window",
    health: null,
    de: "Die letzte Nachricht der Person ist älter als 24 Stunden. Jetzt geht nur eine genehmigte Vorlage.",
    en: "The person's last message is older than 24 hours. Only an approved template can be sent now.",
  },
  template: {
    retry: null,
    action: "template",
    health: null,
    de: "Die Vorlage fehlt, ruht oder passt nicht zu den Angaben. Prüfen Sie die Vorlage.",
    en: "The template is missing, paused or does not fit its values. Check the template.",
  },
  media: {
    retry: null,
    action: "media",
    health: null,
    de: "WhatsApp konnte die Datei nicht verarbeiten. Prüfen Sie Art und Größe der Datei.",
    en: "WhatsApp could not process the file. Check its kind and size.",
  },
  upload: {
    retry: { baseMs: 2000, factor: 1, maxMs: 2000, tries: 2, scope: "pair" },
    action: "media",
    health: null,
    de: "Das Hochladen der Datei ist fehlgeschlagen. Es wird einmal wiederholt.",
    en: "Uploading the file failed. It is tried once more.",
  },
  account: {
    retry: null,
    action: "red",
    health: "bad",
    de: "Der WhatsApp-Zugang funktioniert nicht. Prüfen Sie Zugriffsschlüssel, Nummer und Zahlungsart.",
    en: "The WhatsApp account does not work. Check access token, number and payment method.",
  },
  maintenance: {
    retry: { baseMs: MINUTE_MS, factor: 1, maxMs: MINUTE_MS, tries: 30, scope: "account" },
    action: "never",
    health: "warn",
    de: "WhatsApp stellt diese Nummer gerade um. Die Nachricht wartet eine Minute.",
    en: "WhatsApp is just upgrading this number. The message waits a minute.",
  },
  transient: {
    retry: { baseMs: 2000, factor: 2, maxMs: 2 * MINUTE_MS, tries: 10, scope: "pair" },
    action: "never",
    health: null,
    de: "Störung bei WhatsApp. Die Nachricht ist vorgemerkt und wird noch einmal gesendet.",
    en: "WhatsApp has a fault. The message is kept and sent again.",
  },
  request: {
    retry: null,
    action: "never",
    health: null,
    de: "WhatsApp hat diese Nachricht abgelehnt. Sie wird nicht noch einmal gesendet.",
    en: "WhatsApp refused this message. It is not sent again.",
  },
};

const codesByClass: Readonly<Record<ErrorClass, readonly number[]>> = {
  throttle: [4, 80007, 130429, 133016],
  pair: [131056],
  quality: [368, 130497, 131031, 131048, 131064],
  person: [130472, 131021, 131026, 131030, 131049, 131062],
  stopped: [131050],
  window: [131047],
  template: [131063, 132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132068, 132069],
  media: [131052],
  upload: [131053],
  account: [0, 3, 10, 190, 131005, 131037, 131042, 131045],
  maintenance: [131057],
  transient: [1, 2, 131000, 131016],
  request: [100, 131008, 131009, 131051, 137000],
};

const classes = new Map<number, ErrorClass>(
  Object.entries(codesByClass).flatMap(([name, codes]) =>
    codes.map((code) => [code, name as ErrorClass] as const),
  ),
);

/** @returns null for a code that nobody documented. */
export function classOf(code: number): ErrorClass | null {
  const known = classes.get(code);
  if (known) return known;
  // Permissions and registration: whole ranges mean that the account must be repaired.
  return (code >= 200 && code <= 299) || (code >= 133000 && code <= 133999) ? "account" : null;
}

/** @param attempt 1 for the first send. @returns ms to wait before the next one. */
export function backOffMs(rule: RetryRule, attempt: number): number {
  return Math.min(rule.maxMs, rule.baseMs * rule.factor ** Math.max(0, attempt - 1));
}

/** What staff read; details of the provider stand beside it. */
export function sentenceOf(error: ProviderError, language: "de" | "en"): string {
  return errorRules[classOf(error.code) ?? "request"][language];
}
