import { randomToken } from "./ids.ts";
import type { Kernel } from "./kernel.ts";

const known = new WeakMap<object, Map<string, Promise<string>>>();

/**
 * A secret of this node, made by whichever process asks first and shared by all.
 * @param name what it signs or seals, e.g. "file-links"
 */
export function nodeSecret(kernel: Pick<Kernel, "db">, name: string): Promise<string> {
  const secrets = known.get(kernel.db) ?? new Map<string, Promise<string>>();
  known.set(kernel.db, secrets);
  let loading = secrets.get(name);
  if (!loading) {
    loading = load(kernel, name);
    secrets.set(name, loading);
    loading.catch(() => secrets.delete(name)); // the database was away: the next request tries again
  }
  return loading;
}

async function load(kernel: Pick<Kernel, "db">, name: string): Promise<string> {
  await kernel.db.node.query(
    "insert into auth.secret (name, value) values ($1, $2) on conflict (name) do nothing",
    [name, randomToken(48)],
  );
  const { rows } = await kernel.db.node.query<{ value: string }>(
    "select value from auth.secret where name = $1",
    [name],
  );
  return rows[0]?.value ?? "";
}
