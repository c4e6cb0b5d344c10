import type { Kernel } from "#kernel";
import { UsageError } from "./options.ts";

/** The company of --tenant, or the only one there is. @throws UsageError when there is a choice or none */
export function onlyTenant({ registry }: Pick<Kernel, "registry">, given: string | undefined): number {
  const ids = registry.tenantIds();
  const id = given === undefined && ids.length === 1 ? ids[0] : Number(given);
  if (id !== undefined && ids.includes(id)) return id;
  throw new UsageError(
    ids.length === 0
      ? "There is no company yet: open the first owner's link (augenhoehe owner-link)."
      : "Name the company with --tenant ID; augenhoehe tenant list shows them.",
  );
}
