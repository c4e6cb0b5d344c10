import { readFile, stat } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { type MatrixKind, openMatrixService } from "../../skills/delivery/adapters/open-matrix-service.ts";
import { toGrid } from "../../skills/delivery/plan/grid.ts";
import { readCityWays } from "../../skills/delivery/store/addresses.ts";
import { storeTravelTable } from "../../skills/delivery/store/travel-tables.ts";
import { inTenant } from "../../skills/delivery/store/tx.ts";
import { type Barrier, BarrierFault } from "../../skills/delivery/travel/barriers.ts";
import { type CityWays, type MadeTable, makeTable } from "../../skills/delivery/travel/make-table.ts";
import { openOutsideTimes } from "../../skills/delivery/travel/outside-times.ts";
import { readBarriers } from "../../skills/delivery/travel/read-barriers.ts";
import { openAsker } from "../../skills/notices/adapters/sources/ask-service.ts";
import { besideNode } from "../beside.ts";
import { print, readOptions, UsageError } from "../options.ts";
import { onlyTenant } from "../tenant-choice.ts";

const USAGE =
  "Say `delivery travel --city NAME [--barriers FILE.geojson] [--osrm URL | --valhalla URL | --openrouteservice URL --key KEY] [--profile P]`.";
const OPTIONS = {
  city: { type: "string" },
  barriers: { type: "string" },
  osrm: { type: "string" },
  valhalla: { type: "string" },
  openrouteservice: { type: "string" },
  key: { type: "string" },
  profile: { type: "string" },
  tenant: { type: "string" },
  data: { type: "string" },
  json: { type: "boolean", default: false },
} as const;
const KINDS = ["osrm", "valhalla", "openrouteservice"] as const;
const MOST_BYTES = 5_000_000;

interface Service {
  readonly kind: MatrixKind;
  readonly url: string;
  readonly key: string;
  readonly profile: string;
}

/** `augenhoehe delivery travel …`: how long ways take in a city, for evenings that are made from now on. @returns the exit code */
export async function travelCommand(args: string[]): Promise<number> {
  const { values } = readOptions(args, { options: OPTIONS });
  const { city: name } = values;
  const named = KINDS.filter((kind) => values[kind] !== undefined);
  if (name === undefined || named.length > 1) throw new UsageError(USAGE);
  const [kind] = named;
  const service = kind && serviceOf(kind, values[kind] ?? "", values);
  const drawing = values.barriers === undefined ? null : await readJson(values.barriers);
  return besideNode({ dataDir: values.data, mayMake: false }, async (kernel) => {
    const tenantId = onlyTenant(kernel, values.tenant);
    const found = await inTenant(kernel, tenantId, (tx) => readCityWays(tx, { tenantId, city: name }));
    if (!found) throw new UsageError(`There is no city ${name} at company ${tenantId}. Make it first.`);
    const { id: cityId, ...city } = found;
    const barriers = drawing === null ? [] : barriersOf(drawing, { file: values.barriers ?? "", city });
    const made = await make({ ...city, barriers }, service ?? null);
    const version = await inTenant(kernel, tenantId, (tx) =>
      storeTravelTable(tx, { tenantId, cityId }, { ...made, now: kernel.clock.now() }),
    );
    const { maker, cells } = made;
    print(
      values.json
        ? JSON.stringify({ version, maker, cells, barriers: barriers.length })
        : sentence({ name, version, made, barriers: barriers.length }),
    );
    return service && maker === "embedded" ? 1 : 0;
  });
}

function serviceOf(kind: MatrixKind, url: string, values: { key?: string; profile?: string }): Service {
  if (!URL.canParse(url))
    throw new UsageError(`${url} is no address: write https://host or http://host:port.`);
  return { kind, url, key: values.key ?? "", profile: values.profile ?? "" };
}

function sentence({
  name,
  version,
  made,
  barriers,
}: {
  name: string;
  version: number;
  made: MadeTable;
  barriers: number;
}): string {
  const by = made.maker === "embedded" ? "by distance and speed" : `as ${made.maker} says`;
  return `${name} has table ${version} of ways now: ${made.cells} parts, ${barriers} barriers, ${by}. Evenings made from now on count with it.`;
}

async function make(ways: CityWays, service: Service | null): Promise<MadeTable> {
  if (!service) return makeTable(ways);
  // Whoever runs this command has named the host.
  const asker = openAsker({ allowedHosts: [new URL(service.url).host] });
  try {
    return await makeTable(ways, (fallback) =>
      openOutsideTimes({
        service: openMatrixService(service.kind, { ...service, agent: "Augenhoehe/1 (delivery travel)" }),
        outside: { ask: asker.ask, mayBePlain: asker.isAllowed },
        fallback,
        now: () => Date.now(),
        wait: (ms) => pause(ms),
      }),
    );
  } finally {
    await asker.close();
  }
}

function barriersOf(
  drawing: unknown,
  { file, city }: { file: string; city: Omit<CityWays, "barriers"> },
): Barrier[] {
  try {
    return readBarriers(drawing, (place) => toGrid(city.middle, place));
  } catch (error) {
    if (error instanceof BarrierFault) throw new UsageError(`${file} was not read. ${error.message}`);
    throw error;
  }
}

async function readJson(file: string): Promise<unknown> {
  const cannot = (error: NodeJS.ErrnoException): never => {
    throw new UsageError(`${file} cannot be read (${error.code ?? error.message}).`);
  };
  const { size } = await stat(file).catch(cannot);
  if (size > MOST_BYTES) throw new UsageError(`${file} has ${size} bytes, ${MOST_BYTES} at most.`);
  const text = await readFile(file, "utf8").catch(cannot);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file} is no JSON: ${(error as Error).message}`);
  }
}
