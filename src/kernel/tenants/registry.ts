import type { Logger } from "pino";
import type { ChannelAccount, ProviderApp } from "../channel.ts";
import type { Database } from "../db/open.ts";
import type { Wire } from "../events/wire.ts";
import type { TenantProfile } from "./profile.ts";

/**
 * Which app, number and page belongs to which tenant, and each tenant's settings: held in memory by every
 * process, loaded whole, dropped when somebody announces a change (and every minute, should that be lost).
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
  /** Loads again now; resolves when the new state is in place. */
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

async function load(db: Database): Promise<State> {
  return db.registry(async (tx) => {
    const apps = await tx.selectFrom("kernel.provider_app").selectAll().execute();
    const channels = await tx.selectFrom("kernel.channel").selectAll().execute();
    const tenants = await tx.selectFrom("kernel.tenant").selectAll().execute();
    const state: State = {
      apps: new Map(),
      byAddress: new Map(),
      byId: new Map(),
      byApp: new Map(),
      tenants: new Map(),
    };
    for (const app of apps)
      state.apps.set(app.id, {
        id: app.id,
        kind: app.kind,
        secret: app.secret,
        verifyToken: app.verify_token,
      });
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
    return state;
  });
}

/** Opens the registry and loads it once. Announce topic: "registry". */
export async function openRegistry(db: Database, wire: Wire, log: Logger): Promise<Registry> {
  let state = await load(db);
  let loading: Promise<void> | null = null;
  const changed: (() => void)[] = [];
  let again = false;
  let isClosed = false;
  /** A change announced while a load runs may be missing from it: one more load follows. */
  const reload = (): Promise<void> => {
    if (loading) {
      again = true;
      return loading;
    }
    loading = loadUntilQuiet().finally(() => {
      loading = null;
    });
    return loading;
  };
  async function loadUntilQuiet(): Promise<void> {
    do {
      again = false;
      try {
        state = await load(db);
        for (const listener of changed) listener();
      } catch (error) {
        if (!isClosed)
          log.warn({ error: (error as Error).message }, "registry: load failed, the old state stays");
      }
    } while (again);
  }
  wire.on("announce", (rest) => {
    if (rest.startsWith("registry:") && !isClosed) void reload();
  });
  const timer = setInterval(reload, RELOAD_MS);
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
    },
  };
}
