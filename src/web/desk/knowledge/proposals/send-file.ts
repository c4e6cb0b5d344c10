import {
  INTAKE_PART_BYTES,
  removeIntake,
  sendIntakePart,
  startIntake,
} from "../../../../skills/service/api.ts";
import { call } from "../../../client/call.ts";
import { NoContact } from "../../../client/problem.ts";

const TRIES = 4;
const PAUSE_MS = 1_000;

interface Sending {
  own: readonly string[];
  /** 0 to 1 */
  onShare(share: number): void;
  signal: AbortSignal;
}

/**
 * Sends a file part by part; a part whose answer was lost is sent again, which does no harm.
 * @returns the intake's id
 * @throws Problem, NoContact; DOMException AbortError when the sender stopped, and nothing of the file is kept then
 */
export async function sendFile(file: File, { own, onShare, signal }: Sending): Promise<number> {
  const { id } = await call(
    startIntake,
    { body: { name: file.name, bytes: file.size, own: [...own] } },
    signal,
  );
  try {
    for (let place = 0; place * INTAKE_PART_BYTES < file.size; place++) {
      const part = file.slice(place * INTAKE_PART_BYTES, (place + 1) * INTAKE_PART_BYTES);
      const data = await base64Of(part);
      await again(() => call(sendIntakePart, { params: { id }, body: { place, data } }, signal), signal);
      onShare(Math.min(1, ((place + 1) * INTAKE_PART_BYTES) / file.size));
    }
  } catch (error) {
    await call(removeIntake, { params: { id } }).catch(() => undefined);
    throw error;
  }
  return id;
}

async function again<T>(send: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof NoContact) || tried === TRIES || signal.aborted) throw error;
      await new Promise((done) => setTimeout(done, PAUSE_MS * tried));
    }
  }
}

function base64Of(part: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ""));
    // The file was changed or taken away while it was read.
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(part);
  });
}
