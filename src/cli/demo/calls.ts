import type { Actor, Kernel, Tx } from "#kernel";
import type { Outside } from "../../skills/telephone/ports.ts";
import { insertLine } from "../../skills/telephone/store/lines.ts";
import { writeCall } from "../../skills/telephone/store/logging.ts";
import { countSuppressed, recordCalls } from "../../skills/telephone/store/recording.ts";
import { inTenant, tell } from "../../skills/telephone/store/tx.ts";
import type { SeededPerson } from "./persons.ts";

/** What the telephone brought: calls that were logged, calls in vain, promises. */

export interface CallsFile {
  lines: { kind: "sipgate"; name: string }[];
  logged: {
    person: number;
    minutesAgo: number;
    direction: "in" | "out";
    outcome: "reached" | "voicemail";
    seconds: number | null;
    note: string;
  }[];
  heard: { person?: number; number?: string; minutesAgo: number[]; outcome: "missed" | "voicemail" }[];
  /** Minutes ago. */
  suppressed: number[];
  promised: {
    person: number;
    minutesAgo: number;
    minutesAhead: number;
    spanMinutes: number | null;
    note: string;
  }[];
}

const MINUTE_MS = 60_000;
/** Numbers of people who are only known by another channel; kept free for films (0176 040690 00 to 99). */
const FILM_NUMBERS = "+49176040690";

/** Topics are counted where customers ask; the demo's calls name none. */
const topics: Outside["topics"] = { count: async () => {}, has: async () => false };

export async function seedCalls(
  kernel: Kernel,
  tenantId: number,
  { file, persons, staffId }: { file: CallsFile; persons: readonly SeededPerson[]; staffId: string },
): Promise<void> {
  const now = kernel.clock.now();
  const actor: Actor = { tenantId, role: "agent", staffId, name: "" };
  const personAt = (place: number): SeededPerson => {
    const person = persons[place];
    if (!person) throw new Error(`calls.json: there is no person ${place}`);
    return person;
  };
  await inTenant(kernel, tenantId, async (tx) => {
    for (const { kind, name } of file.lines)
      await insertLine(tx, tenantId, { kind, name, isSigned: false, salt: `demo ${name}`, now });
    for (const [n, call] of file.logged.entries()) {
      const { contactId } = personAt(call.person);
      const at = now - call.minutesAgo * MINUTE_MS;
      await writeCall(
        tx,
        { house: kernel, actor, topics, now: at },
        { ...call, contactId, phone: phoneOf(call.person), clientId: "", topic: null, settle: "closed" },
        `demo ${n}`,
      );
    }
    await hear(tx, { tenantId, now, file });
    for (const [n, promise] of file.promised.entries()) {
      const { contactId } = personAt(promise.person);
      const { note, minutesAgo, minutesAhead, spanMinutes } = promise;
      const at = now + minutesAhead * MINUTE_MS;
      const until = spanMinutes === null ? null : new Date(at + spanMinutes * MINUTE_MS).toISOString();
      const phone = phoneOf(promise.person);
      await writeCall(
        tx,
        { house: kernel, actor, topics, now: now - minutesAgo * MINUTE_MS },
        {
          ...{ contactId, phone, note, clientId: "", topic: null, settle: "nothing", seconds: null },
          direction: "in",
          outcome: "promised",
          promise: { promisedAt: new Date(at).toISOString(), until, phone },
        },
        `demo promise ${n}`,
      );
    }
  });
}

const phoneOf = (place: number): string => `${FILM_NUMBERS}${String(place).padStart(2, "0")}`;

async function hear(
  tx: Tx,
  { tenantId, now, file }: { tenantId: number; now: number; file: CallsFile },
): Promise<void> {
  const calls = file.heard.flatMap(({ person, number, minutesAgo, outcome }) =>
    minutesAgo.map((minutes) => ({
      key: `demo ${number ?? person} ${minutes}`,
      direction: "in" as const,
      outcome,
      at: now - minutes * MINUTE_MS,
      seconds: null,
      phone: number ?? phoneOf(person ?? 0),
    })),
  );
  const { events } = await recordCalls(tx, { tenantId, source: "line", now }, calls);
  const hidden = file.suppressed.map((minutes) => ({
    at: now - minutes * MINUTE_MS,
    direction: "in" as const,
    outcome: "missed" as const,
  }));
  await countSuppressed(tx, tenantId, hidden, now);
  await tell(tx, tenantId, events, now);
}
