import type { ChannelAccount, ConnectionPlan, ConnectionStep } from "#kernel";
import { codeOf, type Door } from "./door.ts";
import { type Fields, fieldsOf, isFields, listOf, NAME_MAX_CHARS, numberOf, stringOf } from "./fields.ts";
import { bodyOf } from "./outcome.ts";
import { errorOf } from "./provider-errors.ts";

/**
 * Looks at a WhatsApp connection step by step: token and its rights, number, business account, whether the app
 * listens and to what. Sources: Graph API debug_token, phone number, WhatsApp Business Account, subscribed_apps and
 * app subscriptions.
 */

/** Without the first nothing comes in; the others tell of trouble before it hurts. */
const NEEDED_FIELD = "messages";
const GOOD_FIELDS = [
  "account_update",
  "account_alerts",
  "phone_number_quality_update",
  "message_template_status_update",
];
const SCOPES = ["whatsapp_business_messaging", "whatsapp_business_management"];
const WRONG_TOKEN = 190;
const SOON_MS = 14 * 86_400_000;
const NUMBER_FIELDS =
  "display_phone_number,verified_name,quality_rating,code_verification_status,platform_type";

type Asked = { ok: true; body: Fields } | { ok: false; code: number; said: string };

function step(name: string, level: ConnectionStep["level"], de: string, en: string): ConnectionStep {
  return { name, level, text: { de, en } };
}

async function ask(door: Door, account: ChannelAccount, path: string, token = account.token): Promise<Asked> {
  try {
    const answer = await door({ method: "GET", url: `${account.apiBase}/${path}`, token });
    const body = fieldsOf(bodyOf(answer.bytes));
    if (answer.status === 200 && !isFields(body.error)) return { ok: true, body };
    const { code, title } = errorOf(body.error);
    return { ok: false, code, said: `${code} ${title}`.slice(0, NAME_MAX_CHARS) };
  } catch (error) {
    return { ok: false, code: 0, said: codeOf(error) };
  }
}

/** @param now ms since the epoch */
export async function inspect(
  account: ChannelAccount,
  plan: ConnectionPlan,
  door: Door,
  now: number,
): Promise<ConnectionStep[]> {
  const asked = await ask(door, account, `debug_token?input_token=${encodeURIComponent(account.token)}`);
  const token = asked.ok ? fieldsOf(asked.body.data) : null;
  const first = tokenStep(asked, token, now);
  const number = await numberStep(account, door);
  if (!token || first.level === "bad") return [first, number];
  const business = businessOf(token);
  const appId = stringOf(token.app_id, NAME_MAX_CHARS);
  return [
    first,
    number,
    ...(business
      ? [
          await verificationStep(account, door, business),
          await listeningStep(account, door, { business, appId }),
        ]
      : []),
    await webhookStep(account, plan, door, appId),
  ];
}

function tokenStep(asked: Asked, token: Fields | null, now: number): ConnectionStep {
  if (!asked.ok || token?.is_valid !== true) {
    const said = asked.ok ? stringOf(fieldsOf(token?.error).message, NAME_MAX_CHARS) : asked.said;
    if (!asked.ok && asked.code === 0)
      return step(
        "token",
        "bad",
        `Meta antwortet nicht (${said}): Internetverbindung des Rechners prüfen.`,
        `Meta does not answer (${said}): check this machine's way into the internet.`,
      );
    return step(
      "token",
      "bad",
      `Meta nimmt das Token nicht an (${said}): in den Unternehmenseinstellungen beim Systembenutzer ein neues ohne Ablauf erzeugen und hier eintragen.`,
      `Meta refuses the token (${said}): make a new one without expiry at the system user in the business settings and enter it here.`,
    );
  }
  const missing = SCOPES.filter((scope) => !listOf(token.scopes).includes(scope));
  if (missing.length > 0)
    return step(
      "token",
      "bad",
      `Dem Token fehlen Rechte (${missing.join(", ")}): beim Systembenutzer ein neues mit beiden WhatsApp-Rechten erzeugen.`,
      `The token lacks rights (${missing.join(", ")}): make a new one with both WhatsApp rights at the system user.`,
    );
  const until = (numberOf(token.expires_at) ?? 0) * 1_000;
  if (until > 0 && until - now < SOON_MS) {
    const day = new Date(until).toISOString().slice(0, 10);
    return step(
      "token",
      "warn",
      `Das Token läuft am ${day} ab: durch eines ohne Ablauf ersetzen.`,
      `The token expires on ${day}: replace it by one without expiry.`,
    );
  }
  return step(
    "token",
    "ok",
    "Das Token gilt und hat die nötigen Rechte.",
    "The token is valid and has the rights it needs.",
  );
}

async function numberStep(account: ChannelAccount, door: Door): Promise<ConnectionStep> {
  const asked = await ask(door, account, `${encodeURIComponent(account.address)}?fields=${NUMBER_FIELDS}`);
  if (!asked.ok) {
    if (asked.code === WRONG_TOKEN || asked.code === 0)
      return step(
        "number",
        "bad",
        `Die Nummer lässt sich nicht abfragen (${asked.said}); zuerst das Token richtigstellen.`,
        `The number cannot be asked for (${asked.said}); put the token right first.`,
      );
    return step(
      "number",
      "bad",
      `Meta kennt die Phone Number ID ${account.address} mit diesem Token nicht (${asked.said}): sie steht unter WhatsApp, API-Einrichtung, und ist nicht die Rufnummer.`,
      `With this token Meta does not know the Phone Number ID ${account.address} (${asked.said}): it stands under WhatsApp, API setup, and is not the phone number.`,
    );
  }
  const name = [asked.body.verified_name, asked.body.display_phone_number]
    .map((each) => stringOf(each, NAME_MAX_CHARS))
    .filter(Boolean)
    .join(", ");
  const platform = stringOf(asked.body.platform_type, NAME_MAX_CHARS);
  if (platform && platform !== "CLOUD_API")
    return step(
      "number",
      "bad",
      `${name} ist noch nicht für die Cloud API angemeldet: in WhatsApp, API-Einrichtung, die Nummer registrieren.`,
      `${name} is not registered for the Cloud API yet: register the number under WhatsApp, API setup.`,
    );
  if (asked.body.quality_rating === "RED")
    return step(
      "number",
      "warn",
      `${name}: Meta bewertet die Qualität als niedrig; weniger und nur Gewünschtes schreiben.`,
      `${name}: Meta rates the quality as low; write less, and only what is wanted.`,
    );
  return step("number", "ok", `Meta kennt die Nummer: ${name}.`, `Meta knows the number: ${name}.`);
}

/** The business account that the token was given rights for. */
function businessOf(token: Fields): string {
  const scopes = listOf(token.granular_scopes).map(fieldsOf);
  const found = scopes.find(({ scope }) => scope === "whatsapp_business_management");
  return stringOf(listOf(found?.target_ids)[0], NAME_MAX_CHARS);
}

async function verificationStep(
  account: ChannelAccount,
  door: Door,
  business: string,
): Promise<ConnectionStep> {
  const asked = await ask(
    door,
    account,
    `${encodeURIComponent(business)}?fields=business_verification_status`,
  );
  const state = asked.ok ? stringOf(asked.body.business_verification_status, NAME_MAX_CHARS) : asked.said;
  if (state === "verified")
    return step(
      "verification",
      "ok",
      "Meta hat das Unternehmen bestätigt.",
      "Meta has verified the business.",
    );
  return step(
    "verification",
    "warn",
    `Das Unternehmen ist bei Meta nicht bestätigt (${state}): Antworten gehen trotzdem; für mehr eigene Nachrichten im Security Center der Unternehmenseinstellungen Handelsregisterauszug oder Gewerbeschein einreichen, das dauert oft Tage.`,
    `The business is not verified by Meta (${state}): answers work all the same; for more messages of your own send an extract of the register in the Security Centre of the business settings, which often takes days.`,
  );
}

async function listeningStep(
  account: ChannelAccount,
  door: Door,
  { business, appId }: { business: string; appId: string },
): Promise<ConnectionStep> {
  const asked = await ask(door, account, `${encodeURIComponent(business)}/subscribed_apps`);
  const apps = asked.ok
    ? listOf(asked.body.data).map((one) => fieldsOf(fieldsOf(one).whatsapp_business_api_data).id)
    : [];
  if (apps.some((id) => stringOf(id) === appId))
    return step(
      "listening",
      "ok",
      "Die App hört auf das WhatsApp-Konto.",
      "The app listens to the WhatsApp account.",
    );
  return step(
    "listening",
    "bad",
    "Die App hört nicht auf das WhatsApp-Konto, deshalb kommt nichts an: in der App unter WhatsApp, Konfiguration, die Webhooks des Kontos abonnieren (POST …/subscribed_apps).",
    "The app does not listen to the WhatsApp account, so nothing arrives: subscribe to the account's webhooks in the app under WhatsApp, Configuration (POST …/subscribed_apps).",
  );
}

/** The app's own token is its id and secret (Graph API, app access tokens); so this also proves the secret. */
async function webhookStep(
  account: ChannelAccount,
  plan: ConnectionPlan,
  door: Door,
  appId: string,
): Promise<ConnectionStep> {
  const asked = await ask(
    door,
    account,
    `${encodeURIComponent(appId)}/subscriptions`,
    `${appId}|${plan.secret ?? ""}`,
  );
  if (!asked.ok)
    return step(
      "webhook",
      "bad",
      `Das App-Geheimnis passt nicht zur App ${appId} (${asked.said}): aus App, Einstellungen, Allgemeines übernehmen. Mit einem falschen wird jede Nachricht abgewiesen.`,
      `The app secret does not fit the app ${appId} (${asked.said}): take it from App, Settings, Basic. With a wrong one every message is refused.`,
    );
  const hook = listOf(asked.body.data)
    .map(fieldsOf)
    .find(({ object }) => object === "whatsapp_business_account");
  if (!hook || stringOf(hook.callback_url) !== plan.webhook)
    return step(
      "webhook",
      "bad",
      `Bei Meta ist ${hook ? `eine andere Webhook-Adresse eingetragen (${stringOf(hook.callback_url, NAME_MAX_CHARS)})` : "keine Webhook-Adresse eingetragen"}: unter WhatsApp, Konfiguration, ${plan.webhook} und das Prüftoken von hier eintragen.`,
      `At Meta ${hook ? `another webhook address is entered (${stringOf(hook.callback_url, NAME_MAX_CHARS)})` : "no webhook address is entered"}: enter ${plan.webhook} and the verify token from here under WhatsApp, Configuration.`,
    );
  const fields = listOf(hook.fields).map((one) => stringOf(isFields(one) ? one.name : one));
  if (!fields.includes(NEEDED_FIELD))
    return step(
      "webhook",
      "bad",
      "Das Feld messages ist nicht abonniert, deshalb kommt keine Nachricht an: unter WhatsApp, Konfiguration, Webhook-Felder abonnieren.",
      "The field messages is not subscribed, so no message arrives: subscribe to it under WhatsApp, Configuration, webhook fields.",
    );
  const missing = GOOD_FIELDS.filter((field) => !fields.includes(field));
  if (missing.length > 0)
    return step(
      "webhook",
      "warn",
      `Nachrichten kommen an. Für Warnungen zur Nummer auch abonnieren: ${missing.join(", ")}.`,
      `Messages arrive. For warnings about the number subscribe to these, too: ${missing.join(", ")}.`,
    );
  return step(
    "webhook",
    "ok",
    "Webhook-Adresse und Felder stimmen.",
    "Webhook address and fields are right.",
  );
}
