import type { Language } from "../i18n/catalogue.ts";
import type { Purpose } from "../skill.ts";

/** What the system knows of itself for the papers that a company has to keep. */

/** Somebody outside the company who gets personal data, because the configuration says so. */
export interface Recipient {
  /** whatsapp, telegram, email, service ... */
  kind: string;
  name: string;
  /** What for, and what the company has to look after. */
  text: Record<Language, string>;
  /** Does it sit, or may it process, outside the EU and EEA? */
  thirdCountry: Record<Language, string> | null;
}

/** Data of persons that go away by themselves after so many days. */
export interface Retention {
  what: Record<Language, string>;
  why: Record<Language, string>;
  keepDays: number;
}

export interface DocumentFacts {
  company: { name: string; imprint: string; privacy: string };
  /** e.g. https://chat.example.org; "" = not said. */
  address: string;
  /** ISO date on which this was gathered. */
  day: string;
  timeZone: string;
  purposes: readonly Purpose[];
  recipients: readonly Recipient[];
  retention: readonly Retention[];
  channels: readonly { kind: string; name: string; address: string }[];
  staff: { owners: number; managers: number; agents: number };
  /** Does the customer see staff by first name, or by role alone? */
  staffShownAs: "first_name" | "role";
  /** Is the database this node's own, or somebody else's server? */
  database: "own" | "server";
  isEncrypted: boolean;
}
