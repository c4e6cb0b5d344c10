import { AppError, type House } from "#kernel";
import { FRESH_MS, TENANTS_KEPT } from "../rules/limits.ts";
import { sinceDate } from "../rules/windows.ts";
import { listCityVersions, listVersionedCities, type VersionedCity } from "../store/cities.ts";
import { type EveningRow, listEvenings, lockEvening, readStoredEvening } from "../store/plan-rows.ts";
import { type DeliveryTx, inTenant } from "../store/tx.ts";
import { CityState, type LiveEvening, UNREAD } from "./city-state.ts";
import { LivePlan } from "./live-plan.ts";
import { type OpenEvening, OpenPlans } from "./open-plans.ts";
import type { StoredEvening } from "./stored-evening.ts";
import { Turns } from "./turns.ts";

/** Announced after a change of cities: those that were written are read anew. */
export const CHANGED = "delivery";
/** Announced after a change of plans: those of another version are read anew. */
const PLANNED = "delivery-plans";

/** What this process knows of one company. */
interface TenantState {
  readonly cities: Map<number, CityState>;
  checkedAt: number;
}

interface EveningPlace {
  readonly tenantId: number;
  readonly city: CityState;
  readonly id: number;
}

/**
 * The plans of this process. They are copies: offers are answered from them as they are, every change holds the evening's
 * lock and reads anew first what has moved, plan or city. An announcement, or a few seconds, have them compared, and only
 * what differs is read; until it is, the old one answers. A city's plans are read when it is asked for the first time.
 */
export class PlanBook {
  readonly #house: House;
  readonly #turns = new Turns();
  readonly #comparisons = new Turns();
  readonly #known = new Map<number, TenantState>();
  readonly #reading = new Map<number, Promise<TenantState>>();
  /** City -> when its evenings are all there. */
  readonly #loads = new WeakMap<CityState, Promise<void>>();
  readonly #comparing = new Set<number>();
  /** Somebody announced something since the last look. */
  readonly #moved = new Set<number>();

  constructor(house: House) {
    this.#house = house;
    house.onAnnounce(CHANGED, (tenantId) => void this.#moved.add(tenantId));
    house.onAnnounce(PLANNED, (tenantId) => void this.#moved.add(tenantId));
  }

  /** The cities of a company, at hand as long as it is known; that their plans are read is not said. */
  async cities(tenantId: number): Promise<ReadonlyMap<number, CityState>> {
    const known = this.#known.get(tenantId);
    if (!known) return (await this.#read(tenantId)).cities;
    const now = this.#house.clock.now();
    if (this.#moved.has(tenantId) || now - known.checkedAt > FRESH_MS || now < known.checkedAt)
      this.#compareBehind(tenantId, known);
    return known.cities;
  }

  /** A city with its plans. @throws AppError not_found */
  async city(tenantId: number, cityId: number): Promise<CityState> {
    const city = (await this.cities(tenantId)).get(cityId);
    if (!city) throw new AppError("not_found", "There is no such city.");
    await this.#ready(tenantId, city);
    return city;
  }

  /** Cities were written: this process has read them when it is done, the others as soon as they hear. Call it after the commit. */
  async changed(tenantId: number): Promise<void> {
    await this.#house.announce(CHANGED, tenantId);
    // What is being read at this moment may have begun before.
    await this.#reading.get(tenantId)?.catch(() => {});
    const known = this.#known.get(tenantId);
    if (known) await this.#compareInTurn(tenantId, known);
  }

  /** Rounds of one evening were planned anew, or it has begun or ended; the same for it alone. Call it after the commit. */
  async changedEvening(
    tenantId: number,
    { cityId, id }: { readonly cityId: number; readonly id: number },
  ): Promise<void> {
    await this.#house.announce(PLANNED, tenantId);
    await this.#reading.get(tenantId)?.catch(() => {});
    const city = this.#known.get(tenantId)?.cities.get(cityId);
    // Of a city that nobody has asked for nothing is at hand.
    const loading = city && this.#loads.get(city);
    if (!city || !loading) return;
    await loading.catch(() => {});
    await this.#readOne({ tenantId, city, id }).catch((error: Error) => this.#later(tenantId, error));
  }

  /**
   * Work that changes the plans of evenings: alone in this process and, by their rows' locks, alone among all. What it made of
   * the plans in memory is forgotten when it fails.
   */
  async change<T>(
    place: {
      readonly tenantId: number;
      readonly eveningIds: readonly number[];
      readonly cityId: number;
      /** Before any evening is locked. */
      readonly first?: (tx: DeliveryTx) => Promise<void>;
    },
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
          await place.first?.(tx);
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
        for (const id of lost) await this.#reread({ tenantId, city, id });
      }
    });
  }

  /** What was tried in memory and did not come about is read back; until then nothing is promised on it. */
  async #reread(place: EveningPlace): Promise<void> {
    const live = place.city.evenings.find((one) => one.id === place.id);
    if (live) Object.assign(live, { plan: null, version: UNREAD });
    try {
      await inTenant(this.#house, place.tenantId, (tx) => this.#readIn(tx, place));
    } catch (error) {
      this.#house.log.warn(
        { tenant: place.tenantId, evening: place.id, error: (error as Error).message },
        "delivery: plan is read when it is needed",
      );
    }
  }

  async #readIn(tx: DeliveryTx, { tenantId, city, id }: EveningPlace): Promise<LiveEvening> {
    const live = liveEvening(city, await readStoredEvening(tx, tenantId, id));
    if (!live.plan && live.state === "planned")
      this.#house.log.error(
        { tenant: tenantId, evening: id },
        "delivery: the stored plan breaks a rule; nothing is promised on it",
      );
    city.put(live);
    return live;
  }

  /** The evening with its plan of this very version, and the city as it is written now. @param tx keeps its lock */
  async #lock(tx: DeliveryTx, { tenantId, city, id }: EveningPlace): Promise<OpenEvening> {
    const row = await lockEvening(tx, { tenantId, id });
    if (row.cityId !== city.city.id)
      throw new AppError("not_found", "There is no such evening in this city.");
    if (row.cityVersion !== city.version)
      for (const one of await listVersionedCities(tx, tenantId, [row.cityId])) rewrite(city, one);
    const known = city.evenings.find((one) => one.id === id);
    const isKnown = known?.version === row.version && known.state === row.state;
    const live = known && isKnown ? known : await this.#readIn(tx, { tenantId, city, id });
    return { row, live, plan: live.plan };
  }

  /** Reads a company's cities once, however many ask meanwhile. */
  #read(tenantId: number): Promise<TenantState> {
    const under = this.#reading.get(tenantId);
    if (under) return under;
    const reading = this.#readNow(tenantId).finally(() => this.#reading.delete(tenantId));
    this.#reading.set(tenantId, reading);
    return reading;
  }

  async #readNow(tenantId: number): Promise<TenantState> {
    const checkedAt = this.#house.clock.now();
    // What is announced from here on is compared as soon as somebody asks.
    this.#moved.delete(tenantId);
    const rows = await inTenant(this.#house, tenantId, (tx) => listVersionedCities(tx, tenantId));
    const cities = new Map(
      rows.map(({ city, version, buffers }) => [city.id, new CityState(city, version, buffers)]),
    );
    const state = { cities, checkedAt };
    this.#known.set(tenantId, state);
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= TENANTS_KEPT) break;
      this.#known.delete(oldest);
    }
    return state;
  }

  /** Reads a city's evenings once: the nearest first, and each by itself, so that nobody who books waits until all are read. */
  #ready(tenantId: number, city: CityState): Promise<void> {
    const known = this.#loads.get(city);
    if (known) return known;
    const loading = this.#load(tenantId, city);
    this.#loads.set(city, loading);
    loading.catch(() => this.#loads.delete(city));
    return loading;
  }

  async #load(tenantId: number, city: CityState): Promise<void> {
    const from = sinceDate(this.#house.clock.now());
    const cityId = city.city.id;
    const rows = await inTenant(this.#house, tenantId, (tx) => listEvenings(tx, tenantId, { from, cityId }));
    for (const row of rows) await this.#readOne({ tenantId, city, id: row.id }, row);
  }

  /** Nobody waits for it: until then offers come from the plan of a moment ago, and are checked when one is chosen. */
  #compareBehind(tenantId: number, state: TenantState): void {
    if (this.#comparing.has(tenantId)) return;
    this.#comparing.add(tenantId);
    void this.#compareInTurn(tenantId, state).finally(() => this.#comparing.delete(tenantId));
  }

  /** Never together with one that began before. */
  #compareInTurn(tenantId: number, state: TenantState): Promise<void> {
    return this.#comparisons
      .inTurn([String(tenantId)], () => this.#compare(tenantId, state))
      .catch((error: Error) => this.#later(tenantId, error));
  }

  #later(tenantId: number, { message }: Error): void {
    this.#moved.add(tenantId);
    this.#house.log.warn({ tenant: tenantId, error: message }, "delivery: plans not compared");
  }

  async #compare(tenantId: number, state: TenantState): Promise<void> {
    const { cities } = state;
    const now = this.#house.clock.now();
    this.#moved.delete(tenantId);
    // What comes in while the database answers is newer than its answer.
    const before = new Map([...cities].map(([id, city]) => [id, city.evenings.map((one) => one.id)]));
    const { versions, rows } = await inTenant(this.#house, tenantId, async (tx) => ({
      versions: await listCityVersions(tx, tenantId),
      rows: await listEvenings(tx, tenantId, { from: sinceDate(now) }),
    }));
    const written = versions.filter(({ id, version }) => (cities.get(id)?.version ?? -1) < version);
    if (written.length > 0) await this.#rewriteCities(tenantId, cities, written);
    const there = new Set(rows.map(({ id }) => id));
    const isCity = new Set(versions.map(({ id }) => id));
    for (const [id, eveningIds] of before) {
      cities.get(id)?.drop(new Set(eveningIds.filter((one) => !there.has(one))));
      if (!isCity.has(id)) cities.delete(id);
    }
    for (const row of rows) {
      const city = cities.get(row.cityId);
      if (city && this.#loads.has(city)) await this.#readOne({ tenantId, city, id: row.id }, row);
    }
    state.checkedAt = now;
  }

  async #rewriteCities(
    tenantId: number,
    cities: Map<number, CityState>,
    written: readonly { readonly id: number }[],
  ): Promise<void> {
    const ids = written.map(({ id }) => id);
    const rows = await inTenant(this.#house, tenantId, (tx) => listVersionedCities(tx, tenantId, ids));
    for (const one of rows) {
      const known = cities.get(one.city.id);
      if (known) rewrite(known, one);
      else cities.set(one.city.id, new CityState(one.city, one.version, one.buffers));
    }
  }

  /**
   * In turn with what changes it here: a change that is not committed yet must not be written over.
   * @param row only if what is at hand is older than this
   */
  async #readOne(place: EveningPlace, row?: EveningRow): Promise<void> {
    const { tenantId, city, id } = place;
    if (row && isUpToDate(city, row)) return;
    await this.#turns.inTurn([`${tenantId} ${id}`], async () => {
      if (row && isUpToDate(city, row)) return;
      await inTenant(this.#house, tenantId, (tx) => this.#readIn(tx, place));
    });
  }
}

function rewrite(known: CityState, { city, version, buffers }: VersionedCity): void {
  if (known.version < version) known.rewrite(city, version, buffers);
}

/** Versions only grow, so what this process has written since the row was read is newer than the row. */
const isUpToDate = (city: CityState, { id, version, state }: EveningRow): boolean => {
  const live = city.evenings.find((one) => one.id === id);
  return live !== undefined && live.version >= version && (live.version > version || live.state === state);
};

function liveEvening(city: CityState, stored: StoredEvening): LiveEvening {
  return {
    id: stored.id,
    serviceDate: stored.serviceDate,
    state: stored.state,
    version: stored.version,
    windows: city.windowsOn(stored.serviceDate),
    beginsAt: Math.min(...stored.shifts.map(({ earliestAt }) => earliestAt)),
    capacityMost: Math.max(0, ...stored.shifts.map(({ capacity }) => capacity)),
    skillSets: [...new Set(stored.shifts.map(({ skills }) => skills))],
    // What is under way, or was, is no question of what can be promised.
    plan: stored.state === "planned" ? LivePlan.of(stored) : null,
  };
}
