import { z } from "zod";
import { contract, idParam, page, pageQuery, time } from "#kernel/api";
import { getPayRequest } from "./requests.ts";
import { amount, base, id, key, minor, tag, text } from "./shared.ts";

export const refundPayRequest = contract({
  method: "POST",
  path: `${base}/requests/:id/refunds`,
  tag,
  access: "manager",
  status: 201,
  summary: "Pay back, whole or in part: at the service that took it, by a SEPA file, or as done by hand",
  params: idParam,
  body: z.strictObject({
    key: key.describe("the same key pays back once"),
    amountMinor: amount,
    reason: text(140).default("").describe("the customer reads it with the transfer"),
  }),
  reply: getPayRequest.reply,
});

const file = z.object({
  id,
  name: z.string(),
  transfers: z.number(),
  sumMinor: minor,
  madeAt: time,
  refusedAt: time.nullable().describe("a person said that the bank did not take it"),
});
export type TransferFile = z.output<typeof file>;
const files = `${base}/transfer-files`;
export const listTransferFiles = contract({
  method: "GET",
  path: files,
  tag,
  access: "manager",
  summary: "SEPA files that were made, newest first, and what waits for the next one",
  query: pageQuery,
  reply: page(file).extend({ waiting: z.object({ transfers: z.number(), sumMinor: minor }) }),
});
const made = file.extend({ content: z.base64().describe("pain.001.001.09") });
export const makeTransferFile = contract({
  method: "POST",
  path: files,
  tag,
  access: "manager",
  status: 201,
  summary: "Put all refunds that wait into one file for the bank (pain.001.001.09)",
  body: z.strictObject({}).optional(),
  reply: made,
});
export const getTransferFile = contract({
  method: "GET",
  path: `${files}/:id`,
  tag,
  access: "manager",
  summary: "A SEPA file once more, as it was made",
  params: idParam,
  reply: made,
});
export const refuseTransferFile = contract({
  method: "POST",
  path: `${files}/:id/refused`,
  tag,
  access: "manager",
  summary: "The bank did not take this file: what no statement has shown waits for the next one",
  params: idParam,
  reply: file,
});
