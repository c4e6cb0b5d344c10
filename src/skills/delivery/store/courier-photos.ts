import { sql } from "kysely";
import { AppError, deleteFile, type Files, type House, type Tx } from "#kernel";
import type { CourierEvent } from "../api/courier-page.ts";
import type { KeyCourier } from "./courier-key.ts";
import { type DeliveryTx, inTenant, tell } from "./tx.ts";

/** Pictures as proof of a hand-over. */

export const PHOTO_BYTES = 2 * 2 ** 20;
const PHOTOS_MOST = 6;
const PHOTO_NAME = "proof.jpg";
/** SOI and the first byte of the next marker (ITU-T T.81, B.1.1.3). */
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

interface Photo {
  readonly key: string;
  readonly deliveryId: number;
  readonly bytes: Buffer;
}

/**
 * Keeps a picture once, however often it is sent.
 * @returns the file's id
 * @throws AppError unsupported_file: no JPEG; too_large; not_found: no delivery of a round of this courier; rule_broken: too many
 */
export async function keepPhoto(
  { house, files }: { readonly house: House; readonly files: Files },
  courier: KeyCourier,
  photo: Photo,
): Promise<string> {
  const { tenantId } = courier;
  if (photo.bytes.length > PHOTO_BYTES)
    throw new AppError("too_large", `A picture has at most ${PHOTO_BYTES} bytes.`);
  if (!photo.bytes.subarray(0, JPEG.length).equals(JPEG))
    throw new AppError("unsupported_file", "A proof is a JPEG picture.");
  const known = await inTenant(house, tenantId, (tx) => admit(tx, courier, photo));
  if (known !== null) return known;
  const stored = await files.receive(
    { tenantId, name: PHOTO_NAME, limitBytes: PHOTO_BYTES },
    oneChunk(photo.bytes),
  );
  return inTenant(house, tenantId, async (tx) => {
    const { rows } = await sql<{ file_id: string }>`
      insert into delivery.photo (tenant_id, key, delivery_id, file_id, at)
      values (${tenantId}, ${photo.key}::uuid, ${photo.deliveryId}, ${stored.fileId}, ${new Date(house.clock.now())})
      on conflict (tenant_id, key) do nothing returning file_id`.execute(tx);
    if (rows[0]) return rows[0].file_id;
    // Sent twice at the same time: the first one counts.
    await deleteFile(tx as Tx, tenantId, stored.fileId);
    return (await knownPhoto(tx, tenantId, photo.key)) ?? stored.fileId;
  });
}

async function* oneChunk(bytes: Buffer): AsyncIterable<Buffer> {
  yield bytes;
}

async function knownPhoto(tx: DeliveryTx, tenantId: number, key: string): Promise<string | null> {
  const { rows } = await sql<{ file_id: string }>`
    select file_id from delivery.photo where tenant_id = ${tenantId} and key = ${key}::uuid`.execute(tx);
  return rows[0]?.file_id ?? null;
}

/** @returns the file that was kept under this key */
async function admit(
  tx: DeliveryTx,
  { tenantId, courierId }: KeyCourier,
  { key, deliveryId }: Photo,
): Promise<string | null> {
  const known = await knownPhoto(tx, tenantId, key);
  if (known !== null) return known;
  const { rows } = await sql<{ photos: number }>`
    select (select count(*)::int from delivery.photo p where p.tenant_id = d.tenant_id and p.delivery_id = d.id) as photos
    from delivery.delivery d join delivery.shift s on s.tenant_id = d.tenant_id and s.id = d.shift_id
    where d.tenant_id = ${tenantId} and d.id = ${deliveryId} and s.courier_id = ${courierId}`.execute(tx);
  const [row] = rows;
  if (!row) throw new AppError("not_found", "This delivery is in none of your rounds.");
  if (row.photos >= PHOTOS_MOST)
    throw new AppError("rule_broken", `At most ${PHOTOS_MOST} pictures of a delivery.`);
  return null;
}

/** A picture proves only the delivery for which this phone's pictures were kept; another file's id proves nothing. */
export async function withOwnPhotos(
  house: House,
  tenantId: number,
  events: readonly CourierEvent[],
): Promise<CourierEvent[]> {
  const named = events.flatMap((one) => ("photoFileId" in one && one.photoFileId ? [one.photoFileId] : []));
  if (named.length === 0) return [...events];
  const { rows } = await inTenant(house, tenantId, (tx) =>
    sql<{ file_id: string; delivery_id: number }>`
      select file_id, delivery_id from delivery.photo where tenant_id = ${tenantId} and file_id = any(${named}::text[])`.execute(
      tx,
    ),
  );
  const owner = new Map(rows.map((row) => [row.file_id, row.delivery_id]));
  return events.map((event) => {
    if (!("photoFileId" in event) || !event.photoFileId) return event;
    if (owner.get(event.photoFileId) === event.deliveryId) return event;
    const { photoFileId: _, ...bare } = event;
    return bare;
  });
}

/**
 * Removes pictures that are older than the exact place is kept, and files of pictures that a node which was killed between keeping
 * and noting them has left to nobody.
 */
export async function forgetPhotos(
  tx: DeliveryTx,
  tenantId: number,
  { kept, lost }: { readonly kept: Date; readonly lost: Date },
): Promise<void> {
  const old = await sql<{ file_id: string }>`
    delete from delivery.photo where tenant_id = ${tenantId} and at < ${kept} returning file_id`.execute(tx);
  const left = await sql<{ file_id: string }>`select f.id as file_id from kernel.file f
    where f.tenant_id = ${tenantId} and f.name = ${PHOTO_NAME} and f.contact_id is null and f.conversation_id is null
      and f.created_at < ${lost}
      and not exists (select from delivery.photo p where p.tenant_id = f.tenant_id and p.file_id = f.id)`.execute(
    tx,
  );
  for (const { file_id: id } of [...old.rows, ...left.rows]) await deleteFile(tx as Tx, tenantId, id);
}

interface Erasing {
  readonly tenantId: number;
  readonly id: number;
  /** Of the dispatcher; stands in the log. */
  readonly reason: string;
  readonly now: number;
}

/**
 * Erases the pictures of one delivery, whatever else is kept of it.
 * @returns how many
 * @throws AppError not_found; rule_broken: there is none (any more)
 */
export async function erasePhotosOf(tx: DeliveryTx, one: Erasing): Promise<number> {
  const { tenantId, id, reason, now } = one;
  const { rows } = await sql<{ evening_id: number; shift_id: number | null }>`
    select evening_id, shift_id from delivery.delivery where tenant_id = ${tenantId} and id = ${id} for update`.execute(
    tx,
  );
  const [row] = rows;
  if (!row) throw new AppError("not_found", "There is no such delivery.");
  const erased = await erasePhotos(tx as Tx, [id]);
  if (erased === 0) throw new AppError("rule_broken", "There is no picture of this delivery (any more).");
  await sql`update delivery.delivery set proof_file_id = null where tenant_id = ${tenantId} and id = ${id}`.execute(
    tx,
  );
  await tx
    .insertInto("delivery.happened")
    .values({
      tenant_id: tenantId,
      evening_id: row.evening_id,
      shift_id: row.shift_id,
      delivery_id: id,
      kind: "photo_erased",
      by: "dispatcher",
      at: new Date(now),
      heard_at: new Date(now),
      key: null,
      words: reason,
    })
    .execute();
  await tell(tx, tenantId, { unannounced: [id], evenings: [row.evening_id] }, now);
  return erased;
}

/** Removes the pictures of these deliveries, with their bytes. @param tx sees one carrier. @returns how many */
export async function erasePhotos(tx: Tx, deliveryIds: readonly number[]): Promise<number> {
  const { rows } = await sql<{ tenant_id: number; file_id: string }>`
    delete from delivery.photo where delivery_id = any(${[...deliveryIds]}::bigint[]) returning tenant_id, file_id`.execute(
    tx,
  );
  for (const { tenant_id: tenantId, file_id: id } of rows) await deleteFile(tx, tenantId, id);
  return rows.length;
}
