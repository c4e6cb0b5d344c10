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
  if (!account || account.appId === null || account.appId === body.appId) return account;
  const [own, other] = [registry.app(body.appId)?.secret, registry.app(account.appId)?.secret];
  return own && own === other ? account : undefined;
}
