import type { HappenedBy, HappenedKind } from "../tables.ts";
import type { RunningDelivery, RunningEvening, RunningShift } from "./stored.ts";

/** What proves a hand-over, beside what an evening is counted from. */
export interface DeliveryProof {
  readonly photoFileId: string | null;
  readonly signature: string | null;
}

/** What the product itself writes into the log. */
export interface OwnEntry {
  readonly kind: HappenedKind;
  readonly by: HappenedBy;
  readonly shiftId?: number | null;
  readonly deliveryId?: number | null;
  readonly words?: string;
  readonly route?: readonly number[];
  /** The same again is one. */
  readonly key?: string;
}

/** What an evening's head may become. */
interface Head {
  readonly state: RunningEvening["state"];
  readonly begunAt: number | null;
  readonly overAt: number | null;
}

/** An evening as it is being changed in one transaction: what differs at the end is written. */
export class Draft {
  readonly before: RunningEvening;
  readonly entries: OwnEntry[] = [];
  /** Null: what proved it goes, for it was taken back. */
  readonly proofs = new Map<number, DeliveryProof | null>();
  readonly #shifts: Map<number, RunningShift>;
  readonly #deliveries: Map<number, RunningDelivery>;
  #head: Head;

  constructor(evening: RunningEvening) {
    this.before = evening;
    this.#head = evening;
    this.#shifts = new Map(evening.shifts.map((shift) => [shift.id, shift]));
    this.#deliveries = new Map(evening.deliveries.map((one) => [one.id, one]));
  }

  get evening(): RunningEvening {
    const { state, begunAt, overAt } = this.#head;
    return {
      ...this.before,
      state,
      begunAt,
      overAt,
      shifts: [...this.#shifts.values()],
      deliveries: [...this.#deliveries.values()],
    };
  }

  shift(id: number): RunningShift {
    return needed(this.#shifts, id);
  }

  delivery(id: number): RunningDelivery {
    return needed(this.#deliveries, id);
  }

  deliveriesOf(shiftId: number): RunningDelivery[] {
    return [...this.#deliveries.values()].filter((one) => one.shiftId === shiftId);
  }

  setHead(change: Partial<Head>): void {
    this.#head = { ...this.#head, ...change };
  }

  setShift(id: number, change: Partial<RunningShift>): void {
    const shift = this.shift(id);
    if (differs(shift, change)) this.#shifts.set(id, { ...shift, ...change });
  }

  setDelivery(id: number, change: Partial<RunningDelivery>): void {
    const delivery = this.delivery(id);
    if (differs(delivery, change)) this.#deliveries.set(id, { ...delivery, ...change });
  }

  note(entry: OwnEntry): void {
    this.entries.push(entry);
  }

  get head(): Head | null {
    return this.#head === this.before ? null : this.#head;
  }

  get changedShifts(): RunningShift[] {
    const before = new Map(this.before.shifts.map((shift) => [shift.id, shift]));
    return [...this.#shifts.values()].filter((shift) => before.get(shift.id) !== shift);
  }

  get changedDeliveries(): RunningDelivery[] {
    const before = new Map(this.before.deliveries.map((one) => [one.id, one]));
    return [...this.#deliveries.values()].filter((one) => before.get(one.id) !== one);
  }

  /** Rounds whose order is another. */
  get reordered(): RunningShift[] {
    const before = new Map(this.before.shifts.map(({ id, route }) => [id, route]));
    return this.changedShifts.filter(({ id, route }) => !isSame(route, before.get(id)));
  }

  /** Whether it counts as a version: copies of the plan elsewhere are read anew. Before the evening begins what is frozen is part of it. */
  get isCounted(): boolean {
    if (this.reordered.length > 0) return true;
    const before = new Map(this.before.shifts.map(({ id, frozen }) => [id, frozen]));
    const isFrozenAnew = this.changedShifts.some(({ id, frozen }) => frozen !== before.get(id));
    return this.evening.state === "planned" && isFrozenAnew;
  }
}

function needed<T>(map: ReadonlyMap<number, T>, id: number): T {
  const found = map.get(id);
  if (found === undefined) throw new Error(`${id} is not in this evening`);
  return found;
}

function differs<T extends object>(one: T, change: Partial<T>): boolean {
  return Object.entries(change).some(([key, value]) => !isSame(value, one[key as keyof T]));
}

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
  return a.every((value, n) => Object.is(value, b[n]));
}
