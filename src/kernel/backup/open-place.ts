import { basename, dirname } from "node:path";
import { BackupFault } from "./fault.ts";
import { folderPlace } from "./folder-place.ts";
import type { BackupPlace } from "./place.ts";
import { s3Place } from "./s3-place.ts";

/** A place and, when the address names one, a file in it. */
export interface Location {
  place: BackupPlace;
  name: string | null;
}

const FILE_ENDING = ".ahb";

/**
 * @param address a folder, a file that ends in .ahb, or s3://bucket/prefix; with a slash at its end always a folder
 * @param environment for a bucket AWS's own names: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, AWS_ENDPOINT_URL
 * @throws BackupFault refused, in one sentence
 */
export function openPlace(
  address: string,
  parts: { now: () => number; environment: NodeJS.ProcessEnv },
): Location {
  const isFile = address.endsWith(FILE_ENDING);
  if (!address.startsWith("s3://")) {
    if (/^[a-z][a-z0-9+.-]+:\/\//i.test(address))
      throw new BackupFault("refused", "Backups go to a folder, a file or s3://bucket/prefix.");
    return isFile
      ? { place: folderPlace(dirname(address)), name: basename(address) }
      : { place: folderPlace(address), name: null };
  }
  const [bucket = "", ...path] = address.slice("s3://".length).split("/").filter(Boolean);
  const name = isFile ? (path.pop() ?? null) : null;
  const { environment } = parts;
  const accessKeyId = environment.AWS_ACCESS_KEY_ID ?? "";
  const secretAccessKey = environment.AWS_SECRET_ACCESS_KEY ?? "";
  const region = environment.AWS_REGION || "us-east-1";
  if (!(bucket && accessKeyId && secretAccessKey))
    throw new BackupFault(
      "refused",
      "For a bucket write s3://bucket/prefix and set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, for other stores than Amazon's AWS_ENDPOINT_URL, too.",
    );
  const endpoint = environment.AWS_ENDPOINT_URL || `https://s3.${region}.amazonaws.com`;
  if (!URL.canParse(endpoint))
    throw new BackupFault("refused", "AWS_ENDPOINT_URL is no address: it looks like https://s3.example.com");
  const target = { endpoint, bucket, accessKeyId, secretAccessKey, region };
  return { place: s3Place(target, path.join("/"), parts), name };
}
