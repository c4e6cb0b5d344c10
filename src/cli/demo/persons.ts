import type { Kernel, Tx } from "#kernel";

/** Customers of the demo company, whose providers are played by simulators. */

export interface DemoPerson {
  readonly name: string;
  readonly channel: "telegram" | "whatsapp";
  readonly language: "de" | "en";
}

export interface SeededPerson extends DemoPerson {
  readonly contactId: number;
  readonly channelId: number;
  readonly identity: { readonly kind: string; readonly value: string };
}

/** Telegram's ids begin here. */
const FIRST_TELEGRAM_ID = 7_701_000;
/** Mobile numbers that the Bundesnetzagentur keeps free for films: 0176 040690 00 to 99. */
const FILM_NUMBERS = "49176040690";

function identityOf({ channel }: DemoPerson, place: number): SeededPerson["identity"] {
  return channel === "telegram"
    ? { kind: "telegram", value: String(FIRST_TELEGRAM_ID + place) }
    : { kind: "wa_id", value: `${FILM_NUMBERS}${String(place).padStart(2, "0")}` };
}

/** @returns them in the order given */
export async function seedPersons(
  kernel: Kernel,
  tenantId: number,
  persons: readonly DemoPerson[],
): Promise<SeededPerson[]> {
  const firstSeenAt = new Date(kernel.clock.now());
  return kernel.db.tenant(tenantId, async (tx) => {
    const channels = await channelsOf(tx, tenantId);
    const made = await tx
      .insertInto("kernel.contact")
      .values(
        persons.map(({ name, language }) => ({
          tenant_id: tenantId,
          name,
          language,
          merged_into: null,
          first_seen_at: firstSeenAt,
        })),
      )
      .returning(["id", "name"])
      .execute();
    const ids = new Map(made.map(({ id, name }) => [name, id]));
    const seeded = persons.map((person, place) => ({
      ...person,
      contactId: ids.get(person.name) as number,
      channelId: channels.get(person.channel) as number,
      identity: identityOf(person, place),
    }));
    await tx
      .insertInto("kernel.identity")
      .values(
        seeded.map(({ contactId, identity }) => ({
          tenant_id: tenantId,
          ...identity,
          contact_id: contactId,
          first_seen_at: firstSeenAt,
          last_seen_at: firstSeenAt,
        })),
      )
      .execute();
    return seeded;
  });
}

async function channelsOf(tx: Tx, tenantId: number): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom("kernel.channel")
    .select(["id", "kind"])
    .where("tenant_id", "=", tenantId)
    .execute();
  return new Map(rows.map(({ id, kind }) => [kind, id]));
}

/** Every colleague's account by name: seeded notices have authors. */
export async function staffByName(kernel: Kernel, tenantId: number): Promise<Map<string, string>> {
  const rows = await kernel.db.tenant(tenantId, (tx) =>
    tx.selectFrom("kernel.staff").select(["user_id", "name"]).where("tenant_id", "=", tenantId).execute(),
  );
  return new Map(rows.map(({ user_id, name }) => [name, user_id]));
}
