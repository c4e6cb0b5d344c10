import type { ChannelAccount, ConnectionPlan, ConnectionStep } from "#kernel";
import { problemOf } from "./account.ts";
import { callApi } from "./client.ts";
import { integerOf, listOf, objectOf, wordsOf } from "./json.ts";
import { readKinds } from "./parse.ts";

/** Looks at a bot step by step: getMe for the token, getWebhookInfo for the way in. */

function step(name: string, level: ConnectionStep["level"], de: string, en: string): ConnectionStep {
  return { name, level, text: { de, en } };
}

export async function inspect(account: ChannelAccount, plan: ConnectionPlan): Promise<ConnectionStep[]> {
  const me = await callApi(account, "getMe");
  if (me.kind === "unreached" || me.kind === "lost")
    return [
      step(
        "token",
        "bad",
        `Telegram antwortet nicht (${me.reason}): Internetverbindung des Rechners prüfen.`,
        `Telegram does not answer (${me.reason}): check this machine's way into the internet.`,
      ),
    ];
  if (me.kind === "refused")
    return [
      step(
        "token",
        "bad",
        `Telegram nimmt das Token nicht an (${problemOf(me)}): bei @BotFather mit /token ein gültiges holen und hier eintragen.`,
        `Telegram refuses the token (${problemOf(me)}): get a valid one from @BotFather with /token and enter it here.`,
      ),
    ];
  const bot = objectOf(me.result);
  const name = `@${wordsOf(bot?.username) ?? "?"}`;
  return [
    step("token", "ok", `Das Token gilt für ${name}.`, `The token is valid for ${name}.`),
    await webhookStep(account, plan),
  ];
}

async function webhookStep(account: ChannelAccount, plan: ConnectionPlan): Promise<ConnectionStep> {
  const answer = await callApi(account, "getWebhookInfo");
  if (answer.kind !== "ok")
    return step(
      "webhook",
      "bad",
      `Telegram sagt nicht, wohin es zustellt (${problemOf(answer)}): später noch einmal prüfen.`,
      `Telegram does not say where it delivers (${problemOf(answer)}): check again later.`,
    );
  const info = objectOf(answer.result);
  const url = wordsOf(info?.url);
  const again = {
    de: "den Kanal hier aus- und wieder einschalten, das meldet die Adresse neu",
    en: "switch the channel off and on here, which tells the address anew",
  };
  if (url === null)
    return step(
      "webhook",
      "bad",
      `Es ist kein Webhook gesetzt; liest ein anderes Programm mit demselben Token? ${again.de}.`,
      `No webhook is set; does another program read with the same token? If not, ${again.en}.`,
    );
  if (url !== plan.webhook)
    return step(
      "webhook",
      "bad",
      `Telegram stellt an eine andere Adresse zu (${url.slice(0, 120)}): ${again.de}.`,
      `Telegram delivers to another address (${url.slice(0, 120)}): ${again.en}.`,
    );
  const pending = integerOf(info?.pending_update_count) ?? 0;
  const fault = wordsOf(info?.last_error_message);
  if (fault !== null && pending > 0)
    return step(
      "webhook",
      "bad",
      `Telegram erreicht den Knoten nicht (${fault.slice(0, 120)}), ${pending} Nachrichten warten dort: Domain, Zertifikat und Firewall prüfen (augenhoehe doctor).`,
      `Telegram does not reach the node (${fault.slice(0, 120)}), ${pending} messages wait there: check domain, certificate and firewall (augenhoehe doctor).`,
    );
  const allowed = listOf(info?.allowed_updates);
  const missing = allowed.length > 0 ? readKinds.filter((kind) => !allowed.includes(kind)) : [];
  if (missing.length > 0)
    return step(
      "webhook",
      "warn",
      `Einiges wird nicht zugestellt (${missing.join(", ")}): ${again.de}.`,
      `Some things are not delivered (${missing.join(", ")}): ${again.en}.`,
    );
  return step(
    "webhook",
    "ok",
    `Telegram stellt hierher zu, ${pending} warten.`,
    `Telegram delivers here, ${pending} wait.`,
  );
}
