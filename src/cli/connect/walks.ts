import { billingSentence } from "../../skills/week/api.ts";
import type { Said } from "../setup/words.ts";

/** What a person does at the provider, in order, and what is asked afterwards. */

export const CONNECT_KINDS = ["whatsapp", "telegram", "email", "page"] as const;
export type ConnectKind = (typeof CONNECT_KINDS)[number];

const said = (de: string, en: string): Said => ({ de, en });

export const walks: Readonly<Record<ConnectKind, readonly Said[]>> = {
  whatsapp: [
    said(
      "business.facebook.com: Unternehmen anlegen und im Security Center bestätigen lassen (dauert oft Tage; anfangen geht ohne).",
      "business.facebook.com: make a business and have it verified in the Security Centre (often takes days; you can begin without).",
    ),
    said(
      "developers.facebook.com: App vom Typ Business mit dem Produkt WhatsApp anlegen, dort die Nummer hinzufügen; sie darf in keiner WhatsApp-App mehr angemeldet sein.",
      "developers.facebook.com: make an app of type Business with the product WhatsApp and add the number there; it must not be signed in to any WhatsApp app.",
    ),
    said(
      "Unternehmenseinstellungen, Systembenutzer: Token ohne Ablauf mit whatsapp_business_messaging und whatsapp_business_management.",
      "Business settings, system users: a token without expiry with whatsapp_business_messaging and whatsapp_business_management.",
    ),
    said(
      "Nach dem Verbinden zeigt dieser Befehl Webhook-Adresse und Prüftoken: in der App unter WhatsApp, Konfiguration, eintragen und messages abonnieren.",
      "After connecting this command shows webhook address and verify token: enter them in the app under WhatsApp, Configuration, and subscribe to messages.",
    ),
    said(billingSentence("de"), billingSentence("en")),
  ],
  telegram: [
    said(
      "In Telegram an @BotFather schreiben: /newbot, Namen wählen; er nennt ein Token.",
      "In Telegram write to @BotFather: /newbot, choose a name; it tells a token.",
    ),
    said(
      "Adresse und Geheimnis meldet der Knoten selbst an Telegram.",
      "The node tells Telegram address and secret by itself.",
    ),
  ],
  email: [
    said(
      "Beim Mailanbieter IMAP und SMTP freischalten und, wo es das gibt, ein eigenes Passwort für Programme erzeugen.",
      "At the mail provider switch on IMAP and SMTP and, where there is such a thing, make a password for programs.",
    ),
    said(
      "SPF, DKIM und DMARC der Domain werden danach geprüft.",
      "SPF, DKIM and DMARC of the domain are checked afterwards.",
    ),
  ],
  page: [
    said(
      "Die Adressen der Webseiten nennen, die den Chat zeigen; danach die angezeigte Zeile vor </body> einfügen.",
      "Name the addresses of the web pages that show the chat; then put the line shown before </body>.",
    ),
  ],
};

interface Ask {
  name: string;
  text: Said;
  usual?: string;
  isSecret?: true;
}

const NAME = said("Name im Haus", "Name in the house");
export const asksOf: Readonly<Record<ConnectKind, readonly Ask[]>> = {
  whatsapp: [
    { name: "name", text: NAME, usual: "WhatsApp" },
    {
      name: "phoneNumberId",
      text: said("Phone Number ID (WhatsApp, API-Einrichtung)", "Phone Number ID (WhatsApp, API setup)"),
    },
    { name: "displayPhone", text: said("Rufnummer, wie sie gezeigt wird", "Number as it is shown") },
    { name: "token", text: said("Token des Systembenutzers", "Token of the system user"), isSecret: true },
    {
      name: "appSecret",
      text: said("App-Geheimnis (App, Einstellungen, Allgemeines)", "App secret (App, Settings, Basic)"),
      isSecret: true,
    },
  ],
  telegram: [
    { name: "name", text: NAME, usual: "Telegram" },
    { name: "token", text: said("Token von @BotFather", "Token of @BotFather"), isSecret: true },
    { name: "botName", text: said("Name des Bots, endet auf bot", "Name of the bot, ends with bot") },
  ],
  email: [
    { name: "name", text: NAME, usual: "E-Mail" },
    { name: "address", text: said("E-Mail-Adresse", "E-mail address") },
    { name: "password", text: said("Passwort", "Password"), isSecret: true },
    {
      name: "imap",
      text: said(
        "IMAP-Server, z. B. imap.firma.example oder imap.firma.example:993",
        "IMAP server, e.g. imap.firma.example or imap.firma.example:993",
      ),
    },
    {
      name: "smtp",
      text: said("SMTP-Server, z. B. smtp.firma.example:587", "SMTP server, e.g. smtp.firma.example:587"),
    },
  ],
  page: [
    { name: "name", text: NAME, usual: "Website" },
    {
      name: "origins",
      text: said(
        "Webseiten, durch Komma getrennt, z. B. https://www.firma.example",
        "Web pages parted by commas, e.g. https://www.firma.example",
      ),
    },
  ],
};

/** What was typed, as the API's contract takes it. */
export function inputOf(
  kind: ConnectKind,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  if (kind === "page") {
    const origins = String(given.origins ?? "")
      .split(/[\s,]+/)
      .filter(Boolean);
    return { ...given, kind: "web", origins: Array.isArray(given.origins) ? given.origins : origins };
  }
  if (kind === "telegram") return { ...given, kind, botName: String(given.botName ?? "").replace(/^@/, "") };
  if (kind === "email")
    return { ...given, kind, imap: serverOf(given.imap, 993), smtp: serverOf(given.smtp, 465) };
  return { ...given, kind };
}

/** 587, 143 and 25 begin in clear and switch to TLS; all others speak it from the start. */
function serverOf(given: unknown, usual: number): unknown {
  if (typeof given !== "string") return given;
  const [host = "", port] = given.trim().split(":");
  const number = port ? Number(port) : usual;
  return { host, port: number, security: [587, 143, 25].includes(number) ? "starttls" : "tls" };
}
