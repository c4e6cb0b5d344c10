import { AppError } from "#kernel";

/** The cursor is the last id shown. @throws AppError bad_request */
export function beforeOf(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  const before = Number(cursor);
  if (!/^\d+$/.test(cursor) || !Number.isSafeInteger(before)) throw noCursor();
  return before;
}

const noCursor = (): AppError =>
  new AppError("bad_request", undefined, [{ path: "query.cursor", message: "not one of our cursors" }]);
