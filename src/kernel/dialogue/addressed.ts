import type { RegisteredAccount, Registry } from "../tenants/registry.ts";

/**
 * The account that a signed body names. Another app's account counts as unknown: whoever knows one app's secret
 * must not speak for the number of a company that uses another. Two apps with one secret are one app at the
 * provider, connected by two companies; it delivers to one of the two addresses only.
 */
export function addressedAccount(
  registry: Pick<Registry, "accountByAddress" | "app">,
  body: { appId: string; kind: string; address: string | null },
): RegisteredAccount | undefined {
  if (!body.address) return undefined;
  const account = registry.accountByAddress(body.kind, body.address);
  // The web chat has no app: its bodies are written by the house itself.
  return !account || account.appId === null || isOfApp(registry, account, body.appId) ? account : undefined;
}

/** Is this the account's app, or the same app at the provider under another name? */
export function isOfApp(
  registry: Pick<Registry, "app">,
  { appId }: Pick<RegisteredAccount, "appId">,
  app: string,
): boolean {
  if (appId === null || appId === app) return appId !== null;
  const [own, other] = [registry.app(app)?.secret, registry.app(appId)?.secret];
  return own !== undefined && own !== "" && own === other;
}
