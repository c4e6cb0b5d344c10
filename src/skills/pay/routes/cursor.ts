import { AppError } from "#kernel";

/** The cursor is the last id shown. @throws AppError bad_request */
export function beforeOf(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  const before = Number(cursor);
  if (!/^\d+$/.test(cursor) || !Number.isSafeInteger(before))
    throw new AppError("bad_request", undefined, [
      { path: "query.cursor", message: "not one of our cursors" },
    ]);
  return before;
}

/** One more than wanted was read: is there a next page? */
export function pageOf<Row extends { id: number }>(
  rows: readonly Row[],
  limit: number,
): { items: Row[]; next: string | null } {
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? String(items.at(-1)?.id) : null };
}
