import { parentPort } from "node:worker_threads";
import { checkSigned } from "./signatures.ts";
import { type Answer, CHECKED_BYTES, type Order, VERDICTS } from "./verifier.ts";

/** A thread that checks signatures: many transactions in one buffer in, a verdict and a digest each out. */

parentPort?.on("message", ({ buffer, offsets }: Order) => {
  const bytes = new Uint8Array(buffer);
  const count = offsets.length - 1;
  const out = new Uint8Array(count * CHECKED_BYTES);
  for (let n = 0; n < count; n++) {
    const { verdict, digest } = checkSigned(bytes.subarray(offsets[n], offsets[n + 1]));
    out[n * CHECKED_BYTES] = VERDICTS.indexOf(verdict);
    out.set(digest, n * CHECKED_BYTES + 1);
  }
  parentPort?.postMessage({ out } satisfies Answer, [out.buffer]);
});
