import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sharedPath } from "./csv.ts";

/** The providers' published payload examples, made fit to be replayed together into one channel. */

export interface Example {
  name: string;
  raw: string;
}

type Json = Record<string, unknown>;

function jsonFiles(folder: string): { name: string; body: Json }[] {
  const path = sharedPath(folder);
  return readdirSync(path)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => ({
      name: name.replace(".json", ""),
      body: JSON.parse(readFileSync(join(path, name), "utf8")),
    }));
}

const listOf = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);

/**
 * The examples share made-up ids ("wamid.xyzxyz" 25 times over), which in one channel would be one message: each gets
 * its own. All speak for our number. In one file the author of the collection put in a contact that is not the
 * sender; there the sender's own stands.
 */
export function whatsappExamples(phoneNumberId: string): Example[] {
  return jsonFiles("fixtures/whatsapp").map(({ name, body }) => {
    for (const entry of listOf(body.entry))
      for (const change of listOf(entry.changes)) {
        const value = change.value as Json;
        if (value.metadata) (value.metadata as Json).phone_number_id = phoneNumberId;
        if (name === "pywa__edited_message__image")
          value.contacts = [{ profile: { name: "Sheena Nelson" }, wa_id: "16505551234" }];
        for (const message of [...listOf(value.messages), ...listOf(value.message_echoes)])
          if (message.id) message.id = `wamid.${name}`;
      }
    return { name, raw: JSON.stringify(body) };
  });
}

/** Message objects are wrapped into updates; answers of the API are no webhooks. Ids are made each file's own. */
export function telegramExamples(): Example[] {
  return jsonFiles("fixtures/telegram")
    .filter(({ name }) => !name.includes("__apiresponse__"))
    .map(({ name, body }, n) => {
      const update: Json = name.includes("__messageobject__") ? { message: body } : body;
      update.update_id = 7_000_000 + n;
      for (const kind of ["message", "edited_message"])
        if (update[kind]) (update[kind] as Json).message_id = 50_000 + n;
      return { name, raw: JSON.stringify(update) };
    });
}

/** Fisher and Yates with a small generator (mulberry32), so that an order can be had again. */
export function shuffled<T>(list: readonly T[], seed: number): T[] {
  const result = [...list];
  let state = seed;
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  for (let at = result.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [result[at], result[other]] = [result[other] as T, result[at] as T];
  }
  return result;
}
