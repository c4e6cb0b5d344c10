import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Kernel } from "#kernel";
import { boundsAround } from "../../skills/delivery/places/bounds.ts";
import { type ByteSource, ImportFault } from "../../skills/delivery/places/byte-source.ts";
import { type ImportReport, type StreetRow, TooManyAddresses } from "../../skills/delivery/places/gather.ts";
import { importCsv } from "../../skills/delivery/places/import-csv.ts";
import { importOsm, OSM_ATTRIBUTION } from "../../skills/delivery/places/import-osm.ts";
import { type CityPlace, readCityPlace, replaceAddresses } from "../../skills/delivery/store/addresses.ts";
import { ADDRESSES } from "../../skills/delivery/store/list-geocoder.ts";
import { inTenant } from "../../skills/delivery/store/tx.ts";
import { besideNode } from "../beside.ts";
import { print, readOptions, tell, UsageError } from "../options.ts";
import { onlyTenant } from "../tenant-choice.ts";

const USAGE =
  "Say `delivery places import FILE --city NAME [--tenant ID] [--zone 32|33] [--attribution TEXT] [--data DIR]`.";
const OPTIONS = {
  city: { type: "string" },
  tenant: { type: "string" },
  zone: { type: "string" },
  attribution: { type: "string" },
  data: { type: "string" },
  json: { type: "boolean", default: false },
} as const;
const MOST_BYTES = 4e9;
const TELL_EVERY_BYTES = 50e6;

/** `augenhoehe delivery places import …`: a city's addresses from a file. @returns the exit code */
export async function placesCommand([verb = "", ...rest]: string[]): Promise<number> {
  const { values, positionals } = readOptions(rest, { options: OPTIONS, allowPositionals: true });
  const [file] = positionals;
  const { city: name } = values;
  if (verb !== "import" || file === undefined || positionals.length > 1 || name === undefined)
    throw new UsageError(USAGE);
  const zone = zoneOf(values.zone);
  const size = await sizeOf(file);
  return besideNode({ dataDir: values.data, mayMake: false }, async (kernel) => {
    const tenantId = onlyTenant(kernel, values.tenant);
    const city = await inTenant(kernel, tenantId, (tx) =>
      readCityPlace(tx, { tenantId, city: cityOf(name) }),
    );
    if (!city) throw new UsageError(`There is no city ${name} at company ${tenantId}. Make it first.`);
    const read = await readFileOf(file, { city, zone, size });
    if (read.rows.length === 0)
      throw new UsageError(`${nothingRead(file, city, read.report)} The list of before stays.`);
    await keep(kernel, { tenantId, city, file, read, attribution: values.attribution });
    print(values.json ? JSON.stringify(read.report) : sentences(city, read.report).join("\n"));
    return 0;
  });
}

const cityOf = (text: string): number | string => (/^\d+$/.test(text) ? Number(text) : text);

function zoneOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const zone = Number(text);
  if (!Number.isInteger(zone) || zone < 28 || zone > 38)
    throw new UsageError(`${text} is no UTM zone: 32 or 33 in Germany.`);
  return zone;
}

async function sizeOf(file: string): Promise<number> {
  const { size } = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${file} cannot be read (${error.code ?? error.message}).`);
  });
  if (size > MOST_BYTES)
    throw new UsageError(`${file} has ${size} bytes, ${MOST_BYTES} at most: cut it to the city first.`);
  return size;
}

interface Read {
  readonly rows: StreetRow[];
  readonly report: ImportReport;
}

async function readFileOf(
  file: string,
  { city, zone, size }: { city: CityPlace; zone: number | undefined; size: number },
): Promise<Read> {
  const source: ByteSource = () => createReadStream(file, { highWaterMark: 1 << 18 });
  let told = 0;
  const onProgress = (bytes: number) => {
    if (bytes < told) told = 0;
    if (bytes - told < TELL_EVERY_BYTES) return;
    told = bytes;
    tell(`${Math.round((100 * bytes) / Math.max(1, size))} % read.`);
  };
  // Customers of a city live round it, too; what is served, its zones say.
  const bounds = boundsAround(city, city.radius_m * 1.5);
  const options = { source, bounds, zone, locality: city.name, onProgress };
  try {
    return await ((await isPbf(file)) ? importOsm(options) : importCsv(options));
  } catch (error) {
    if (error instanceof ImportFault) throw new UsageError(`${file} was not read. ${error.message}`);
    if (error instanceof TooManyAddresses)
      throw new UsageError(`${file} holds more than two million addresses: cut it to the city first.`);
    throw error;
  }
}

/** The first block's header: four bytes of length, the field's number and length, and the type. */
async function isPbf(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(16), 0, 16, 0);
    return (
      buffer.subarray(6, Math.max(6, bytesRead)).toString("latin1").startsWith("OSMHeader") ||
      /\.pbf$/i.test(file)
    );
  } finally {
    await handle.close();
  }
}

async function keep(
  kernel: Kernel,
  {
    tenantId,
    city,
    file,
    read,
    attribution,
  }: { tenantId: number; city: CityPlace; file: string; read: Read; attribution: string | undefined },
): Promise<void> {
  const isOsm = await isPbf(file);
  await inTenant(kernel, tenantId, (tx) =>
    replaceAddresses(
      tx,
      { tenantId, cityId: city.id },
      {
        ...read,
        source: basename(file),
        attribution: attribution ?? (isOsm ? OSM_ATTRIBUTION : ""),
        now: kernel.clock.now(),
      },
    ),
  );
  await kernel.announce(ADDRESSES, tenantId);
}

const WHY: Readonly<Record<keyof ImportReport["skipped"], string>> = {
  noStreet: "without a street",
  noNumber: "without a house number",
  noPlace: "without coordinates that can be read",
  outside: "outside the city",
  badRow: "in lines that cannot be read",
};

function leftOut({ skipped, unread }: ImportReport): string[] {
  const counted = Object.entries(skipped).filter(([, count]) => count > 0);
  return [
    ...counted.map(([why, count]) => `  ${count} ${WHY[why as keyof typeof WHY]}`),
    ...(unread > 0 ? [`  ${unread} outlines of several parts, which are not read`] : []),
  ];
}

function sentences(city: CityPlace, report: ImportReport): string[] {
  const left = leftOut(report);
  return [
    `${city.name} has ${report.addresses} addresses in ${report.streets} streets now; ${report.duplicates} stood twice.`,
    ...(left.length > 0 ? ["Left out:", ...left] : []),
    ...report.examples.slice(0, 5).map(({ line, why }) => `  such as line ${line}: ${WHY[why]}`),
  ];
}

function nothingRead(file: string, city: CityPlace, report: ImportReport): string {
  const isFar = report.skipped.outside > 0;
  const hint = isFar
    ? ` They lie outside ${city.name}: another city's list, or another system of coordinates (say --zone).`
    : "";
  return [`${file} holds no address of ${city.name}.${hint}`, ...leftOut(report)].join("\n");
}
