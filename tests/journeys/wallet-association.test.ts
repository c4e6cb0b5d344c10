import { beforeAll, describe, expect, test } from "vitest";
import * as pay from "../../src/skills/pay/api.ts";
import { camtFile } from "../../src/skills/pay/fixtures/camt-file.ts";
import * as wallet from "../../src/skills/wallet/api.ts";
import type { ApiClient } from "../outside/api-client.ts";
import { Association, type Member } from "../outside/association.ts";
import { type Company, newCompany } from "../outside/company.ts";
import { Phone } from "../outside/phone.ts";
import { until } from "../outside/until.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";

/** A town's coin from its name to its last cent: councils that sign, coins that are backed, euro that come and go. */

const RESERVE = "DE02120300000000202051";
const ACCOUNT = "DE89370400440532013000";
const TODAY = new Date().toISOString().slice(0, 10);

let node: SharedNode;
let town: Association;
let shop: Company;
let anna: Member;
let bo: Member;
let cem: Member;
let dora: Member;
let phone: Phone;
let payee: wallet.TillMembership;

beforeAll(async () => {
  node = await sharedNode();
  town = await Association.open(node);
  shop = await newCompany(node);
}, 180_000);

async function bring(client: ApiClient, file: string): Promise<void> {
  const report = await client.call(pay.importStatements, {
    body: { name: "auszug.xml", content: Buffer.from(file, "utf8").toString("base64") },
  });
  expect(report.refused, JSON.stringify(report)).toEqual([]);
}
const setup = () => town.owner.call(wallet.getCoin);
const publicPage = (slug: string) => town.stranger.call(wallet.getPublicCoin, { query: { company: slug } });
const slugOf = async () => (await setup()).page.split("/").at(-1) as string;
const cents = async (one: Phone) => (await one.me()).balance / 10_000;

describe("before it begins", () => {
  test("without a coin there is none; what it is called is saved once, by the newest revision", async () => {
    expect(await town.owner.call(wallet.getCoinRoom)).toEqual({ coin: "none", takes: 0 });
    expect((await setup()).state).toBe("none");
    const wrong = await town.owner.refused(wallet.saveCoin, {
      body: { ...(await asSaved()), iban: "DE02120300000000202052" },
    });
    expect(wrong.errors?.[0]?.path).toBe("iban");
    const licence = await town.owner.refused(wallet.saveCoin, {
      body: { ...(await asSaved()), legal: "issuer" },
    });
    expect(licence.detail).toContain("no_licence");
    expect(await town.save()).toMatchObject({ state: "draft", symbol: "HT", legal: "voucher", revision: 1 });
    expect((await town.owner.refused(wallet.saveCoin, { body: await asSaved() })).code).toBe("conflict");
    expect((await town.save({ revision: 1, name: "Hafentaler" })).revision).toBe(2);
  });

  async function asSaved() {
    const { name, symbol, legal, holder, iban } = {
      name: "Hafentaler",
      symbol: "HT",
      legal: "voucher" as const,
      holder: "Hafenmarkt e. V.",
      iban: RESERVE,
    };
    return { name, symbol, legal, holder, iban, governorsNeeded: 2, attestorsNeeded: 1, revision: 0 };
  }

  test("it does not begin before so many have keys as must sign", async () => {
    anna = await town.join("governors", "Anna");
    const few = await town.owner.refused(wallet.beginCoin, { body: { revision: (await setup()).revision } });
    expect(few.detail).toContain("too_few");
    bo = await town.join("governors", "Bo");
    cem = await town.join("governors", "Cem");
    const gone = await town.join("governors", "Wer geht");
    town.members.governors.pop();
    await town.owner.call(wallet.leaveCouncil, { params: { id: gone.id } });
    dora = await town.join("attestors", "Dora");
    // Who begins has seen who sits in the councils: a seat that was taken meanwhile is another revision.
    expect((await town.owner.refused(wallet.beginCoin, { body: { revision: 2 } })).code).toBe("conflict");
    const begun = await town.owner.call(wallet.beginCoin, { body: { revision: (await setup()).revision } });
    expect(begun).toMatchObject({ state: "open", ledger: { supply: 0, councils: { governors: 2 } } });
    expect(begun.council.map(({ name, isSeated }) => [name, isSeated])).toEqual([
      ["Anna", true],
      ["Bo", true],
      ["Cem", true],
      ["Dora", true],
    ]);
    expect(await town.owner.call(wallet.getCoinRoom)).toEqual({ coin: "open", takes: 0 });
    expect((await town.owner.refused(wallet.leaveCouncil, { params: { id: anna.id } })).detail).toContain(
      "begun",
    );
  });
});

describe("councils", () => {
  test("the reserve is what an imported statement says, signed by whoever attests", async () => {
    expect(await town.owner.call(wallet.prefillAttestation)).toEqual({ found: null });
    const settings = await town.owner.call(pay.getPaySettings);
    const { missing: _m, gaps: _g, ...kept } = settings;
    await town.owner.call(pay.savePaySettings, {
      body: { ...kept, holder: "Hafenmarkt e. V.", iban: ACCOUNT, otherAccounts: [RESERVE] },
    });
    await bring(
      town.owner,
      camtFile({ id: "R1", iban: RESERVE, opening: "1000.00", closing: "1000.00", day: TODAY, entries: [] }),
    );
    const { found } = await town.owner.call(wallet.prefillAttestation);
    expect(found).toMatchObject({ amountMinor: 100_000, currency: "EUR" });
    const { amountMinor, statedAt, statement } = found ?? { amountMinor: 0, statedAt: "", statement: "" };
    const what = { kind: "attest" as const, asset: "EUR" as const, amountMinor, statedAt, statement };
    const done = await town.decide(what, [dora]);
    expect(done).toMatchObject({ state: "applied", council: "attestors", needed: 1 });
    const { ledger, attestations } = await setup();
    expect(ledger?.attested).toMatchObject([{ asset: "EUR", amount: 100_000, statement }]);
    expect(attestations).toMatchObject([{ amount: 100_000, statement }]);
  });

  test("any two of three bring coins about; another's seat, a wrong and a missing signature count nothing", async () => {
    const proposal = await town.propose({ kind: "mint", amountMinor: 60_000 }, "Zum Stadtfest");
    expect(proposal.bodies).toHaveLength(3);
    const params = { id: proposal.id };
    const signatures = town.signaturesOf(proposal, anna);
    const foreign = { account: anna.account, signatures };
    expect((await bo.api.refused(wallet.signProposal, { params, body: foreign })).detail).toContain(
      "not_yours",
    );
    const wrong = { account: bo.account, signatures };
    expect((await bo.api.refused(wallet.signProposal, { params, body: wrong })).detail).toContain(
      "bad_signature",
    );
    const short = { account: anna.account, signatures: signatures.slice(1) };
    expect((await anna.api.refused(wallet.signProposal, { params, body: short })).detail).toContain(
      "bad_signature",
    );
    expect((await setup()).ledger?.supply).toBe(0);
    const one = await town.sign(proposal, cem);
    expect(one).toMatchObject({ state: "open", note: "Zum Stadtfest" });
    const both = await town.sign(one, anna);
    expect(both).toMatchObject({ state: "applied", result: "applied" });
    expect((await setup()).ledger).toMatchObject({ supply: 600_000_000, exchange: { balance: 600_000_000 } });
    const late = await bo.api.refused(wallet.signProposal, {
      params,
      body: { account: bo.account, signatures: town.signaturesOf(proposal, bo) },
    });
    expect(late.detail).toContain("closed");
  });

  test("more than the reserve is refused, whoever signs, and says why; a proposal is taken back", async () => {
    const refused = await town.decide({ kind: "mint", amountMinor: 40_001 }, [anna, bo]);
    expect(refused).toMatchObject({ state: "refused", result: "not_backed" });
    expect(refused.sentence.de).toContain("Rücklage");
    expect((await setup()).ledger?.supply).toBe(600_000_000);
    const open = await town.propose({ kind: "mint", amountMinor: 1 });
    const gone = await town.owner.call(wallet.withdrawProposal, { params: { id: open.id } });
    expect(gone.state).toBe("withdrawn");
    const after = { account: anna.account, signatures: town.signaturesOf(open, anna) };
    expect(
      (await anna.api.refused(wallet.signProposal, { params: { id: open.id }, body: after })).detail,
    ).toContain("closed");
    const { items } = await town.owner.call(wallet.listCoinProposals, { query: { state: "all" } });
    expect(items.map(({ state }) => state)).toEqual(["withdrawn", "refused", "applied", "applied"]);
  });

  test("the same key is the same proposal, with other content a conflict", async () => {
    const body = { key: "once", what: { kind: "mint" as const, amountMinor: 5 }, note: "" };
    const first = await town.owner.call(wallet.propose, { body });
    expect((await town.owner.call(wallet.propose, { body })).id).toBe(first.id);
    const other = { ...body, what: { kind: "mint" as const, amountMinor: 6 } };
    expect((await town.owner.refused(wallet.propose, { body: other })).code).toBe("conflict");
    await town.owner.call(wallet.withdrawProposal, { params: { id: first.id } });
  });

  test("a new member makes a key, gets a seat, and is taken in", async () => {
    const eva = await town.join("governors", "Eva");
    const isSeated = async () => (await setup()).council.find(({ id }) => id === eva.id)?.isSeated;
    expect(await isSeated()).toBe(false);
    const early = await town.decide(
      { kind: "council", council: "governors", needed: 2, members: [anna.id, bo.id, eva.id] },
      [anna, bo],
    );
    expect(early).toMatchObject({ state: "refused", result: "bad_members" });
    expect(await town.decide({ kind: "seat", member: eva.id }, [anna, cem])).toMatchObject({
      state: "applied",
    });
    expect(await isSeated()).toBe(true);
    const members = [anna.id, bo.id, eva.id];
    const changed = await town.decide({ kind: "council", council: "governors", needed: 2, members }, [
      bo,
      cem,
    ]);
    expect(changed.state).toBe("applied");
    const next = await town.propose({ kind: "mint", amountMinor: 10_000 });
    expect(next.signers.map(({ name }) => name)).toEqual(["Anna", "Bo", "Eva"]);
    await town.sign(next, eva);
    expect(await town.sign(next, anna)).toMatchObject({ state: "applied" });
  });
});

describe("coins and euro", () => {
  test("at the counter: an invitation, a wallet, coins; never more than the exchange has", async () => {
    const { invitation, link } = await town.owner.call(wallet.inviteCustomer, {
      body: { label: "Schalter" },
    });
    expect(link).toMatch(/\/wallet#i=\d+\.[0-9a-f]{32}$/);
    const sale = { key: "s1", to: invitation, amountMinor: 5_000, by: "cash" as const, isIdentified: false };
    const early = await town.owner.refused(wallet.sellCoins, { body: sale });
    expect(early.detail).toContain("not_opened");
    phone = await new Phone(town.stranger).open(invitation);
    expect(await town.owner.call(wallet.sellCoins, { body: sale })).toMatchObject({ state: "done" });
    expect(await town.owner.call(wallet.sellCoins, { body: sale })).toMatchObject({ amountMinor: 5_000 });
    expect(await cents(phone)).toBe(5_000);
    const much = { ...sale, key: "s2", to: phone.account, amountMinor: 10_000_000 };
    expect((await town.owner.refused(wallet.sellCoins, { body: much })).detail).toContain("too_much");
    const nobody = { ...sale, key: "s3", to: "0".repeat(32) };
    expect((await town.owner.refused(wallet.sellCoins, { body: nobody })).detail).toContain(
      "unknown_account",
    );
    const { items } = await town.owner.call(wallet.listSales);
    expect(items).toMatchObject([{ by: "cash", state: "done", account: phone.account }]);
    const { items: history } = await phone.api.call(wallet.listMovements);
    expect(history).toMatchObject([{ kind: "bought", amount: 50_000_000 }]);
  });

  test("by a payment request: the coins come when the bank's statement says that the euro are there", async () => {
    const body = { amountMinor: 2_500, key: "b1" };
    const { payUrl } = await phone.api.call(wallet.buyCoins, { body });
    expect((await phone.api.call(wallet.buyCoins, { body })).payUrl).toBe(payUrl);
    const other = await phone.api.refused(wallet.buyCoins, { body: { ...body, amountMinor: 2_600 } });
    expect(other.code).toBe("conflict");
    const page = town.stranger.with({ authorization: `Pay ${payUrl.split("#")[1]}` });
    const { reference, owedMinor } = await page.call(pay.getPayPage);
    expect(owedMinor).toBe(2_500);
    expect(await cents(phone)).toBe(5_000);
    const entry = { amount: "25.00", name: "Anna Krug", reference, bankReference: "E1" };
    await bring(
      town.owner,
      camtFile({ id: "K1", iban: ACCOUNT, opening: "0.00", closing: "25.00", day: TODAY, entries: [entry] }),
    );
    await until("the coins are there", async () => (await cents(phone)) === 7_500 || null);
    const first = await until("the sale is noted", async () => {
      const [one] = (await town.owner.call(wallet.listSales)).items;
      return one?.state === "done" ? one : null;
    });
    expect(first).toMatchObject({ by: "request", amountMinor: 2_500, isTakenBack: false });
    const report = await town.owner.call(wallet.getCoinReport);
    expect(report).toMatchObject({ soldMinor: 7_500, thresholdMinor: 100_000_000 });
  }, 60_000);

  test("a merchant takes the coin, is paid, and gets euro for it by a file for the bank", async () => {
    const { invitation } = await town.owner.call(wallet.inviteMerchant, { body: { name: "Fischhaus" } });
    const body = { invitation: String(invitation), redeemHolder: "Fischhaus GmbH", redeemIban: ACCOUNT };
    const wrong = { ...body, redeemIban: "DE00" };
    expect((await shop.owner.refused(wallet.acceptMembership, { body: wrong })).errors?.[0]?.path).toBe(
      "redeemIban",
    );
    await shop.owner.call(wallet.acceptMembership, { body });
    payee = await until("the till is open", async () => {
      const [one] = (await shop.owner.call(wallet.getTill)).items;
      return one?.state === "open" ? one : null;
    });
    const { items } = await town.owner.call(wallet.listMerchants);
    expect(items).toMatchObject([{ name: "Fischhaus", state: "open", invitation: null, balanceMinor: 0 }]);
    const asked = await shop.owner.call(wallet.createTillRequest, {
      body: { key: "r1", amountMinor: 3_000, title: "Matjes", membershipId: payee.id },
    });
    expect(await phone.pay(asked.link)).toMatchObject({ result: "applied" });
    const much = { key: "x", amountMinor: 3_001 };
    expect((await shop.owner.refused(wallet.askRedemption, { body: much })).detail).toContain("not_enough");
    const redeem = { key: "x1", amountMinor: 2_000 };
    expect(await shop.owner.call(wallet.askRedemption, { body: redeem })).toMatchObject({
      state: "accepted",
      holder: "Fischhaus GmbH",
    });
    expect(await shop.owner.call(wallet.askRedemption, { body: redeem })).toMatchObject({
      amountMinor: 2_000,
    });
    expect((await town.owner.call(wallet.listRedemptions)).waiting).toBe(1);
    const file = await town.owner.call(wallet.makeRedemptionFile);
    const xml = Buffer.from(file.content, "base64").toString("utf8");
    expect(xml).toContain("<CtrlSum>20.00</CtrlSum>");
    expect(xml).toContain(`<CdtrAcct><Id><IBAN>${ACCOUNT}</IBAN></Id></CdtrAcct>`);
    expect(xml).toContain(`<DbtrAcct><Id><IBAN>${RESERVE}</IBAN></Id></DbtrAcct>`);
    expect((await town.owner.refused(wallet.makeRedemptionFile)).detail).toContain("nothing_waits");
    const [payout] = (await town.owner.call(wallet.listRedemptions)).items;
    const paid = await town.owner.call(wallet.endRedemption, { params: { id: payout?.id ?? 0 } });
    expect(paid.state).toBe("paid");
    const own = await shop.owner.call(wallet.listOwnRedemptions);
    expect(own.items).toMatchObject([{ state: "paid", amountMinor: 2_000 }]);
  });

  test("what came back is burned by the governors, and the supply falls by it", async () => {
    const before = (await setup()).ledger?.supply ?? 0;
    const body = { key: "burn", amountMinor: 2_000 };
    const { preburn } = await town.owner.call(wallet.handIn, { body });
    expect((await town.owner.call(wallet.handIn, { body })).preburn).toBe(preburn);
    expect((await setup()).ledger?.preburns).toEqual([{ id: preburn, amount: 20_000_000 }]);
    const [, , eva] = town.members.governors.filter(({ name }) => name !== "Cem");
    expect(await town.decide({ kind: "burn", preburn }, [anna, eva as Member])).toMatchObject({
      state: "applied",
    });
    expect((await setup()).ledger).toMatchObject({ supply: before - 20_000_000, preburns: [] });
  });

  test("an account is stopped for a reason and let go again; limits hold", async () => {
    const freeze = { kind: "freeze" as const, account: phone.account, reason: "Beschluss des Gerichts" };
    expect(await town.decide({ ...freeze, isFrozen: true }, [anna, bo])).toMatchObject({ state: "applied" });
    const asked = await shop.owner.call(wallet.createTillRequest, {
      body: { key: "r2", amountMinor: 100, title: "Brötchen" },
    });
    expect(await phone.pay(asked.link)).toMatchObject({ result: "frozen" });
    expect(await town.decide({ ...freeze, isFrozen: false }, [anna, bo])).toMatchObject({ state: "applied" });
    const limit = { kind: "limit" as const, role: "customer" as const, holdingMinor: 5_000, dayMinor: null };
    expect(await town.decide(limit, [anna, bo])).toMatchObject({ state: "applied" });
    const over = await town.owner.call(wallet.sellCoins, {
      body: { key: "s9", to: phone.account, amountMinor: 900, by: "cash", isIdentified: true },
    });
    expect(over).toMatchObject({ state: "failed" });
    expect(over.sentence.en).not.toBe("");
  });

  test("euro that come while the exchange is short are not lost: the sale waits, says why, and is tried again", async () => {
    const { payUrl } = await phone.api.call(wallet.buyCoins, { body: { amountMinor: 9_000_000, key: "b2" } });
    const page = town.stranger.with({ authorization: `Pay ${payUrl.split("#")[1]}` });
    const { reference } = await page.call(pay.getPayPage);
    const before = await cents(phone);
    const entry = { amount: "90000.00", name: "Anna Krug", reference, bankReference: "E2" };
    await bring(
      town.owner,
      camtFile({
        id: "K2",
        iban: ACCOUNT,
        opening: "25.00",
        closing: "90025.00",
        day: TODAY,
        entries: [entry],
      }),
    );
    const sale = await until("the ledger has said no", async () => {
      const [one] = (await town.owner.call(wallet.listSales)).items;
      return one?.amountMinor === 9_000_000 && one.sentence.en !== "" ? one : null;
    });
    expect(sale).toMatchObject({ by: "request", state: "waiting", isTakenBack: false });
    expect(await cents(phone)).toBe(before);
    const more = {
      key: "s99",
      to: phone.account,
      amountMinor: 100,
      by: "cash" as const,
      isIdentified: false,
    };
    // What is owed already is not sold a second time at the counter.
    expect((await town.owner.refused(wallet.sellCoins, { body: more })).detail).toContain("too_much");
  }, 60_000);
});

describe("for everybody", () => {
  test("the public page says what is there, without a name of anybody", async () => {
    const slug = await slugOf();
    const shown = await until("what is owed is published", async () => {
      const one = await publicPage(slug);
      return one.sealed ? one : null;
    });
    const supply = (await setup()).ledger?.supply ?? 0;
    expect(shown).toMatchObject({ supply, isCovered: true, isStale: false, merchants: ["Fischhaus"] });
    expect(shown.coverage).toBe(Math.floor((100_000 * 1_000) / (supply / 10_000)) / 10);
    expect(shown.series.at(-1)?.reserveMinor).toBe(100_000);
    expect(JSON.stringify(shown)).not.toMatch(/Anna|Dora|DE02|DE89/);
    expect(
      (await town.stranger.refused(wallet.getPublicCoin, { query: { company: "nobody-here" } })).code,
    ).toBe("not_found");
  }, 60_000);

  test("another company sees none of it", async () => {
    const other = await newCompany(node);
    expect((await other.owner.call(wallet.getCoin)).state).toBe("none");
    expect((await other.owner.refused(wallet.listCoinProposals)).code).toBe("not_found");
    expect((await other.owner.call(wallet.listSales)).items).toEqual([]);
    expect((await other.owner.call(wallet.listRedemptions)).items).toEqual([]);
    expect((await other.owner.call(wallet.listMerchants)).items).toEqual([]);
  });
});
