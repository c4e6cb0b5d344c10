import type { LockedEvening } from "../store/plan-rows.ts";
import type { CityState, LiveEvening } from "./city-state.ts";
import type { LivePlan } from "./live-plan.ts";

/** An evening under lock; `plan` is null where nothing can be promised on it. */
export interface OpenEvening {
  readonly row: LockedEvening;
  readonly live: LiveEvening;
  readonly plan: LivePlan | null;
}

/** The evenings that one change holds, and what it did to their plans in memory. */
export class OpenPlans {
  /** Asked for again while the locks are held, it could wait for them itself. */
  readonly city: CityState;
  readonly #evenings = new Map<number, OpenEvening>();
  readonly #tried = new Set<number>();
  readonly #counted = new Map<number, LivePlan>();

  constructor(city: CityState) {
    this.city = city;
  }

  add(one: OpenEvening): void {
    this.#evenings.set(one.row.id, one);
  }

  has(eveningId: number): boolean {
    return this.#evenings.has(eveningId);
  }

  /** @throws Error for an evening that is not held */
  of(eveningId: number): OpenEvening {
    const one = this.#evenings.get(eveningId);
    if (!one) throw new Error(`Evening ${eveningId} is not locked.`);
    return one;
  }

  /** Its plan in memory is about to change; without `counted` it is read anew afterwards. */
  trying(eveningId: number): void {
    this.#tried.add(eveningId);
  }

  /** The database has this plan under the next version, as soon as it is committed. */
  counted(eveningId: number, plan: LivePlan | null): void {
    if (plan) this.#counted.set(eveningId, plan);
    else this.#tried.add(eveningId);
  }

  get isChanged(): boolean {
    return this.#counted.size > 0 || this.#tried.size > 0;
  }

  /** It is committed. @returns evenings whose plan in memory is not the database's */
  keep(): number[] {
    for (const [id, plan] of this.#counted) {
      const { live, row } = this.of(id);
      live.version = row.version + 1;
      live.plan = plan;
      this.#tried.delete(id);
    }
    return [...this.#tried];
  }

  /** It failed. @returns evenings whose plan in memory is not the database's */
  undo(): number[] {
    return [...new Set([...this.#tried, ...this.#counted.keys()])];
  }
}
