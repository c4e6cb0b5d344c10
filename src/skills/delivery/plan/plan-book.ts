import { AppError, type House } from "#kernel";
import { DAY_MS, FRESH_MS, TENANTS_KEPT } from "../rules/limits.ts";
import { listCities } from "../store/cities.ts";
import { type EveningRow, listEvenings, lockEvening, readStoredEvening } from "../store/plan-rows.ts";
import { type DeliveryTx, inTenant } from "../store/tx.ts";
import { CityState, type LiveEvening } from "./city-state.ts";
import { LivePlan } from "./live-plan.ts";
import { type OpenEvening, OpenPlans } from "./open-plans.ts";
import type { StoredEvening } from "./stored-evening.ts";
import { Turns } from "./turns.ts";

/** Announced after a change of cities, windows or shifts: everything is read anew. */
export const CHANGED = "delivery";
/** Announced after a change of a plan: plans with another version are read anew. */
const PLANNED = "delivery-plans";

/** What this process knows of one company. */
interface TenantState {
  readonly cities: ReadonlyMap<number, CityState>;
  checkedAt: number;
}

/**
 * The plans of this process. They are copies: offers are answered from them as they are, every change holds the evening's
 * lock and reads the plan anew first where its version has moved. An announcement, or a few seconds, have them compared.
 */
export class PlanBook {
  readonly #house: House;
  readonly #turns = new Turns();
  readonly #known = new Map<number, TenantState>();
  readonly #reading = new Map<number, Promise<TenantState>>();
  readonly #comparing = new Set<number>();
  /** Changed while it was read: not kept. */
  readonly #outdated = new Set<number>();
  /** Somebody announced something since the last look. */
  readonly #moved = new Set<number>();

  constructor(house: House) {
    this.#house = house;
    house.onAnnounce(CHANGED, (tenantId) => this.#drop(tenantId));
    house.onAnnounce(PLANNED, (tenantId) => void this.#moved.add(tenantId));
  }

  /** The cities of a company that are served, at hand as long as nothing changed. */
  async cities(tenantId: number): Promise<ReadonlyMap<number, CityState>> {
    const known = this.#known.get(tenantId);
    if (!known) return (await this.#read(tenantId)).cities;
    const now = this.#house.clock.now();
    if (this.#moved.has(tenantId) || now - known.checkedAt > FRESH_MS || now < known.checkedAt)
      this.#compareBehind(tenantId, known);
    return known.cities;
  }

  /** @throws AppError not_found */
  async city(tenantId: number, cityId: number): Promise<CityState> {
    const city = (await this.cities(tenantId)).get(cityId);
    if (!city) throw new AppError("not_found", "There is no such city.");
    return city;
  }

  #drop(tenantId: number): void {
    this.#known.delete(tenantId);
    this.#outdated.add(tenantId);
  }

  /** The owner changed something: this process reads it at once, the others as soon as they hear. Call it after the commit. */
  async changed(tenantId: number): Promise<void> {
    this.#drop(tenantId);
    await this.#house.announce(CHANGED, tenantId);
  }

  /**
   * Work that changes the plans of evenings: alone in this process and, by their rows' locks, alone among all. What it made of
   * the plans in memory is forgotten when it fails.
   */
  async change<T>(
    place: { readonly tenantId: number; readonly eveningIds: readonly number[]; readonly cityId: number },
    work: (tx: DeliveryTx, plans: OpenPlans) => Promise<T>,
  ): Promise<T> {
    const { tenantId, cityId } = place;
    const ids = [...new Set(place.eveningIds)].sort((a, b) => a - b);
    const city = await this.city(tenantId, cityId);
    const keys = ids.map((id) => `${tenantId} ${id}`);
    return this.#turns.inTurn(keys, async () => {
      const plans = new OpenPlans(city);
      let lost: readonly number[] = [];
      try {
        const result = await inTenant(this.#house, tenantId, async (tx) => {
          for (const id of ids) plans.add(await this.#lock(tx, { tenantId, city, id }));
          return work(tx, plans);
        });
        lost = plans.keep();
        if (plans.isChanged) await this.#house.announce(PLANNED, tenantId);
        return result;
      } catch (error) {
        lost = plans.undo();
        throw error;
      } finally {
        for (const id of lost) await this.#reread(tenantId, city, id);
      }
    });
  }

  /** What was tried in memory and did not come about is read back; until then nothing is promised on it. */
  async #reread(tenantId: number, city: CityState, id: number): Promise<void> {
    const live = city.evenings.find((one) => one.id === id);
    if (live) live.plan = null;
    try {
      await inTenant(this.#house, tenantId, (tx) => this.#readIn(tx, { tenantId, city, id }));
    } catch (error) {
      this.#house.log.warn(
        { tenant: tenantId, evening: id, error: (error as Error).message },
        "delivery: plan is read when it is needed",
      );
    }
  }

  async #readIn(
    tx: DeliveryTx,
    { tenantId, city, id }: { readonly tenantId: number; readonly city: CityState; readonly id: number },
  ): Promise<LiveEvening> {
    await lockEvening(tx, { tenantId, id }, "share");
    const live = liveEvening(city, await readStoredEvening(tx, tenantId, id));
    if (!live.plan && live.state !== "over")
      this.#house.log.error(
        { tenant: tenantId, evening: id },
        "delivery: the stored plan breaks a rule; nothing is promised on it",
      );
    city.put(live);
    return live;
  }

  /** The evening with its plan of this very version. @param tx keeps its lock */
  async #lock(
    tx: DeliveryTx,
    { tenantId, city, id }: { readonly tenantId: number; readonly city: CityState; readonly id: number },
  ): Promise<OpenEvening> {
    const row = await lockEvening(tx, { tenantId, id });
    if (row.cityId !== city.city.id)
      throw new AppError("not_found", "There is no such evening in this city.");
    const live = city.evenings.find((one) => one.id === id);
    if (live?.plan && live.plan.version === row.version && live.state === row.state)
      return { row, live, plan: live.plan };
    const read = await this.#readIn(tx, { tenantId, city, id });
    return { row, live: read, plan: read.plan };
  }

  /** Reads a company once, however many ask meanwhile. */
  #read(tenantId: number): Promise<TenantState> {
    const under = this.#reading.get(tenantId);
    if (under) return under;
    const reading = this.#readNow(tenantId).finally(() => this.#reading.delete(tenantId));
    this.#reading.set(tenantId, reading);
    return reading;
  }

  async #readNow(tenantId: number): Promise<TenantState> {
    const now = this.#house.clock.now();
    this.#moved.delete(tenantId);
    this.#outdated.delete(tenantId);
    const { cities, rows } = await inTenant(this.#house, tenantId, async (tx) => ({
      cities: new Map((await listCities(tx, tenantId)).map((city) => [city.id, new CityState(city)])),
      rows: await listEvenings(tx, tenantId, sinceDate(now)),
    }));
    // One by one: nobody who books waits until all are read.
    for (const { id, cityId } of rows) {
      const city = cities.get(cityId);
      if (city) await inTenant(this.#house, tenantId, (tx) => this.#readIn(tx, { tenantId, city, id }));
    }
    const state = { cities, checkedAt: now };
    if (this.#outdated.delete(tenantId)) return state;
    this.#known.set(tenantId, state);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= TENANTS_KEPT) break;
      this.#known.delete(oldest);
    }
    return state;
  }

  /** Nobody waits for it: until then offers come from the plan of a moment ago, and are checked when one is chosen. */
  #compareBehind(tenantId: number, state: TenantState): void {
    if (this.#comparing.has(tenantId)) return;
    this.#comparing.add(tenantId);
    this.#moved.delete(tenantId);
    this.#compare(tenantId, state)
      .catch((error: Error) => {
        this.#moved.add(tenantId);
        this.#house.log.warn({ tenant: tenantId, error: error.message }, "delivery: plans not compared");
      })
      .finally(() => this.#comparing.delete(tenantId));
  }

  async #compare(tenantId: number, state: TenantState): Promise<void> {
    const now = this.#house.clock.now();
    const rows = await inTenant(this.#house, tenantId, (tx) => listEvenings(tx, tenantId, sinceDate(now)));
    for (const row of rows) {
      const city = state.cities.get(row.cityId);
      if (city && !isSame(city, row)) await this.#readOne(tenantId, city, row.id);
    }
    const there = new Set(rows.map(({ id }) => id));
    for (const city of state.cities.values())
      city.drop(new Set(city.evenings.filter(({ id }) => !there.has(id)).map(({ id }) => id)));
    state.checkedAt = now;
  }

  /** In turn with what changes it here: a change that is not committed yet must not be written over. */
  #readOne(tenantId: number, city: CityState, id: number): Promise<void> {
    return this.#turns.inTurn([`${tenantId} ${id}`], () =>
      inTenant(this.#house, tenantId, async (tx) => {
        const row = await lockEvening(tx, { tenantId, id }, "share");
        if (!isSame(city, row)) await this.#readIn(tx, { tenantId, city, id });
      }),
    );
  }
}

const isSame = (city: CityState, { id, version, state }: EveningRow): boolean => {
  const live = city.evenings.find((one) => one.id === id);
  return live?.plan?.version === version && live.state === state;
};

/** Rounds of the night before may still be out. */
const sinceDate = (now: number): string => new Date(now - DAY_MS).toISOString().slice(0, 10);

function liveEvening(city: CityState, stored: StoredEvening): LiveEvening {
  return {
    id: stored.id,
    serviceDate: stored.serviceDate,
    state: stored.state,
    windows: city.windowsOn(stored.serviceDate),
    beginsAt: Math.min(...stored.shifts.map(({ earliestAt }) => earliestAt)),
    capacityMost: Math.max(0, ...stored.shifts.map(({ capacity }) => capacity)),
    skillSets: [...new Set(stored.shifts.map(({ skills }) => skills))],
    plan: LivePlan.of(stored),
  };
}
