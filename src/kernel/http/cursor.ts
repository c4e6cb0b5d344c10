import { AppError } from "../errors.ts";

/** A cursor is the sort key of the last row shown: opaque to callers, no state with us, no page skipped or doubled. */
export type CursorValue = string | number | null;

export function writeCursor(values: readonly CursorValue[]): string {
  return Buffer.from(JSON.stringify(values)).toString("base64url");
}

/**
 * @param kinds what each value must be; "time" is ms since the epoch
 * @throws AppError bad_request for a cursor that we did not write
 */
export function readCursor(
  cursor: string | undefined,
  kinds: readonly ("number" | "string" | "time" | "time?")[],
): CursorValue[] | null {
  if (cursor === undefined) return null;
  const values = parse(cursor);
  if (
    !Array.isArray(values) ||
    values.length !== kinds.length ||
    !values.every((value, n) => fits(value, kinds[n]))
  )
    throw new AppError("bad_request", undefined, [
      { path: "query.cursor", message: "not one of our cursors" },
    ]);
  return values as CursorValue[];
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    return null;
  }
}

const LATEST_MS = 8.64e15;

function fits(value: unknown, kind: string | undefined): boolean {
  if (kind === "string") return typeof value === "string";
  if (kind === "time?" && value === null) return true;
  if (!Number.isSafeInteger(value)) return false;
  return kind === "number" || Math.abs(value as number) <= LATEST_MS;
}
