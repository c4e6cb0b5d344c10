import type { createChannel } from "#kernel/api";
import type { InputOf } from "../../../client/call.ts";
import type { ConnectableKind } from "../../conversations/channel-sign.tsx";
import type { Translate } from "../../text/catalogue.ts";
import { readOrigins } from "./origins.ts";

export type ChannelInput = InputOf<typeof createChannel>["body"];
export type FieldName =
  | "name"
  | "origins"
  | "phoneNumberId"
  | "displayPhone"
  | "token"
  | "appSecret"
  | "botName"
  | "address"
  | "password"
  | "imapServer"
  | "smtpServer"
  | "fromName";
export type Fields = Record<FieldName, string>;

/** What each kind asks for, in order. */
export const fieldsOf: Record<ConnectableKind, readonly FieldName[]> = {
  web: ["name", "origins"],
  whatsapp: ["name", "phoneNumberId", "displayPhone", "token", "appSecret"],
  telegram: ["name", "token", "botName"],
  email: ["name", "address", "password", "imapServer", "smtpServer", "fromName"],
};

const server = /^[^\s:]+(:\d{1,5})?$/;
const rules: Partial<Record<FieldName, RegExp>> = {
  phoneNumberId: /^\d{5,30}$/,
  address: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  imapServer: server,
  smtpServer: server,
};
const optional: readonly FieldName[] = ["origins", "fromName"];
const telegramToken = /^\d+:[\w-]{10,}$/;

/** A sentence for each field that does not fit. */
export function faultsOf(
  kind: ConnectableKind,
  fields: Fields,
  t: Translate,
): Partial<Record<FieldName, string>> {
  const faults: Partial<Record<FieldName, string>> = {};
  for (const name of fieldsOf[kind]) {
    const value = fields[name].trim();
    const rule = kind === "telegram" && name === "token" ? telegramToken : rules[name];
    if (!value && !optional.includes(name)) faults[name] = t("connect.missing");
    else if (rule && !rule.test(value))
      faults[name] = t.maybe(`connect.${name}.fault`) ?? t("connect.missing");
  }
  const wrong = readOrigins(fields.origins).faults;
  if (kind === "web" && wrong.length > 0)
    faults.origins = t("channels.originFault", { origin: wrong.join(", ") });
  return faults;
}

export function inputOf(kind: ConnectableKind, fields: Fields): ChannelInput {
  const name = fields.name.trim();
  const token = fields.token.trim();
  if (kind === "web") return { kind, name, origins: readOrigins(fields.origins).origins };
  if (kind === "telegram") return { kind, name, token, botName: fields.botName.trim().replace(/^@/, "") };
  if (kind === "email")
    return {
      kind,
      name,
      address: fields.address.trim(),
      password: fields.password,
      imap: serverOf(fields.imapServer, 993),
      smtp: serverOf(fields.smtpServer, 465),
      fromName: fields.fromName.trim(),
    };
  return {
    kind,
    name,
    token,
    phoneNumberId: fields.phoneNumberId.trim(),
    displayPhone: fields.displayPhone.trim(),
    appSecret: fields.appSecret.trim(),
  };
}

/** "mail.firma.example:587": the port is the usual one where none is given, and says how the way is made safe. */
function serverOf(text: string, usual: number) {
  const [host = "", given] = text.trim().split(":");
  const port = given ? Number(given) : usual;
  const isSwitched = port === 587 || port === 143 || port === 25;
  return { host, port, security: isSwitched ? ("starttls" as const) : ("tls" as const) };
}
