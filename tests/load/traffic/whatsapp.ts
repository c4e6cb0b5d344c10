import { createHmac, createSecretKey } from "node:crypto";
import { escapeLikeMeta } from "../../../src/simulator/whatsapp-webhooks.ts";
import type { Webhook } from "./poster.ts";

/** Webhooks as Meta writes and signs them: compact JSON, escaped unicode, HMAC over exactly these bytes. */

const WABA_ID = "102290129340398";
const DISPLAY_PHONE = "4940555010";

export interface Customer {
  /** Digits. */
  waId: string;
  name: string;
}

export interface Incoming {
  phoneNumberId: string;
  customer: Customer;
  /** Unique; see wamidOf. */
  wamid: string;
  sentAtMs: number;
  text: string;
}

export interface Receipt {
  phoneNumberId: string;
  waId: string;
  /** What we sent as biz_opaque_callback_data. */
  correlation: string;
  status: "sent" | "delivered" | "read";
  atMs: number;
}

/** Meta names a person by number and by business-scoped id. */
export function bsuidOf(waId: string): string {
  return `DE.${waId}0000000`;
}

/** A wamid as long as Meta's, from which the run's own name of the message can be read again. */
export function wamidOf(name: string): string {
  return `wamid.${Buffer.from(name.padEnd(36)).toString("base64")}`;
}

/** Signs for one app; every body it makes goes to that app's address. */
export function signer(app: { id: string; secret: string }) {
  const key = createSecretKey(app.secret, "utf8");
  const path = `/hooks/${app.id}`;
  const sign = (value: string): Webhook => {
    const body = escapeLikeMeta(
      `{"object":"whatsapp_business_account","entry":[{"id":"${WABA_ID}","changes":[{"value":${value},"field":"messages"}]}]}`,
    );
    const mac = createHmac("sha256", key).update(body).digest("hex");
    return {
      path,
      body,
      headers: {
        "content-type": "application/json",
        "user-agent": "facebookexternalua",
        "x-hub-signature-256": `sha256=${mac}`,
      },
    };
  };
  return {
    message: (message: Incoming): Webhook => sign(messageValue(message)),
    receipt: (receipt: Receipt): Webhook => sign(receiptValue(receipt)),
  };
}

export type Signer = ReturnType<typeof signer>;

function metadata(phoneNumberId: string): string {
  return `"messaging_product":"whatsapp","metadata":{"display_phone_number":"${DISPLAY_PHONE}","phone_number_id":"${phoneNumberId}"}`;
}

function messageValue({ phoneNumberId, customer, wamid, sentAtMs, text }: Incoming): string {
  const { waId, name } = customer;
  const userId = bsuidOf(waId);
  return (
    `{${metadata(phoneNumberId)},"contacts":[{"profile":{"name":${JSON.stringify(name)}},"wa_id":"${waId}","user_id":"${userId}"}],` +
    `"messages":[{"from":"${waId}","from_user_id":"${userId}","id":"${wamid}","timestamp":"${Math.floor(sentAtMs / 1000)}",` +
    `"text":{"body":${JSON.stringify(text)}},"type":"text"}]}`
  );
}

function receiptValue({ phoneNumberId, waId, correlation, status, atMs }: Receipt): string {
  return (
    `{${metadata(phoneNumberId)},"statuses":[{"id":"${wamidOf(correlation.slice(-36))}","status":"${status}","timestamp":"${Math.floor(atMs / 1000)}",` +
    `"recipient_id":"${waId}","recipient_user_id":"${bsuidOf(waId)}","biz_opaque_callback_data":${JSON.stringify(correlation)},` +
    `"conversation":{"id":"7270432eae37498234f4444b35ffc5","origin":{"type":"service"}},` +
    `"pricing":{"billable":false,"pricing_model":"PMP","category":"service","type":"free_customer_service"}}]}`
  );
}
