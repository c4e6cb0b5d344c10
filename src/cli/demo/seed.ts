import { createApiKey, hashPassword, type Kernel, randomToken } from "#kernel";
import { type DemoChannels, findDemoChannels, makeDemoChannels } from "./channels.ts";
import { type CompanyFile, filesOf, makeCompany, makeStaff } from "./companies.ts";
import { seedFlows } from "./flows.ts";
import { seedKnowledge } from "./knowledge.ts";
import { seedLife } from "./life.ts";
import { seedOrders } from "./lookups.ts";
import { enlivenLueders, makeLueders, teachLueders } from "./lueders.ts";
import { seedWeeks } from "./weeks.ts";

/** The demo: Hansekontor, a mid-sized retailer, and Schraubenwerk Lüders, whose customers are companies. */

export interface DemoAccess extends DemoChannels {
  slug: string;
  /** Of the second company; null when it was taken away. */
  secondSlug: string | null;
  tenants: readonly number[];
  apiKey: string;
  /** Path and fragment of a courier's page; "" where nobody has it any more. */
  courier: string;
  signIn: { email: string; password: string };
}

export interface SeedParts {
  /** Where the demo's own secrets are kept between starts. */
  remember: { load(): Record<string, string>; save(values: Record<string, string>): void };
  tell(sentence: string): void;
}

const HALF_MADE =
  "The demo was not finished when it was made, so it is not whole. Remove the data folder and start again: nothing but the demo is in it. (With DATABASE_URL, name an empty database, too.)";

/** In an order in which each finds the flow it starts. */
const FLOW_FILES = ["damaged_goods", "return_parcel", "order_case"].map((name) => `flows/${name}.flow`);
const read = filesOf("hansekontor");

type ShopFile = CompanyFile & {
  slug: string;
  channels: { whatsapp: { displayNumber: string }; telegram: { botName: string } };
};

/** Seeds once; a later start finds what stands there and gives the same access again. */
export async function seedDemo(kernel: Kernel, parts: SeedParts): Promise<DemoAccess | null> {
  const company = JSON.parse(await read("company.json")) as ShopFile;
  const found = await demoTenants(kernel);
  const kept = parts.remember.load();
  if (kept.unfinished !== undefined) throw new Error(HALF_MADE);
  if (found.length > 0) return (await again(kernel, company, found, kept)) ?? null;
  // A node that already serves real companies is not given a demo behind their back.
  if (kernel.registry.tenantIds().length > 0) return null;
  parts.tell(`Making the demo company ${company.name} (once).`);
  const password = randomToken(12);
  // Whoever ends the program here finds at the next start neither half a demo nor a password that nobody was told.
  parts.remember.save({ unfinished: new Date(kernel.clock.now()).toISOString() });
  const passwordHash = await hashPassword(password);
  const first = await makeCompany(kernel, company, await read("logo.svg").catch(() => null));
  await makeStaff(kernel, first.id, company, { passwordHash });
  const second = await makeLueders(kernel, { passwordHash, guests: company.staff.slice(0, 1) });
  const channels = await makeDemoChannels(kernel, { first: first.id, company: company.channels });
  await kernel.registry.reload();
  parts.tell("Teaching both what their customers ask, in German and English, and giving them customers.");
  // Training has a process of its own: meanwhile the rooms are filled. A fault of one waits for the end of the other,
  // which would go on writing under a node that closes.
  const made = await Promise.allSettled([
    teach(kernel, first.id, second.id),
    enliven(kernel, first.id, second.id),
  ]);
  const fault = made.find((one) => one.status === "rejected");
  if (fault) throw fault.reason;
  await seedWeeks(kernel, first.id, read);
  const { secret } = await createApiKey(kernel, first.id, { name: "Demo", role: "owner" });
  const signIn = { email: company.staff[0]?.email ?? "", password };
  const courier = (made[1]?.status === "fulfilled" && made[1].value) || "";
  parts.remember.save({ password, apiKey: secret, courier });
  await kernel.registry.reload();
  const tenants = [first.id, second.id];
  return { ...channels, slug: first.slug, secondSlug: second.slug, tenants, apiKey: secret, courier, signIn };
}

async function teach(kernel: Kernel, first: number, second: number): Promise<void> {
  await seedKnowledge(kernel, first, {
    topics: await read("topics.csv"),
    examples: await read("examples.csv"),
    mostAsked: JSON.parse(await read("most-asked.json")),
  });
  await seedFlows(kernel, first, await Promise.all(FLOW_FILES.map(read)));
  await teachLueders(kernel, second);
}

/** @returns where a courier's page is */
async function enliven(kernel: Kernel, first: number, second: number): Promise<string | null> {
  await seedOrders(kernel, first, {
    text: await read("orders.csv"),
    prefix: "HK-",
    name: "Bestellungen / Orders",
  });
  const courier = await seedLife(kernel, first, read);
  await enlivenLueders(kernel, second);
  return courier;
}

async function demoTenants(kernel: Kernel): Promise<{ id: number; slug: string }[]> {
  return kernel.db.registry((tx) =>
    tx.selectFrom("kernel.tenant").select(["id", "slug"]).where("is_demo", "=", true).orderBy("id").execute(),
  );
}

async function again(
  kernel: Kernel,
  company: ShopFile,
  found: { id: number; slug: string }[],
  kept: Record<string, string>,
): Promise<DemoAccess | undefined> {
  const [first] = found;
  const channels = first && (await findDemoChannels(kernel, first.id));
  if (!first || !channels) return undefined;
  const signIn = {
    email: company.staff[0]?.email ?? "",
    password: kept.password ?? "(as it was shown at the first start)",
  };
  return {
    ...channels,
    slug: first.slug,
    secondSlug: found[1]?.slug ?? null,
    tenants: found.map((tenant) => tenant.id),
    apiKey: kept.apiKey ?? "",
    courier: kept.courier ?? "",
    signIn,
  };
}
