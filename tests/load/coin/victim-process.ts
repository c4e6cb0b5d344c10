import { embeddedAddress } from "#kernel";
import { openLedgerEngine } from "../../../src/skills/coin/single/open-ledger.ts";
import { trusting } from "./drive.ts";
import type { FromVictim, ToVictim } from "./kill-rounds.ts";

/** An engine in a process of its own, to be killed at any moment: it says what it was asked to acknowledge, and nothing else. */

const tell = (message: FromVictim): void => void process.send?.(message);

const [host = "", port = "", database = "", tenantId = "", now = ""] = process.argv.slice(2);
const place = {
  address: embeddedAddress({ host, port: Number(port), database }),
  tenantId: Number(tenantId),
  now: () => Number(now),
};

// Snapshots far more often than usual, so that many a kill falls into one.
const limits = { snapshotEvery: 2_000, patience: 120_000 };
const { engine } = await openLedgerEngine(place, { verifier: trusting, limits });
tell({ kind: "ready", height: engine.durableHeight });
process.on("message", ({ asked }: ToVictim) => {
  for (const { n, bytes } of asked)
    engine.submit(Buffer.from(bytes, "base64")).then(
      ({ result, isKnown }) => tell({ kind: "answer", n, result, isKnown }),
      (error: Error) => tell({ kind: "refusal", n, reason: error.message }),
    );
});
