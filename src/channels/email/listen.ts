import type { ImapFlow } from "imapflow";
import type { ChannelAccount, Listener, ListeningHouse, MailboxPosition } from "#kernel";
import { reasonOf } from "./check.ts";
import { openImap } from "./imap.ts";
import { type Mailbox, mailboxOf } from "./mailbox.ts";

/**
 * Reads a mailbox: what is new goes to the house, and only after its commit is it marked as seen. IDLE wakes us, a look
 * every minute is the truth; a connection that falls is made anew, ever more slowly.
 */

/** The most one mail may hold; the rest of a bigger one is left at the provider. */
const MAIL_BYTES = 25 * 1024 * 1024;
/** Mails of one commit. */
const GROUP_MAILS = 50;
const GROUP_BYTES = 8 * 1024 * 1024;
const LOOK_MS = 60_000;
const BACK_OFF_MS = [1_000, 2_000, 5_000, 15_000, 60_000, 300_000];
/** When the server numbers its mails anew: as far back as duplicates are surely known (the kernel keeps 8 days). */
const RECOUNT_DAYS = 6;
const DAY_MS = 86_400_000;

export function listen(account: ChannelAccount, house: ListeningHouse): Listener {
  const reading = new Reading(mailboxOf(account), house);
  void reading.run();
  return reading;
}

/** Nothing is wrong with the mailbox. */
class NotStored extends Error {}

class Reading implements Listener {
  private readonly mailbox: Mailbox;
  private readonly house: ListeningHouse;
  private client: ImapFlow | null = null;
  private stopped = false;
  private wake: () => void = () => {};
  private ended: Promise<void> = Promise.resolve();
  /** Something came while we were reading. */
  private isNew = false;
  private light: "ok" | "bad" | "" = "";

  constructor(mailbox: Mailbox, house: ListeningHouse) {
    this.mailbox = mailbox;
    this.house = house;
  }

  run(): Promise<void> {
    this.ended = this.readForever();
    return this.ended;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    this.client?.close();
    await this.ended;
  }

  private async readForever(): Promise<void> {
    for (let failures = 0; !this.stopped; ) {
      try {
        await this.connected(() => {
          failures = 0;
        });
      } catch (error) {
        if (this.stopped) return;
        this.show("bad", this.sentenceOn(error));
      }
      const wait = BACK_OFF_MS[Math.min(failures, BACK_OFF_MS.length - 1)] as number;
      failures += 1;
      await this.rest(wait);
    }
  }

  private sentenceOn(error: unknown): string {
    const { host, port } = this.mailbox.imap;
    if (error instanceof NotStored) return "Mails wait in the mailbox: the node's database is away.";
    return `IMAP: ${host}:${port} ${reasonOf(error)}.`;
  }

  /** Only what the house has is passed over. */
  private async store(bodies: readonly Buffer[], position: MailboxPosition): Promise<void> {
    await this.house.take(bodies, position).catch((error: Error) => {
      throw new NotStored(error.message);
    });
  }

  /** One connection's life. @param onRead called whenever the mailbox was read to its end */
  private async connected(onRead: () => void): Promise<void> {
    const client = openImap(this.mailbox);
    this.client = client;
    let fault: unknown = null;
    // Without a listener an error of the socket would end the process.
    client.on("error", (error: unknown) => {
      fault ??= error;
      this.wake();
    });
    client.on("exists", () => {
      this.isNew = true;
      this.wake();
    });
    client.on("close", () => this.wake());
    try {
      await client.connect();
      await client.mailboxOpen(this.mailbox.folder);
      while (!this.stopped && client.usable) {
        this.isNew = false;
        await this.readNew(client);
        onRead();
        this.show("ok", "");
        await this.waitForMail(client);
      }
      if (fault) throw fault;
    } finally {
      this.client = null;
      client.close();
    }
  }

  /** Told when it changes: a fault of the sending side must not be painted over every minute. */
  private show(light: "ok" | "bad", text: string): void {
    if (light !== this.light) this.house.health(light, text);
    this.light = light;
  }

  /** Returns when there may be something new. */
  private async waitForMail(client: ImapFlow): Promise<void> {
    if (this.isNew || this.stopped) return;
    const resting = this.rest(LOOK_MS);
    // It ends when any other command is sent, or the connection falls; a server without IDLE is asked by the minute.
    const idling = client.idle().catch(() => this.wake());
    await resting;
    if (!client.usable) return;
    await client.noop().catch(() => {});
    await idling;
  }

  private rest(ms: number): Promise<void> {
    if (this.stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private async readNew(client: ImapFlow): Promise<void> {
    const { uidValidity, uidNext } = openedOf(client);
    const known = await this.house.position();
    if (known === null) {
      // What lies there from before us is not answered now.
      return this.house.take([], { uidValidity, lastUid: uidNext - 1 });
    }
    const isSame = known.uidValidity === uidValidity;
    const uids = await this.uidsToRead(client, isSame ? known.lastUid : null);
    await this.readGroups(client, uids, { uidValidity, lastUid: isSame ? known.lastUid : 0 });
    if (!isSame && uids.length === 0) await this.house.take([], { uidValidity, lastUid: uidNext - 1 });
  }

  /** @param lastUid null = the numbers have changed: by date then, the kernel knows what it has had */
  private async uidsToRead(client: ImapFlow, lastUid: number | null): Promise<number[]> {
    const query =
      lastUid === null
        ? { since: new Date(this.house.now() - RECOUNT_DAYS * DAY_MS) }
        : { uid: `${lastUid + 1}:*` };
    const found = (await client.search(query, { uid: true })) || [];
    // "n:*" names the last mail even when its number is below n (RFC 3501).
    return found.filter((uid) => lastUid === null || uid > lastUid).sort((a, b) => a - b);
  }

  private async readGroups(client: ImapFlow, uids: readonly number[], from: MailboxPosition): Promise<void> {
    for (let at = 0; at < uids.length; at += GROUP_MAILS)
      for (const group of await groupsOf(client, uids.slice(at, at + GROUP_MAILS))) {
        if (this.stopped) return;
        const mails = await client.fetchAll(
          group.join(","),
          { source: { start: 0, maxLength: MAIL_BYTES } },
          { uid: true },
        );
        mails.sort((a, b) => a.uid - b.uid);
        // Somebody may have deleted one meanwhile.
        const bodies = mails.flatMap(({ source }) => (source ? [source] : []));
        await this.store(bodies, { ...from, lastUid: group.at(-1) ?? from.lastUid });
        await client.messageFlagsAdd(group.join(","), ["\\Seen"], { uid: true }).catch(() => false);
      }
  }
}

/** Together as many as memory holds: the sizes are asked for first. */
async function groupsOf(client: ImapFlow, uids: readonly number[]): Promise<number[][]> {
  const sized = await client.fetchAll(uids.join(","), { size: true }, { uid: true });
  const sizes = new Map(sized.map(({ uid, size }) => [uid, Math.min(size ?? 0, MAIL_BYTES)]));
  const groups: number[][] = [];
  let bytes = GROUP_BYTES;
  for (const uid of uids) {
    bytes += sizes.get(uid) ?? 0;
    const last = groups.at(-1);
    if (last && bytes <= GROUP_BYTES) last.push(uid);
    else {
      groups.push([uid]);
      bytes = sizes.get(uid) ?? 0;
    }
  }
  return groups;
}

function openedOf(client: ImapFlow): { uidValidity: number; uidNext: number } {
  if (!client.mailbox) throw new Error("the folder is closed");
  // Without it nobody knows what is old: better read nothing than answer last year's mails.
  if (!Number.isInteger(client.mailbox.uidNext)) throw new Error("the server tells no UIDNEXT");
  return { uidValidity: Number(client.mailbox.uidValidity), uidNext: client.mailbox.uidNext };
}
