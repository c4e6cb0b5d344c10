import { request } from "./call.ts";
import { chosenTenant } from "./tenant.ts";

/** bytes; the node refuses more */
export const largestFile = 10 * 1024 * 1024;

export interface StoredFile {
  fileId: string;
  mime: string;
  /** bytes */
  size: number;
}

/** Stores a file for a message or an answer. Throws Problem (too_large, unsupported_file) or NoContact. */
export async function uploadFile(file: File): Promise<StoredFile> {
  return upload(`/api/v1/files?name=${encodeURIComponent(file.name)}`, file);
}

/** Stores a city's map, which may be large. Throws Problem (too_large, unsupported_file, forbidden) or NoContact. */
export async function uploadMap(file: File): Promise<StoredFile> {
  return upload(`/api/v1/files?as=map&name=${encodeURIComponent(file.name)}`, file);
}

async function upload(path: string, file: File): Promise<StoredFile> {
  const response = await request(path, {
    method: "POST",
    headers: { "content-type": file.type || "application/octet-stream" },
    body: file,
  });
  return (await response.json()) as StoredFile;
}

/** Where a stored file can be seen. */
export function fileUrl(fileId: string): string {
  return inCompany(`/api/v1/files/${encodeURIComponent(fileId)}`);
}

/** An address for pictures and downloads, which cannot send the header that names the company. */
export function inCompany(url: string): string {
  const tenant = chosenTenant();
  return tenant === null ? url : `${url}${url.includes("?") ? "&" : "?"}tenant=${tenant}`;
}
