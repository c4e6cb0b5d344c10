import type { Logger } from "pino";
import type { Clock } from "../../clock.ts";
import { AcmeError } from "./acme-error.ts";
import { orderCertificate, type Wanted } from "./acme-order.ts";
import { type Certificate, isDue, type TlsFolder, type Trouble } from "./certificate.ts";

/** Looks this often whether a certificate is due, or whether somebody put a new one into the folder. */
const TICK_MS = 60_000;
const MINUTE_MS = 60_000;
/** Pauses after the first, second ... failure. Let's Encrypt allows five failed proofs an hour and name. */
const PAUSES_MS = [2, 5, 15, 60, 240, 720].map((minutes) => minutes * MINUTE_MS);

export interface Keeping {
  domain: string;
  directory: string;
  email: string;
  folder: TlsFolder;
  clock: Clock;
  log: Pick<Logger, "error" | "info">;
  /** Called with key and chain at the start and whenever they changed. */
  use(pem: string): Promise<void>;
  publish: Wanted["publish"];
  tickMs?: number;
  /** Between two questions to the authority; for tests. */
  wait?: Wanted["wait"];
}

export interface Keeper {
  stop(): Promise<void>;
}

/** When an order that failed may be tried again, ms since the epoch. */
export function nextTry({ at, tries }: Trouble): number {
  return at + (PAUSES_MS[Math.min(tries, PAUSES_MS.length) - 1] ?? 0);
}

/** Orders, renews and hands over the certificate of a domain for as long as the node runs. */
export function keepCertificate(keeping: Keeping): Keeper {
  let isStopped = false;
  let used = "";
  let timer: NodeJS.Timeout | undefined;
  const hand = async (found: Certificate | null): Promise<void> => {
    if (!found || found.pem === used || isStopped) return;
    await keeping.use(found.pem);
    used = found.pem;
  };
  const look = async (): Promise<void> => {
    const { folder, domain, clock, log } = keeping;
    const found = folder.certificate(domain);
    // What is there serves on until a new one is complete.
    await hand(found);
    const trouble = folder.trouble(domain);
    const isWanted = found === null || isDue(found, clock.now());
    if (isWanted && (trouble === null || nextTry(trouble) <= clock.now())) {
      const fault = await order(keeping);
      if (fault) log.error({ part: "tls", type: fault.type, domain }, fault.message);
      else log.info({ part: "tls", domain }, "new certificate");
      await hand(folder.certificate(domain));
    }
  };
  const tick = async (): Promise<void> => {
    await look().catch((error: Error) => keeping.log.error({ part: "tls" }, error.message));
    if (!isStopped) timer = setTimeout(again, keeping.tickMs ?? TICK_MS).unref();
  };
  const again = (): void => {
    running = tick();
  };
  let running = tick();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      // An order may wait for the authority for minutes; nothing is lost when it ends with the process.
      await Promise.race([running, new Promise((done) => setTimeout(done, 1_000).unref())]);
    },
  };
}

async function order(keeping: Keeping): Promise<AcmeError | null> {
  const { domain, directory, email, folder, clock, publish } = keeping;
  const wait = keeping.wait ?? ((ms) => new Promise((done) => setTimeout(done, ms).unref()));
  try {
    const accountPem = folder.accountPem(directory);
    const pem = await orderCertificate({ domain, directory, email, accountPem, publish, wait });
    folder.store(domain, pem);
    folder.noteTrouble(domain, null);
    return null;
  } catch (error) {
    const fault = error instanceof AcmeError ? error : new AcmeError("unknown", (error as Error).message);
    const tries = (folder.trouble(domain)?.tries ?? 0) + 1;
    folder.noteTrouble(domain, { at: clock.now(), tries, text: fault.message });
    return fault;
  }
}
