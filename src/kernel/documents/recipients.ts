import type { Recipient } from "./facts.ts";

export interface ConnectedChannel {
  kind: string;
  name: string;
  address: string;
  settings: Readonly<Record<string, unknown>>;
}

const CHECK = {
  de: "Übermittlung in ein Land außerhalb der EU und des EWR ist möglich; Grundlage prüfen (Art. 44 bis 49 DSGVO).",
  en: "Transfer to a country outside the EU and EEA is possible; check its basis (Art. 44 to 49 GDPR).",
};

/** Who stands behind a connected channel; null: nobody outside the company. */
export function channelRecipient({ kind, settings }: ConnectedChannel): Recipient | null {
  if (kind === "whatsapp")
    return {
      kind,
      name: "Meta (WhatsApp Business Platform)",
      text: {
        de: "Befördert Nachrichten, Nummern und Profilnamen. Vertrag: die Bedingungen der WhatsApp Business Platform samt Datenverarbeitungsbedingungen im Geschäftskonto ablegen.",
        en: "Carries messages, numbers and profile names. Contract: file the terms of the WhatsApp Business Platform with its data processing terms from the business account.",
      },
      thirdCountry: CHECK,
    };
  if (kind === "telegram")
    return {
      kind,
      name: "Telegram",
      text: {
        de: "Befördert Nachrichten, Kennungen und Namen, nicht Ende zu Ende verschlüsselt. Telegram handelt als eigener Verantwortlicher; Kunden darauf hinweisen.",
        en: "Carries messages, identifiers and names, not encrypted from end to end. Telegram acts as a controller of its own; tell customers.",
      },
      thirdCountry: CHECK,
    };
  if (kind === "email") {
    const hosts = [settings.imap, settings.smtp].flatMap((server) => hostOf(server) ?? []);
    const name = [...new Set(hosts)].join(", ");
    return {
      kind,
      name: name ? `Mail: ${name}` : "Mail",
      text: {
        de: "Anbieter des Postfachs: speichert und befördert E-Mails. Auftragsverarbeitungsvertrag mit ihm schließen und ablegen.",
        en: "Provider of the mailbox: stores and carries mails. Conclude and file a processor contract with it.",
      },
      thirdCountry: null,
    };
  }
  return null;
}

function hostOf(server: unknown): string | null {
  const host = (server as { host?: unknown } | undefined)?.host;
  return typeof host === "string" ? host : null;
}
