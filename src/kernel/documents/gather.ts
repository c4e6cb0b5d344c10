import { sql } from "kysely";
import { PROOF_KEEP_DAYS } from "../consent/grants.ts";
import type { Tx } from "../db/open.ts";
import {
  DECISION_KEEP_DAYS,
  EVENT_KEEP_DAYS,
  SEEN_KEEP_DAYS,
  SETTLED_KEEP_DAYS,
} from "../dialogue/housekeeping.ts";
import type { Kernel } from "../kernel.ts";
import type { Purpose, RecipientsOf } from "../skill.ts";
import type { DocumentFacts, Retention } from "./facts.ts";
import { type ConnectedChannel, channelRecipient } from "./recipients.ts";

export interface DocumentParts {
  purposes: readonly Purpose[];
  /** Whom the skills pass data on to. */
  recipients: readonly RecipientsOf[];
}

const DAY_MINUTES = 1_440;

/** Reads what is configured now; nothing of it is stored. */
export async function gatherFacts(
  kernel: Kernel,
  tenantId: number,
  parts: DocumentParts,
): Promise<DocumentFacts> {
  const profile = await kernel.profile(tenantId);
  const { config } = kernel;
  const found = await kernel.db.tenant(tenantId, async (tx) => {
    const channels = await channelsOf(tx, tenantId);
    const staff = await staffOf(tx, tenantId);
    const asked = await Promise.all(parts.recipients.map((ask) => ask(tx, tenantId)));
    return { channels, staff, others: asked.flat() };
  });
  const recipients = [
    ...found.channels.flatMap((channel) => channelRecipient(channel) ?? []),
    ...found.others,
  ];
  return {
    company: { name: profile.name, ...profile.legal },
    address: config.publicUrl,
    day: new Date(kernel.clock.now()).toISOString().slice(0, 10),
    timeZone: profile.timeZone,
    purposes: parts.purposes,
    recipients: recipients.filter((one, n) => recipients.findIndex(({ name }) => name === one.name) === n),
    retention: retentionOf(parts.purposes, config.inboxKeepMinutes),
    channels: found.channels,
    staff: found.staff,
    staffShownAs: profile.staffShownAs ?? "first_name",
    database: config.databaseUrl ? "server" : "own",
    isEncrypted: config.publicUrl.startsWith("https:"),
  };
}

/** Those that are switched on: whoever is switched off gets nothing. */
async function channelsOf(tx: Tx, tenantId: number): Promise<ConnectedChannel[]> {
  const rows = await tx
    .selectFrom("kernel.channel")
    .select(["kind", "name", "address", "settings"])
    .where("tenant_id", "=", tenantId)
    .where("active", "=", true)
    .orderBy("id")
    .execute();
  return rows.map(({ kind, name, address, settings }) => ({
    kind,
    name,
    address,
    settings: settings as Record<string, unknown>,
  }));
}

async function staffOf(tx: Tx, tenantId: number): Promise<DocumentFacts["staff"]> {
  const { rows } = await sql<{ role: string; n: number }>`
    select role, count(*)::int as n from kernel.staff where tenant_id = ${tenantId} and active group by role`.execute(
    tx,
  );
  const count = (role: string) => rows.find((row) => row.role === role)?.n ?? 0;
  return { owners: count("owner"), managers: count("manager"), agents: count("agent") };
}

function retentionOf(purposes: readonly Purpose[], inboxMinutes: number): Retention[] {
  const own = purposes.map(({ id, text, keepDays }) => ({ what: { de: id, en: id }, why: text, keepDays }));
  const house = (what: Retention["what"], why: Retention["why"], keepDays: number): Retention => ({
    what,
    why,
    keepDays,
  });
  return [
    ...own,
    house(
      { de: "Eingehende Rohdaten der Anbieter", en: "Raw data as they come from providers" },
      { de: "Verarbeitung und Fehlersuche", en: "processing and finding faults" },
      Math.ceil(inboxMinutes / DAY_MINUTES),
    ),
    house(
      { de: "Kennungen schon verarbeiteter Nachrichten", en: "Marks of messages already processed" },
      { de: "Doppelt Zugestelltes erkennen", en: "recognising what is delivered twice" },
      SEEN_KEEP_DAYS,
    ),
    house(
      { de: "Ereignisse ohne Inhalte (Nummern)", en: "Events without contents (numbers)" },
      { de: "Anzeige ohne Neuladen", en: "showing without reloading" },
      EVENT_KEEP_DAYS,
    ),
    house(
      { de: "Erledigtes, das nicht verstanden wurde", en: "Settled messages that were not understood" },
      { de: "Nachfragen", en: "questions about it" },
      SETTLED_KEEP_DAYS,
    ),
    house(
      { de: "Automatische Entscheidungen mit Begründung", en: "Automatic decisions with their reasons" },
      { de: "Auskunft (Art. 15, 22 DSGVO)", en: "access (Art. 15, 22 GDPR)" },
      DECISION_KEEP_DAYS,
    ),
    house(
      { de: "Nachweis erteilter und entzogener Einwilligungen", en: "Proof of consents given and withdrawn" },
      { de: "Rechenschaft (Art. 7 Abs. 1 DSGVO)", en: "accountability (Art. 7(1) GDPR)" },
      PROOF_KEEP_DAYS,
    ),
  ];
}
