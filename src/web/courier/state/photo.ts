/** A picture from the camera, small enough for a thin net: the longer side at most 1,600 px, as JPEG. */

const LONGEST_PX = 1_600;
const QUALITY = 0.8;
const MOST_BYTES = 2 * 2 ** 20;

/** @returns base64 without a head. @throws Error when the file is no picture */
export async function smallJpeg(file: Blob): Promise<string> {
  // Turned as the camera was held.
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST_PX / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("no canvas");
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  for (const quality of [QUALITY, 0.6, 0.4]) {
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", quality));
    if (blob && blob.size <= MOST_BYTES) return base64Of(new Uint8Array(await blob.arrayBuffer()));
  }
  throw new Error("too large");
}

const CHUNK = 0x8000;

function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (let n = 0; n < bytes.length; n += CHUNK) text += String.fromCharCode(...bytes.subarray(n, n + CHUNK));
  return btoa(text);
}
