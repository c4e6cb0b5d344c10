import { defaultSettings, type Kernel } from "#kernel";
import { createCompany, createStaff } from "../kernel/api/company.ts";
import { establishTenant } from "../kernel/tenants/establish.ts";
import { isTimeZone } from "../kernel/tenants/zone-time.ts";
import { besideNode } from "./beside.ts";
import { print, readOptions, tell, UsageError } from "./options.ts";
import { columns } from "./table.ts";

/** `tenant create NAME` and `tenant list`. */
export async function tenantCommand(args: string[]): Promise<number> {
  const [what, ...rest] = args;
  if (what === "create") return create(rest);
  if (what === "list") return list(rest);
  throw new UsageError("Say tenant create NAME or tenant list. See augenhoehe --help.");
}

async function create(args: string[]): Promise<number> {
  const { values, positionals } = readOptions(args, {
    allowPositionals: true,
    options: {
      language: { type: "string", default: "de" },
      "time-zone": { type: "string", default: "Europe/Berlin" },
      "owner-email": { type: "string" },
      "owner-name": { type: "string" },
      data: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  if (positionals.length !== 1)
    throw new UsageError("Give one name, in quotation marks when it has spaces: tenant create NAME.");
  const { name, language, timeZone } = readCompany({
    name: positionals[0],
    language: values.language,
    timeZone: values["time-zone"],
  });
  const owner = readOwner(values["owner-email"], values["owner-name"]);
  const { id, slug, oneTimePassword } = await besideNode({ dataDir: values.data, mayMake: true }, (kernel) =>
    establishTenant(
      kernel.db,
      { tenant: { name, settings: defaultSettings({ language, timeZone }) }, owner },
      kernel.clock.now(),
    ),
  );
  if (values.json) print(JSON.stringify({ id, slug, ownerEmail: owner?.email ?? null, oneTimePassword }));
  else print([`id    ${id}`, `slug  ${slug}`, ...ownerLines(owner?.email, oneTimePassword)].join("\n"));
  return 0;
}

function ownerLines(email: string | undefined, oneTimePassword: string | null): string[] {
  if (!email) return [];
  if (!oneTimePassword) return [`owner ${email}, who signs in with the password of the existing account`];
  return [
    `owner ${email}`,
    `one-time password  ${oneTimePassword}  (shown only now; change it after the first sign-in)`,
  ];
}

function readCompany(given: { name: string | undefined; language: string; timeZone: string }) {
  const read = createCompany.body?.safeParse(given);
  if (!read?.success) {
    const place = read?.error.issues[0]?.path[0];
    if (place === "language") throw new UsageError("--language is de or en.");
    if (place === "name") throw new UsageError("A company's name has 1 to 120 characters.");
    throw new UsageError("--time-zone is too long.");
  }
  if (!isTimeZone(read.data.timeZone))
    throw new UsageError("--time-zone is a name of the IANA list, such as Europe/Berlin.");
  return read.data;
}

function readOwner(
  email: string | undefined,
  name: string | undefined,
): { email: string; name: string } | null {
  if (!(email || name)) return null;
  if (!(email && name)) throw new UsageError("An owner needs both --owner-email and --owner-name.");
  const read = createStaff.body?.safeParse({ email, name, role: "owner" });
  if (!read?.success)
    throw new UsageError("--owner-email must be an e-mail address, --owner-name have 1 to 120 characters.");
  return { email: read.data.email, name: read.data.name };
}

async function list(args: string[]): Promise<number> {
  const { values } = readOptions(args, {
    options: { data: { type: "string" }, json: { type: "boolean", default: false } },
  });
  const tenants = await besideNode({ dataDir: values.data, mayMake: false }, async (kernel) =>
    tenantsOf(kernel),
  );
  if (values.json) print(JSON.stringify(tenants));
  else if (tenants.length === 0) tell("There is no company yet: augenhoehe tenant create NAME.");
  else
    print(
      columns(
        ["id", "slug", "language", "time zone", "name"],
        tenants.map((t) => [t.id, t.slug, t.language, t.timeZone, t.isDemo ? `${t.name} (demo)` : t.name]),
      ),
    );
  return 0;
}

function tenantsOf({ registry }: Kernel) {
  return registry
    .tenantIds()
    .flatMap((id) => registry.tenant(id) ?? [])
    .map(({ id, slug, name, language, timeZone, isDemo }) => ({ id, slug, name, language, timeZone, isDemo }))
    .sort((a, b) => a.id - b.id);
}
