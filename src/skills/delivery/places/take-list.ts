import { boundsAround } from "./bounds.ts";
import { ImportFault } from "./byte-source.ts";
import { type ImportReport, type StreetRow, TooManyAddresses } from "./gather.ts";
import type { LatLon } from "./geocoder.ts";
import { importCsv } from "./import-csv.ts";

/** Customers of a city live round it, too; what is served, its zones say. */
const ROUND_IT = 1.5;
const CHUNK = 1 << 18;

interface ListedCity {
  readonly name: string;
  readonly middle: LatLon;
  readonly radius_m: number;
}

/** A file that was sent as text. @throws ImportFault with the reason in a sentence */
export async function takeList(
  text: string,
  { name, middle, radius_m }: ListedCity,
): Promise<{ rows: StreetRow[]; report: ImportReport }> {
  const bytes = Buffer.from(text, "utf8");
  // In pieces, with a breath between them: others wait meanwhile.
  async function* source(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += CHUNK) {
      await new Promise((resolve) => setImmediate(resolve));
      yield bytes.subarray(at, at + CHUNK);
    }
  }
  try {
    const bounds = boundsAround(middle, radius_m * ROUND_IT);
    const read = await importCsv({ source, bounds, locality: name });
    if (read.rows.length === 0)
      throw new ImportFault("nothing", "No line of it is an address of this city with its place.");
    return read;
  } catch (error) {
    if (error instanceof TooManyAddresses)
      throw new ImportFault("too_many", "It holds more than two million addresses.");
    throw error;
  }
}
