import { KEY_BYTES, ROLES, SCHEMES } from "../encode.ts";
import type { Id, Role, Scheme } from "../transaction.ts";
import { IdTable } from "./id-table.ts";
import { Nonces } from "./nonces.ts";

const KEY_ROOM = 33;
const SECRET_BYTES = 16;
const FIRST_CAPACITY = 1_024;

/**
 * All accounts, in columns: row = the order in which they were opened. None is ever removed. Amounts are exact integers; a
 * Float64Array holds them because there is no integer column of 53 bits that reads without an object.
 */
export class Accounts {
  readonly table: IdTable;
  readonly nonces = new Nonces(FIRST_CAPACITY);
  /** What can be spent. */
  balance = new Float64Array(FIRST_CAPACITY);
  /** Set aside in holds and handed in to be burned: it belongs to the account still. */
  held = new Float64Array(FIRST_CAPACITY);
  holds = new Uint16Array(FIRST_CAPACITY);
  role = new Uint8Array(FIRST_CAPACITY);
  isFrozen = new Uint8Array(FIRST_CAPACITY);
  /** The UTC day, counted from 1970, in which `dayOut` was paid. */
  day = new Uint32Array(FIRST_CAPACITY);
  dayOut = new Float64Array(FIRST_CAPACITY);
  /** Changed since the last seal. */
  isTouched = new Uint8Array(FIRST_CAPACITY);
  readonly touched: number[] = [];
  #scheme = new Uint8Array(FIRST_CAPACITY);
  #keys = new Uint8Array(FIRST_CAPACITY * KEY_ROOM);
  #secrets = new Uint8Array(FIRST_CAPACITY * SECRET_BYTES);

  constructor(seed: number) {
    this.table = new IdTable(seed);
  }

  get size(): number {
    return this.table.rows;
  }

  /** @param id that is not known yet */
  open(id: Id, parts: { role: Role; scheme: Scheme; key: Uint8Array; secret: Uint8Array }): number {
    const row = this.table.add(id);
    if (row >= this.balance.length) this.#grow();
    this.role[row] = ROLES.indexOf(parts.role);
    this.setKey(row, parts);
    this.#secrets.set(parts.secret, row * SECRET_BYTES);
    this.touch(row);
    return row;
  }

  roleOf(row: number): Role {
    return ROLES[this.role[row] as number] as Role;
  }

  keyOf(row: number): { scheme: Scheme; key: Uint8Array } {
    const scheme = SCHEMES[this.#scheme[row] as number] as Scheme;
    return { scheme, key: this.#keys.subarray(row * KEY_ROOM, row * KEY_ROOM + KEY_BYTES[scheme]) };
  }

  secretOf(row: number): Uint8Array {
    return this.#secrets.subarray(row * SECRET_BYTES, row * SECRET_BYTES + SECRET_BYTES);
  }

  setKey(row: number, { scheme, key }: { scheme: Scheme; key: Uint8Array }): void {
    this.#scheme[row] = SCHEMES.indexOf(scheme);
    this.#keys.fill(0, row * KEY_ROOM, row * KEY_ROOM + KEY_ROOM);
    this.#keys.set(key, row * KEY_ROOM);
  }

  hasKey(row: number, scheme: Scheme, key: Uint8Array): boolean {
    if (SCHEMES[this.#scheme[row] as number] !== scheme) return false;
    const at = row * KEY_ROOM;
    for (let n = 0; n < key.length; n++) if (this.#keys[at + n] !== key[n]) return false;
    return true;
  }

  /** Its leaf in the published tree is old from now on. */
  touch(row: number): void {
    if (this.isTouched[row]) return;
    this.isTouched[row] = 1;
    this.touched.push(row);
  }

  /** Room for so many in all. */
  reserve(rows: number): void {
    this.table.reserve(rows);
    if (rows > this.balance.length) this.#grow(rows);
  }

  #grow(rows = 0): void {
    let capacity = this.balance.length * 2;
    while (capacity < rows) capacity *= 2;
    this.nonces.grow(capacity);
    this.balance = longer(this.balance, new Float64Array(capacity));
    this.held = longer(this.held, new Float64Array(capacity));
    this.holds = longer(this.holds, new Uint16Array(capacity));
    this.role = longer(this.role, new Uint8Array(capacity));
    this.isFrozen = longer(this.isFrozen, new Uint8Array(capacity));
    this.day = longer(this.day, new Uint32Array(capacity));
    this.dayOut = longer(this.dayOut, new Float64Array(capacity));
    this.isTouched = longer(this.isTouched, new Uint8Array(capacity));
    this.#scheme = longer(this.#scheme, new Uint8Array(capacity));
    this.#keys = longer(this.#keys, new Uint8Array(capacity * KEY_ROOM));
    this.#secrets = longer(this.#secrets, new Uint8Array(capacity * SECRET_BYTES));
  }
}

type Column =
  | Float64Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>;

function longer<T extends Column>(from: T, to: T): T {
  to.set(from);
  return to;
}
