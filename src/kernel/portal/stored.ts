import { sql } from "kysely";
import type { PortalStored } from "../api/portal.ts";
import { type PortalRoom, purposesOf, type Visit } from "./room.ts";

/** What is stored about a person, counted; the values themselves where they are short. The export has all of it. */

/** Conversations are kept for this purpose (contacts/expiry.ts), and what belongs to them goes with them. */
const CONVERSATION_PURPOSE = "service.answer";
const WITH_TALK: ReadonlySet<PortalStored["kind"]> = new Set(["messages", "files", "callbacks"]);

interface Counts {
  name: string;
  company: string;
  has_note: boolean;
  addresses: string[];
  messages: number;
  files: number;
  callbacks: number;
  grants: number;
  decisions: number;
}

export async function storedAbout(visit: Visit): Promise<PortalStored[]> {
  const counts = await countKernel(visit);
  const keepDays = purposesOf(visit.rooms).find(({ id }) => id === CONVERSATION_PURPOSE)?.keepDays ?? null;
  const own = (kind: PortalStored["kind"], count: number, values: string[] = []): PortalStored[] =>
    count > 0
      ? [{ kind, room: "", count, values, purposes: [], keepDays: WITH_TALK.has(kind) ? keepDays : null }]
      : [];
  const profile = [counts.name, counts.company].filter((value) => value !== "");
  return [
    ...own("profile", profile.length, profile),
    ...own("addresses", counts.addresses.length, counts.addresses),
    ...own("messages", counts.messages),
    ...own("files", counts.files),
    ...own("callbacks", counts.callbacks),
    ...own("note", counts.has_note ? 1 : 0),
    ...own("consents", counts.grants),
    ...own("decisions", counts.decisions),
    ...(await storedBySkills(visit)),
  ];
}

async function countKernel({ tx, link, contactIds }: Visit): Promise<Counts> {
  const ids = sql`${[...contactIds]}::bigint[]`;
  const { tenantId } = link;
  const conversations = sql`(select id from kernel.conversation where tenant_id = ${tenantId} and contact_id = any(${ids}))`;
  const { rows } = await sql<Counts>`
    select c.name, c.company,
      exists (select from kernel.contact n where n.tenant_id = c.tenant_id and n.id = any(${ids}) and n.note <> '') as has_note,
      array(select case when i.kind = 'web' then 'web' else i.kind || ': ' || i.value end from kernel.identity i
        where i.tenant_id = c.tenant_id and i.contact_id = any(${ids}) order by i.kind, i.value) as addresses,
      (select count(*) from kernel.message m where m.tenant_id = c.tenant_id and m.conversation_id in ${conversations}) as messages,
      (select count(*) from kernel.file f where f.tenant_id = c.tenant_id
        and (f.contact_id = any(${ids}) or f.conversation_id in ${conversations})) as files,
      (select count(*) from kernel.callback b where b.tenant_id = c.tenant_id and b.contact_id = any(${ids})) as callbacks,
      (select count(*) from kernel.consent_grant g where g.tenant_id = c.tenant_id and g.contact_id = any(${ids})) as grants,
      (select count(*) from kernel.decision d where d.tenant_id = c.tenant_id and d.contact_id = any(${ids})) as decisions
    from kernel.contact c where c.tenant_id = ${tenantId} and c.id = ${contactIds[0] ?? 0}`.execute(tx);
  return rows[0] as Counts;
}

/** One line a skill that holds anything, with its purposes as its reasons. */
async function storedBySkills({ tx, rooms, contactIds }: Visit): Promise<PortalStored[]> {
  const lines: PortalStored[] = [];
  for (const room of rooms) {
    const count = entriesIn(await room.personalData.export(tx, contactIds));
    if (count > 0) lines.push(lineOf(room, count));
  }
  return lines;
}

function lineOf(room: PortalRoom, count: number): PortalStored {
  const keep = room.purposes.map(({ keepDays }) => keepDays);
  return {
    kind: "skill",
    room: room.id,
    count,
    values: [],
    purposes: room.purposes.map(({ text }) => ({ ...text })),
    keepDays: keep.length > 0 ? Math.max(...keep) : null,
  };
}

/** Rows of the lists that an export holds; a single value counts as one. */
function entriesIn(data: Record<string, unknown>): number {
  return Object.values(data).reduce((sum: number, value) => {
    if (Array.isArray(value)) return sum + value.length;
    return value === null || value === undefined ? sum : sum + 1;
  }, 0);
}
