import type { Operation } from "../../coin/api.ts";

export const hexOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("hex");
export const bytesOf = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, "hex"));
export const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
/** No reference. */
export const NOTHING = new Uint8Array(32);

const MARK = "0x";
const MARKED = /^0x(?:[0-9a-f]{2})*$/;

/** What the node is to sign, as it waits in a row. */
export function operationsText(operations: readonly Operation[]): string {
  return JSON.stringify(operations, (_, value: unknown) =>
    value instanceof Uint8Array ? MARK + hexOf(value) : value,
  );
}

export function operationsOf(stored: unknown): Operation[] {
  return JSON.parse(JSON.stringify(stored), (_, value: unknown) =>
    typeof value === "string" && MARKED.test(value) ? bytesOf(value.slice(MARK.length)) : value,
  ) as Operation[];
}
