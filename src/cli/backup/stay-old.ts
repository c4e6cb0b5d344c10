import {
  applyTakebacks,
  holdAfterRestore,
  type Kernel,
  type LoadReport,
  moveCounters,
  openDatabase,
  readTakebacks,
  readWorked,
  type Takebacks,
  type Worked,
} from "#kernel";
import { channels } from "../../channels.ts";
import { counters, rooms } from "../../main.ts";
import type { NodeDatabase } from "../database.ts";

/**
 * A backup that stays at the version of the program that made it: the way back of an upgrade. Whatever the newer one has
 * done since it began to work is known outside, as after any other restore.
 */

/** Brings the hold; a program before it does not know that anything is held. */
const KNOWS_HOLD = "kernel/013_backup.sql";
/** What learning anew writes, also in the upgrade itself. */
const OF_THE_UPGRADE = ["knowledge.changed"];
const UNKNOWN_TABLE_OR_COLUMN = ["42P01", "42703"];

export interface Back {
  /** idle: the newer program had not worked, nothing is held; unheld: the older one knows no hold. */
  fate: "idle" | "held" | "unheld";
  held: number;
  takenBack: { erased: number; stopped: number; withdrawn: number } | null;
  /** Persons who were erased since and whom only the older program itself can erase: stopped meanwhile. */
  toErase: { tenantId: number; contactId: number }[];
}

/** What the database that is put aside knows of the time since the backup. */
export interface Aside {
  worked: Worked;
  takebacks: Takebacks;
}

/** @param takenAt of the backup, ms */
export async function lookAside({ address }: Pick<NodeDatabase, "address">, takenAt: number): Promise<Aside> {
  const worked = await readWorked(address, { since: takenAt, except: OF_THE_UPGRADE });
  const db = openDatabase(address);
  try {
    return { worked, takebacks: await readTakebacks(db.node, { since: takenAt, now: Date.now() }) };
  } finally {
    await db.close();
  }
}

/** @param parts.takebacks null: nobody knows what persons took back since */
export async function stayOld(
  { address }: Pick<NodeDatabase, "address">,
  { header }: Pick<LoadReport, "header">,
  parts: { worked: Worked | null; takebacks: Takebacks | null },
): Promise<Back> {
  const takenAt = Date.parse(header.takenAt);
  const now = Date.now();
  const { worked, takebacks } = parts;
  const back: Back = { fate: "idle", held: 0, takenBack: null, toErase: [] };
  if (worked && !worked.hasEvents) {
    const { epoch } = await readWorked(address, { since: takenAt, except: OF_THE_UPGRADE });
    if (epoch === worked.epoch) return back;
  }
  const knowsHold = header.migrations.includes(KNOWS_HOLD);
  const harmless = channels.filter(({ limits }) => limits.resendIsHarmless).map(({ kind }) => kind);
  const held = knowsHold ? await holdAfterRestore(address, { takenAt, now, harmless }) : 0;
  const db = openDatabase(address);
  try {
    await moveCounters({ db }, { counters, takenAt, now });
    const known = rooms.filter(({ id }) => header.migrations.some((name) => name.startsWith(`${id}/`)));
    const taken =
      takebacks && (await takeBack({ db }, { list: takebacks, since: takenAt, rooms: known, now }));
    return {
      fate: knowsHold ? "held" : "unheld",
      held,
      takenBack: taken?.takenBack ?? null,
      toErase: taken?.toErase ?? [],
    };
  } finally {
    await db.close();
  }
}

/**
 * One erasure at a time: a room of this program may look for tables that the older one has not.
 * @param parts.rooms those that the older program has
 */
async function takeBack(
  kernel: Pick<Kernel, "db">,
  { list, ...parts }: Parameters<typeof applyTakebacks>[1],
): Promise<Pick<Back, "takenBack" | "toErase">> {
  const apply = (some: Partial<Takebacks>) =>
    applyTakebacks(kernel, {
      list: { until: list.until, erased: [], stopped: [], withdrawn: [], ...some },
      ...parts,
    });
  const takenBack = await apply({ stopped: list.stopped, withdrawn: list.withdrawn });
  const toErase: Back["toErase"] = [];
  for (const row of list.erased)
    try {
      takenBack.erased += (await apply({ erased: [row] })).erased;
    } catch (error) {
      if (!UNKNOWN_TABLE_OR_COLUMN.includes((error as { code?: string }).code ?? "")) throw error;
      await apply({ stopped: [row] });
      toErase.push({ tenantId: row.tenantId, contactId: row.contactId });
    }
  return { takenBack, toErase };
}
