import type { Logger } from "pino";
import type { Clock } from "../../clock.ts";
import { AcmeError } from "./acme-error.ts";
import { orderCertificate, type Wanted } from "./acme-order.ts";
import { type Certificate, checkCertificate, isDue, type TlsFolder, type Trouble } from "./certificate.ts";

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
  const { folder, domain, clock, log } = keeping;
  let isStopped = false;
  let used = "";
  let timer: NodeJS.Timeout | undefined;
  // What a full disk does not take is kept here: else every minute were a new order, and a week allows five.
  let unstored: Certificate | null = null;
  let unnoted: Trouble | null = null;
  /** It serves although the disk is full, and is stored although the port is taken. */
  const takeOver = async (found: Certificate | null): Promise<void> => {
    try {
      if (!found || found.pem === used || isStopped) return;
      await keeping.use(found.pem);
      used = found.pem;
    } finally {
      store();
    }
  };
  const store = (): void => {
    if (!unstored) return;
    folder.store(domain, unstored.pem);
    folder.noteTrouble(domain, null);
    unstored = null;
  };
  const note = (text: string): void => {
    const trouble = { at: clock.now(), tries: (lastTrouble()?.tries ?? 0) + 1, text };
    unnoted = trouble;
    folder.noteTrouble(domain, trouble);
    unnoted = null;
  };
  const lastTrouble = (): Trouble | null => unnoted ?? folder.trouble(domain);
  const look = async (): Promise<void> => {
    const found = unstored ?? folder.certificate(domain);
    // What is there serves on until a new one is complete.
    await takeOver(found);
    const trouble = lastTrouble();
    const isWanted = found === null || isDue(found, clock.now());
    if (!isWanted || (trouble !== null && nextTry(trouble) > clock.now())) return;
    const got = await order(keeping);
    if (got instanceof AcmeError) {
      log.error({ part: "tls", type: got.type, domain }, got.message);
      note(got.message);
      return;
    }
    log.info({ part: "tls", domain }, "new certificate");
    unnoted = null;
    unstored = got;
    await takeOver(got);
  };
  const tick = async (): Promise<void> => {
    await look().catch((error: Error) => log.error({ part: "tls" }, error.message));
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

/** Never throws: what went wrong is the result. */
async function order(keeping: Keeping): Promise<Certificate | AcmeError> {
  const { domain, directory, email, folder, publish } = keeping;
  const wait = keeping.wait ?? ((ms) => new Promise((done) => setTimeout(done, ms).unref()));
  try {
    const accountPem = folder.accountPem(directory);
    const pem = await orderCertificate({ domain, directory, email, accountPem, publish, wait });
    return checkCertificate(domain, pem);
  } catch (error) {
    return error instanceof AcmeError ? error : new AcmeError("unknown", (error as Error).message);
  }
}
