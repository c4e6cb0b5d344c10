import { afterAll, beforeAll, expect, test } from "vitest";
import type { ListeningHouse, MailboxPosition } from "#kernel";
import { listen } from "../src/channels/email/listen.ts";
import { type MailProvider, startMailProvider } from "../src/simulator/mail.ts";

/** The reader against a simulated provider, with a house that fails when told to. */

let provider: MailProvider;

beforeAll(async () => {
  provider = await startMailProvider();
});
afterAll(() => provider.close());

function mailbox(address: string) {
  const server = { host: "127.0.0.1", port: provider.imapPort, security: "none" };
  return {
    id: 1,
    tenantId: 1,
    kind: "email",
    appId: null,
    address,
    name: "K",
    apiBase: "",
    token: "secret",
    settings: { imap: server, smtp: server },
  };
}

interface House extends ListeningHouse {
  taken: string[];
  lights: string[];
  /** So many times the database is away. */
  failures: number;
}

function houseAt(position: MailboxPosition | null): House {
  let now = position;
  const house: House = {
    taken: [],
    lights: [],
    failures: 0,
    now: () => Date.now(),
    position: async () => now,
    async take(bodies, to) {
      if (bodies.length > 0 && house.failures-- > 0) throw new Error("the database is away");
      house.taken.push(...bodies.map((body) => body.toString().trim()));
      now = to;
    },
    health: (light, text) => void house.lights.push(`${light} ${text}`.trim()),
  };
  return house;
}

async function until(holds: () => boolean | undefined): Promise<void> {
  for (const end = performance.now() + 15_000; !holds(); ) {
    if (performance.now() > end) throw new Error("Not within 15 seconds");
    await new Promise((wait) => setTimeout(wait, 20));
  }
}

test("what the house could not store is neither marked as seen nor passed over; it comes again", async () => {
  const box = provider.box("eins@kontor.example");
  const house = houseAt({ uidValidity: box.uidValidity, lastUid: 0 });
  house.failures = 1;
  const mail = box.add(Buffer.from("Subject: eins\r\n\r\n1"));
  const reader = listen(mailbox(box.user), house);
  await until(() => house.lights.length > 0);
  expect([house.taken, mail.flags.size]).toEqual([[], 0]);
  expect(house.lights).toEqual(["bad Mails wait in the mailbox: the node's database is away."]);
  await until(() => mail.flags.has("\\Seen"));
  expect(house.taken).toEqual(["Subject: eins\r\n\r\n1"]);
  await until(() => house.lights.at(-1) === "ok");
  await reader.stop();
});

test("a thousand mails that waited come in order and once, in groups", async () => {
  const box = provider.box("tausend@kontor.example");
  const house = houseAt({ uidValidity: box.uidValidity, lastUid: 0 });
  for (let n = 0; n < 1_000; n++) box.add(Buffer.from(`Subject: ${n}\r\n\r\n`));
  const reader = listen(mailbox(box.user), house);
  await until(() => house.taken.length >= 1_000);
  box.add(Buffer.from("Subject: last\r\n\r\n"));
  await until(() => house.taken.length > 1_000);
  expect(house.taken).toEqual([...Array.from({ length: 1_000 }, (_, n) => `Subject: ${n}`), "Subject: last"]);
  expect(await house.position()).toEqual({ uidValidity: box.uidValidity, lastUid: 1_001 });
  await reader.stop();
});

test("stop ends a reader that waits, and one that never reached its server", async () => {
  const box = provider.box("halt@kontor.example");
  const reader = listen(mailbox(box.user), houseAt(null));
  const account = mailbox("nirgends@kontor.example");
  const lost = houseAt(null);
  const other = listen(
    { ...account, settings: { imap: { host: "127.0.0.1", port: 9, security: "none" } } },
    lost,
  );
  await until(() => lost.lights.length > 0);
  expect(lost.lights).toEqual(["bad IMAP: 127.0.0.1:9 listens at no such port."]);
  const begun = performance.now();
  await Promise.all([reader.stop(), other.stop()]);
  expect(performance.now() - begun).toBeLessThan(2_000);
});
