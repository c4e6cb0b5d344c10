import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Simulator } from "../../src/simulator/http.ts";
import { startShopify } from "../../src/simulator/shopify.ts";
import { startWoocommerce } from "../../src/simulator/woocommerce.ts";
import { ASK, LookupStage } from "../outside/lookup-stage.ts";

/**
 * A company with two shops that both count from 1001: two customers have one order number. Whatever is asked, proved and
 * down, nobody hears of the other one's order.
 */

const WOO = { consumerKey: "ck", consumerSecret: "cs" };
const SHOPIFY = { accessToken: "shpat" };
const ANNA = {
  number: "1001",
  postcode: "10115",
  email: "anna@example.org",
  phone: "+49170111111",
  items: ["Annas Amboss"],
  total: 11,
};
const BORIS = {
  number: "#1001",
  postcode: "20099",
  email: "boris@example.org",
  phone: "+49170222222",
  items: ["Boris Bohrer"],
  total: 22,
};
const OF_ANNA = /Amboss|11,00|10115|anna@/;
const OF_BORIS = /Bohrer|22,00|20099|boris@/;

let stage: LookupStage;
let woo: Simulator;
let shopify: Simulator;
let persons = 0;
const newPerson = () => `person-${++persons}`;
const newPhone = () => `4915700${String(++persons).padStart(5, "0")}`;

beforeAll(async () => {
  stage = await LookupStage.open();
  woo = await startWoocommerce({ keys: WOO, orders: [ANNA] });
  shopify = await startShopify({ keys: SHOPIFY, orders: [BORIS] });
}, 120_000);
afterAll(async () => {
  await woo?.close();
  await shopify?.close();
  await stage?.close();
});

// A number may be guessed ten times a day by all together: each story has a day of its own.
beforeEach(() => stage.stage.rows("delete from lookup.attempt"));

const reset = (orders: { anna?: object; boris?: object } = {}) => {
  woo.configure({ mood: "well", orders: [{ ...ANNA, ...orders.anna }] });
  shopify.configure({ mood: "well", orders: [{ ...BORIS, ...orders.boris }] });
};

/** Both shops, in either order of connection. */
function withShops<T>(first: "Annas" | "Boris", work: () => Promise<T>): Promise<T> {
  const of = ["order", "invoice"] as const;
  const shops = [
    { kind: "woocommerce" as const, name: "Annas Shop", address: woo.url, keys: WOO, of: [...of] },
    { kind: "shopify" as const, name: "Boris Shop", address: shopify.url, keys: SHOPIFY, of: [...of] },
  ];
  return stage.withRegisters(first === "Annas" ? shops : shops.reverse(), work);
}

describe.each(["Annas", "Boris"] as const)("%s shop connected first", (first) => {
  test("each hears of the own order by the own postcode, and again within the hour without it", async () => {
    reset();
    await withShops(first, async () => {
      for (const [postcode, own, other] of [
        ["20099", OF_BORIS, OF_ANNA],
        ["10115", OF_ANNA, OF_BORIS],
      ] as const) {
        const who = newPerson();
        await stage.talk(who, ASK.order.de);
        expect(await stage.talk(who, "1001")).toContain("Postleitzahl zu 1001?");
        expect(await stage.talk(who, postcode)).toMatch(own);
        await stage.talk(who, ASK.order.de);
        expect(await stage.talk(who, "1001")).toMatch(own);
        expect(stage.heard(who).join("\n")).not.toMatch(other);
      }
    });
  });

  test("with the proved one's shop down, the other one's order is no answer", async () => {
    reset();
    await withShops(first, async () => {
      const who = newPerson();
      await stage.talk(who, ASK.order.de);
      await stage.talk(who, "1001");
      expect(await stage.talk(who, "20099")).toMatch(OF_BORIS);
      shopify.configure({ mood: "down" });
      await stage.talk(who, ASK.order.de);
      expect(await stage.talk(who, "1001")).toContain("An diese Daten komme ich gerade nicht heran");
      const late = newPerson();
      await stage.talk(late, ASK.order.de);
      await stage.talk(late, "1001");
      expect(await stage.talk(late, "20099")).toContain("An diese Daten komme ich gerade nicht heran");
      expect([...stage.heard(who), ...stage.heard(late)].join("\n")).not.toMatch(OF_ANNA);
    });
  });

  test("whoever has proved one order cannot guess the other one's postcode without end", async () => {
    reset();
    await withShops(first, async () => {
      const who = newPerson();
      await stage.talk(who, ASK.order.de);
      await stage.talk(who, "1001");
      expect(await stage.talk(who, "20099")).toMatch(OF_BORIS);
      for (let n = 0; n < 5; n++) {
        await stage.talk(who, ASK.order.de);
        await stage.talk(who, `1001, ${12345 + n}`);
      }
      await stage.talk(who, ASK.order.de);
      expect(await stage.talk(who, "1001, 10115")).toContain("Das waren zu viele Versuche");
      expect(stage.heard(who).join("\n")).not.toMatch(OF_ANNA);
    });
  });

  test("with the other one's shop down, the own order is told all the same", async () => {
    reset();
    await withShops(first, async () => {
      woo.configure({ mood: "down" });
      const who = newPerson();
      await stage.talk(who, ASK.order.de);
      await stage.talk(who, "1001");
      expect(await stage.talk(who, "20099")).toMatch(OF_BORIS);
    });
  });

  test("a code for an invoice goes to both mailboxes, and the one that comes back tells whose it is", async () => {
    reset();
    await withShops(first, async () => {
      const who = newPerson();
      await stage.talk(who, ASK.invoice.de);
      expect(await stage.talk(who, "1001")).toContain("haben wir einen Code");
      const codes = new Map(
        (
          await stage.stage.rows(
            "select reply_address, content ->> 'text' as text from kernel.outbox where purpose = 'lookup.code' order by id desc limit 2",
          )
        ).map((row) => [String(row.reply_address), /: (\d{6})/.exec(String(row.text))?.[1] ?? ""]),
      );
      expect([...codes.keys()].sort()).toEqual(["anna@example.org", "boris@example.org"]);
      expect(await stage.talk(who, codes.get("boris@example.org") ?? "")).toMatch(/Betrag: 22,00/);
      expect(stage.heard(who).join("\n")).not.toMatch(OF_ANNA);
      await stage.talk(who, ASK.invoice.de);
      expect(await stage.talk(who, "1001")).toMatch(/Betrag: 22,00/);
      expect(stage.heard(who).join("\n")).not.toMatch(OF_ANNA);
    });
  });

  test("one postcode for both orders proves neither: a person asks which shop it was", async () => {
    reset({ anna: { postcode: "20099" } });
    await withShops(first, async () => {
      const who = newPerson();
      await stage.talk(who, ASK.order.de);
      await stage.talk(who, "1001");
      expect(await stage.talk(who, "20099")).toContain("Die Nummer 1001 ist notiert.");
      expect(await stage.handedOver(who)).toMatch(/passt mit diesen Angaben zu mehreren Personen/);
      expect(stage.heard(who).join("\n")).not.toMatch(/Amboss|Bohrer/);
    });
  });

  test("whoever has the telephone of both orders hears of both, and of one alone only of that", async () => {
    const both = newPhone();
    reset({ anna: { phone: `+${both}` }, boris: { phone: `+${both}` } });
    await withShops(first, async () => {
      await stage.talk(both, ASK.order.de, "whatsapp");
      const told = await stage.talk(both, "1001", "whatsapp");
      expect(told).toMatch(/Amboss/);
      expect(told).toMatch(/Bohrer/);
    });
    const one = newPhone();
    reset({ boris: { phone: `+${one}` } });
    await withShops(first, async () => {
      await stage.talk(one, ASK.order.de, "whatsapp");
      expect(await stage.talk(one, "1001", "whatsapp")).toMatch(OF_BORIS);
      expect(stage.heard(one).join("\n")).not.toMatch(OF_ANNA);
    });
  });
});

test("what was proved holds no longer when the record is another's: a shop that moved, a file that was replaced", async () => {
  const rows = (name: string, postcode: string) =>
    `Bestellnummer;PLZ;Artikel\r\n1001;${postcode};${name}\r\n`;
  const file = { kind: "csv" as const, name: "Datei", file: rows("Meines", "20099"), of: ["order" as const] };
  await stage.withRegisters([file], async () => {
    const who = newPerson();
    await stage.talk(who, ASK.order.de);
    await stage.talk(who, "1001");
    expect(await stage.talk(who, "20099")).toContain("Meines");
    const [{ id }] = (await stage.stage.rows("select id from lookup.connection")) as [{ id: number }];
    await stage.upload(id, rows("Fremdes", "10115"));
    await stage.talk(who, ASK.order.de);
    expect(await stage.talk(who, "1001")).toContain("Postleitzahl zu 1001?");
    expect(stage.heard(who).join("\n")).not.toContain("Fremdes");
  });
});

test("a code goes by WhatsApp too, to whoever wrote from the order's telephone within a day; SMS there is none", async () => {
  const phone = newPhone();
  reset({ boris: { phone: `+${phone}`, email: "" } });
  await withShops("Boris", async () => {
    await stage.talk(phone, "Guten Tag", "whatsapp");
    const who = newPerson();
    await stage.talk(who, ASK.invoice.de);
    expect(await stage.talk(who, "1001")).toContain("per WhatsApp");
    const code = /: (\d{6})/.exec(stage.heard(phone).at(-1) ?? "")?.[1] ?? "";
    const kept = await stage.stage.rows(
      `select 1 from kernel.message where content::text like '%${code || "no code"}%' and author = 'bot'`,
    );
    expect(kept).toEqual([]);
    expect(await stage.talk(who, code)).toMatch(/Betrag: 22,00/);
    // A day later the provider wants a template, so nothing goes there, and the words are the same.
    stage.stage.here.clock.advance(25 * 3_600_000);
    const sent = stage.heard(phone).length;
    const later = newPerson();
    await stage.talk(later, ASK.invoice.de);
    expect(await stage.talk(later, "1001")).toContain("per WhatsApp");
    expect(stage.heard(phone)).toHaveLength(sent);
  });
});

test("who calls it off, or asks something else, while the shop is asked is asked nothing any more", async () => {
  reset();
  await withShops("Boris", async () => {
    const who = newPerson();
    await stage.talk(who, ASK.order.de);
    await stage.talk(who, "1001");
    await stage.talkWhileAsked(who, "20099", "abbrechen");
    expect(stage.heard(who).at(-1)).toBe("In Ordnung.");
    expect(stage.heard(who).join("\n")).not.toMatch(OF_BORIS);
    const other = newPerson();
    await stage.talk(other, ASK.order.de);
    await stage.talk(other, "1001");
    await stage.talkWhileAsked(other, "99999", "Haben Sie am Sonntag geöffnet?");
    expect(stage.heard(other).at(-1)).toBe("Nein, sonntags ist zu.");
    const found = newPerson();
    await stage.talk(found, ASK.order.de);
    await stage.talk(found, "1001");
    await stage.talkWhileAsked(found, "20099", "Haben Sie am Sonntag geöffnet?");
    // What was asked for is told all the same.
    expect(stage.heard(found).slice(-2).join("\n")).toMatch(/sonntags ist zu[\s\S]*Bohrer/);
  });
});
