import type { Selectable } from "kysely";
import type { Logger } from "pino";
import type { ChannelAccount, ProviderApp } from "../channel.ts";
import type { Database } from "../db/open.ts";
import type { KernelTables } from "../db/tables.ts";
import type { Wire } from "../events/wire.ts";
import type { TenantProfile } from "./profile.ts";

/**
 * Which app, number and page belongs to which tenant, and each tenant's settings: held in memory by every
 * process. Loaded whole at the start and every minute; an announced change loads its company alone, for a node of 1,600
 * companies reads itself whole in 60 ms, and while numbers get known many changes come at once.
 */
export interface Registry {
  app(id: string): ProviderApp | undefined;
  /** The account an address belongs to; inactive ones are found too. */
  accountByAddress(kind: string, address: string): RegisteredAccount | undefined;
  account(id: number): RegisteredAccount | undefined;
  accounts(): Iterable<RegisteredAccount>;
  /** Accounts that share an app: exactly one for a Telegram bot. */
  accountsOfApp(appId: string): readonly RegisteredAccount[];
  tenant(id: number): TenantProfile | undefined;
  tenantIds(): readonly number[];
  /** Loads again now; resolves when the new state is in place. @throws what the load failed of: the old state stays and it is tried again */
  reload(): Promise<void>;
  /** Called after each load that followed an announcement. */
  onChange(listener: () => void): void;
  close(): void;
}

export interface RegisteredAccount extends ChannelAccount {
  active: boolean;
}

interface State {
  apps: Map<string, ProviderApp>;
  byAddress: Map<string, RegisteredAccount>;
  byId: Map<number, RegisteredAccount>;
  byApp: Map<string, RegisteredAccount[]>;
  tenants: Map<number, TenantProfile>;
}

const RELOAD_MS = 60_000;
/** After a load that failed. */
const RETRY_MS = 2_000;

type Row<Name extends keyof KernelTables> = Selectable<KernelTables[Name]>;

interface Rows {
  apps: Row<"kernel.provider_app">[];
  channels: Row<"kernel.channel">[];
  tenants: Row<"kernel.tenant">[];
}

function readWhole(db: Database): Promise<Rows> {
  return db.registry(async (tx) => ({
    apps: await tx.selectFrom("kernel.provider_app").selectAll().execute(),
    channels: await tx.selectFrom("kernel.channel").selectAll().execute(),
    tenants: await tx.selectFrom("kernel.tenant").selectAll().execute(),
  }));
}

function readTenants(db: Database, ids: readonly number[]): Promise<Rows> {
  return db.registry(async (tx) => {
    const channels = await tx
      .selectFrom("kernel.channel")
      .where("tenant_id", "in", ids)
      .selectAll()
      .execute();
    const tenants = await tx.selectFrom("kernel.tenant").where("id", "in", ids).selectAll().execute();
    const appIds = [...new Set(channels.flatMap(({ app_id }) => app_id ?? []))];
    const apps =
      appIds.length === 0
        ? []
        : await tx.selectFrom("kernel.provider_app").where("id", "in", appIds).selectAll().execute();
    return { apps, channels, tenants };
  });
}

const EMPTY: State = {
  apps: new Map(),
  byAddress: new Map(),
  byId: new Map(),
  byApp: new Map(),
  tenants: new Map(),
};

/** The state with these companies as the rows say; whoever reads the old one meanwhile keeps it. */
function withTenants(old: State, ids: ReadonlySet<number>, rows: Rows): State {
  const stays = ({ tenantId }: RegisteredAccount): boolean => !ids.has(tenantId);
  const state: State = {
    apps: new Map(old.apps),
    byAddress: new Map([...old.byAddress].filter(([, account]) => stays(account))),
    byId: new Map([...old.byId].filter(([, account]) => stays(account))),
    byApp: new Map([...old.byApp].map(([id, accounts]) => [id, accounts.filter(stays)])),
    tenants: new Map([...old.tenants].filter(([id]) => !ids.has(id))),
  };
  put(state, rows);
  return state;
}

const whole = (rows: Rows): State => withTenants(EMPTY, new Set(), rows);

function put(state: State, { apps, channels, tenants }: Rows): void {
  for (const { id, kind, secret, verify_token: verifyToken } of apps)
    state.apps.set(id, { id, kind, secret, verifyToken });
  for (const row of channels) {
    const account: RegisteredAccount = {
      id: row.id,
      tenantId: row.tenant_id,
      kind: row.kind,
      appId: row.app_id,
      address: row.address,
      name: row.name,
      apiBase: row.api_base,
      token: row.token,
      settings: row.settings,
      active: row.active,
    };
    state.byId.set(row.id, account);
    state.byAddress.set(`${row.kind} ${row.address}`, account);
    if (row.app_id) state.byApp.set(row.app_id, [...(state.byApp.get(row.app_id) ?? []), account]);
  }
  for (const row of tenants) {
    const settings = row.settings as unknown as Omit<TenantProfile, "id" | "name" | "slug" | "isDemo">;
    state.tenants.set(row.id, {
      ...settings,
      id: row.id,
      name: row.name,
      slug: row.slug,
      isDemo: row.is_demo,
    });
  }
}

/** Opens the registry and loads it once. Announce topic: "registry". */
export async function openRegistry(db: Database, wire: Wire, log: Logger): Promise<Registry> {
  let state = whole(await readWhole(db));
  let loading: Promise<void> | null = null;
  const changed: (() => void)[] = [];
  /** What was asked for while a load runs may be missing from it: one more load follows. */
  let all = false;
  let some = new Set<number>();
  let isClosed = false;
  let retry: NodeJS.Timeout | null = null;
  const startLoading = (): Promise<void> => {
    loading ??= loadUntilQuiet().finally(() => {
      loading = null;
    });
    return loading;
  };
  const reload = (): Promise<void> => {
    all = true;
    return startLoading();
  };
  async function loadUntilQuiet(): Promise<void> {
    while (all || some.size > 0) {
      const [wantsAll, ids] = [all, some];
      all = false;
      some = new Set();
      try {
        state = wantsAll
          ? whole(await readWhole(db))
          : withTenants(state, ids, await readTenants(db, [...ids]));
        for (const listener of changed) listener();
      } catch (error) {
        // What was announced is still not loaded, and a company that cannot be loaded alone may be gone.
        all = true;
        if (isClosed) return;
        log.warn({ error: (error as Error).message }, "registry: load failed, the old state stays");
        retry ??= setTimeout(() => {
          retry = null;
          quietly();
        }, RETRY_MS).unref();
        throw error;
      }
    }
  }
  const quietly = (): void => {
    if (!isClosed) startLoading().catch(() => {});
  };
  wire.on("announce", (rest) => {
    if (!rest.startsWith("registry:")) return;
    some.add(Number(rest.slice("registry:".length)));
    quietly();
  });
  const timer = setInterval(() => {
    all = true;
    quietly();
  }, RELOAD_MS);
  timer.unref();
  return {
    app: (id) => state.apps.get(id),
    accountByAddress: (kind, address) => state.byAddress.get(`${kind} ${address}`),
    account: (id) => state.byId.get(id),
    accounts: () => state.byId.values(),
    accountsOfApp: (appId) => state.byApp.get(appId) ?? [],
    tenant: (id) => state.tenants.get(id),
    tenantIds: () => [...state.tenants.keys()],
    reload,
    onChange: (listener) => void changed.push(listener),
    close: () => {
      isClosed = true;
      clearInterval(timer);
      if (retry) clearTimeout(retry);
    },
  };
}
