import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withdrawConsent } from "#kernel";
import { at, DAY, HOUR, image, openStage, type Stage, tap } from "../../../tests/outside/reports-stage.ts";

/** Reports from the first word to the last answer: real PostgreSQL, a messenger that plays along, a clock that is moved. */

let stage: Stage;
let kindId: number;
let code: string;
let teamId: number;

const kind = (more: object = {}) => ({
  name: { de: "Stau", en: "Traffic jam" },
  keywords: { de: ["stockt"], en: ["jam"] },
  teamId,
  radiusMetres: 150,
  withinHours: 2,
  wantsPhoto: false,
  noticeTopicId: 7,
  ...more,
});

beforeEach(async () => {
  stage = await openStage();
  const team = await stage.call(/Add a field team/, { body: { name: "Straße", language: "de" } });
  teamId = team.id as number;
  code = team.joinCode as string;
  kindId = (await stage.call(/Add a kind/, { body: kind() })).id as number;
});
afterEach(() => stage.here.close());

async function teamJoins(): Promise<void> {
  await stage.says("49team", code);
  await stage.says("49team", "Ja");
  stage.heard("49team");
}

const report = async (id: number) => await stage.call(/One report with/, { params: { id } });
const ids = async () => (await stage.rows("select id from reports.report order by id")).map(({ id }) => id);
const PLACE = at(53.55, 9.99);
/** 111 m north of it. */
const NEAR = at(53.551, 9.99);
/** 222 m north of it. */
const FAR = at(53.552, 9.99);

async function tells(from: string, place = PLACE, text = "Stau, Unfall auf der rechten Spur"): Promise<void> {
  await stage.says(from, text);
  await stage.says(from, place);
}

describe("from the street to the team and back", () => {
  it("the team gets words, place, map and picture, answers by tap, and the reporter hears of both", async () => {
    await teamJoins();
    await stage.says("491", image("Stau, Unfall auf der rechten Spur"));
    await stage.says("491", PLACE);
    expect(stage.heard("491").map(({ text }) => text)).toEqual([
      "Stau: Wo ist das? Schicken Sie Ihren Standort oder schreiben Sie den Ort.",
      "Danke. Ihre Meldung „Stau“ ist aufgenommen. Hier lesen Sie, wenn sich jemand darum kümmert und wenn es erledigt ist.",
    ]);
    const [id] = (await ids()) as number[];
    const [passed] = stage.heard("49team");
    expect(passed?.text.split("\n")).toEqual([
      `Meldung ${id}: Stau`,
      "Karte: https://www.openstreetmap.org/?mlat=53.550000&mlon=9.990000#map=18/53.550000/9.990000",
      "Stau, Unfall auf der rechten Spur",
    ]);
    expect(passed?.content).toMatchObject({
      image: { fileId: expect.any(String) },
      options: [
        { id: `reports:accepted:${id}`, title: "Angenommen" },
        { id: `reports:done:${id}`, title: "Erledigt" },
      ],
    });
    await stage.says("49team", tap(`reports:accepted:${id}`));
    expect(stage.heard("491")[0]?.text).toBe(
      `Ihre Meldung ${id} „Stau“ ist angenommen: Jemand kümmert sich darum.`,
    );
    await stage.says("49team", image(`Meldung ${id} erledigt`));
    const [done] = stage.heard("491");
    expect(done?.text).toBe(`Ihre Meldung ${id} „Stau“ ist erledigt. Danke für den Hinweis.`);
    expect(done?.content).toMatchObject({ image: { fileId: expect.any(String) } });
    expect(await report(id as number)).toMatchObject({
      state: "done",
      reporters: 1,
      passFault: "",
      statements: [{ told: { accepted: "message", done: "message" } }],
    });
    expect(await invalidMessages()).toBe(0);
  });

  it("without a picture of the result the reporter waits ten minutes, with one that follows no longer", async () => {
    await teamJoins();
    await tells("491");
    await tells("492", at(53.6, 9.99));
    const [first, second] = (await ids()) as [number, number];
    for (const from of ["491", "492", "49team"]) stage.heard(from);
    await stage.says("49team", `${first} erledigt`);
    expect(stage.heard("49team")[0]?.text).toContain("Schicken Sie noch ein Foto");
    expect(stage.heard("491")).toEqual([]);
    await stage.says("49team", image());
    expect(stage.heard("491")[0]?.content).toMatchObject({ image: {} });
    await stage.says("49team", `${second} erledigt`);
    expect(stage.heard("492")).toEqual([]);
    stage.here.clock.advance(10 * 60_000);
    await stage.here.settle();
    expect(stage.heard("492")[0]?.text).toContain("ist erledigt");
  });

  it("a team with several open reports is asked which, and hears when there is none", async () => {
    await teamJoins();
    await stage.says("49team", "erledigt");
    expect(stage.heard("49team")[0]?.text).toBe("Es ist keine Meldung offen.");
    await tells("491");
    await tells("492", FAR);
    const [first, second] = (await ids()) as [number, number];
    stage.heard("49team");
    await stage.says("49team", "angenommen");
    expect(stage.heard("49team")[0]?.content).toMatchObject({
      text: "Welche Meldung?",
      options: [{ id: `reports:accepted:${first}` }, { id: `reports:accepted:${second}` }],
    });
    await stage.says("49team", `angenommen ${second}`);
    // One was accepted: "done" can only mean that one.
    await stage.says("49team", "fertig");
    expect(await stage.rows("select id, state from reports.report order by id")).toEqual([
      { id: first, state: "passed" },
      { id: second, state: "done" },
    ]);
    await stage.says("49team", `${second} erledigt`);
    await stage.says("49team", "4711 erledigt");
    expect(
      stage
        .heard("49team")
        .slice(-2)
        .map(({ text }) => text),
    ).toEqual([`Meldung ${second} ist schon erledigt.`, "Eine offene Meldung 4711 hat dieses Team nicht."]);
  });

  it("what the team could not get waits, with its reason, until the team joins", async () => {
    await tells("491");
    const [id] = (await ids()) as [number];
    expect(await report(id)).toMatchObject({ state: "new", passFault: "not_joined" });
    await teamJoins();
    expect(await report(id)).toMatchObject({ state: "passed", passFault: "", team: { name: "Straße" } });
    await stage.says("49stranger", code);
    expect(stage.heard("49stranger").map(({ text }) => text)).not.toContainEqual(
      expect.stringContaining("Feldteam"),
    );
  });

  it("a team that says STOP gets nothing more, and the reason is shown", async () => {
    await teamJoins();
    await stage.says("49team", "STOP");
    await tells("491");
    const [id] = (await ids()) as [number];
    expect(await report(id)).toMatchObject({ state: "new", passFault: "withdrawn" });
    expect(stage.heard("49team").filter(({ text }) => text.startsWith("Meldung"))).toEqual([]);
  });
});

describe("duplicates", () => {
  it("near in place and time join the first, and everybody is told", async () => {
    await teamJoins();
    await tells("491");
    const [id] = (await ids()) as [number];
    await stage.says("49team", tap(`reports:accepted:${id}`));
    await tells("492", NEAR);
    expect(await ids()).toEqual([id]);
    expect(stage.heard("492").at(-1)?.text).toBe(
      `Das ist uns schon gemeldet: Nummer ${id}, jemand kümmert sich. Ihre Meldung gehört jetzt dazu; auch Sie lesen hier, wie es weitergeht.`,
    );
    expect(stage.heard("49team").filter(({ text }) => text.startsWith("Meldung ")).length).toBe(2);
    await tells("493", FAR);
    expect(await ids()).toHaveLength(2);
    for (const from of ["491", "492"]) stage.heard(from);
    await stage.says("49team", image(`${id} erledigt`));
    for (const from of ["491", "492"]) expect(stage.heard(from)[0]?.text).toContain("ist erledigt");
    // What has ended is no duplicate any more.
    await tells("494");
    expect(await ids()).toHaveLength(3);
  });

  it("too long after the last telling is a new report", async () => {
    await tells("491");
    stage.here.clock.advance(2 * HOUR);
    await tells("492");
    expect(await ids()).toHaveLength(2);
  });

  it("told by many at once is one report", async () => {
    const people = Array.from({ length: 12 }, (_, n) => `49${n}`);
    for (const from of people) await stage.says(from, "Stau, alles steht");
    const bodies = people.map((from, n) => ({
      from,
      id: `at once ${n}`,
      content: PLACE,
      at: stage.here.clock.now(),
    }));
    for (const one of bodies)
      await stage.here.ingest.enqueue({
        appId: "app",
        channelId: stage.channelId,
        tenantId: stage.tenantId,
        body: Buffer.from(JSON.stringify([one])),
      });
    await stage.here.settle();
    expect(await stage.rows("select reporters from reports.report")).toEqual([{ reporters: 12 }]);
  });

  it("a timer that runs twice files and tells once", async () => {
    await tells("491");
    const [id] = (await ids()) as [number];
    const before = await stage.rows("select count(*)::int as n from reports.statement");
    const schedule = (kind: string, payload: object) =>
      stage.rows(
        `insert into kernel.timer (tenant_id, kind, key, due_at, payload) values (${stage.tenantId}, '${kind}', 'again', '2026-01-01', '${JSON.stringify(payload)}')`,
      );
    const [statement] = await stage.rows("select * from reports.statement");
    await schedule("reports_file", {
      kindId,
      contactId: statement?.contact_id,
      conversationId: statement?.conversation_id,
      messageId: statement?.message_id,
      language: "de",
      text: "x",
      place: { name: "", latitude: 53.55, longitude: 9.99 },
      photo: null,
      saidAt: stage.here.clock.now(),
    });
    await stage.here.settle();
    expect(await stage.rows("select count(*)::int as n from reports.statement")).toEqual(before);
    await stage.call(/Accept, finish/, { params: { id }, body: { state: "accepted" } });
    await stage.here.settle();
    await schedule("reports_tell", { reportId: id, what: "accepted" });
    await stage.here.settle();
    expect(stage.heard("491").filter(({ text }) => text.includes("angenommen"))).toHaveLength(1);
  });
});

describe("the reason to tell", () => {
  const late = { templates: { de: "meldung_stand", en: null } };

  it("is gone with the window, unless progress was agreed to: then the template goes", async () => {
    await stage.call(/Save a kind/, { params: { id: kindId }, body: kind(late) });
    await tells("491");
    expect(stage.heard("491").at(-1)?.text).toContain("Dürfen wir Ihnen");
    await stage.says("491", "Ja");
    await tells("492", FAR);
    await stage.says("492", "Nein");
    const [first, second] = (await ids()) as [number, number];
    for (const from of ["491", "492"]) stage.heard(from);
    stage.here.clock.advance(2 * DAY);
    for (const id of [first, second])
      await stage.call(/Accept, finish/, { params: { id }, body: { state: "done", note: "Spur frei." } });
    await stage.here.settle();
    expect(stage.heard("491").map(({ content }) => content)).toEqual([
      {
        type: "template",
        name: "meldung_stand",
        language: "de",
        text: `Ihre Meldung ${first} „Stau“ ist erledigt. Danke für den Hinweis.\nSpur frei.`,
        parameters: [String(first), "Stau"],
      },
    ]);
    expect(stage.heard("492")).toEqual([]);
    expect(await told()).toEqual([{ done: "grant" }, { done: "no_grant" }]);
    expect(await invalidMessages()).toBe(0);
  });

  it("ends with STOP after the report, also when the person writes again", async () => {
    await tells("491");
    await stage.says("491", "STOP");
    await stage.says("491", "Moin");
    const [id] = (await ids()) as [number];
    stage.heard("491");
    await stage.call(/Accept, finish/, { params: { id }, body: { state: "done" } });
    await stage.here.settle();
    expect(stage.heard("491")).toEqual([]);
    expect(await told()).toEqual([{ done: "stopped" }]);
  });

  it("a consent that was withdrawn is none", async () => {
    await stage.call(/Save a kind/, { params: { id: kindId }, body: kind(late) });
    await tells("491");
    await stage.says("491", "Ja");
    const contactIds = [await stage.contactOf("491")];
    const { tenantId } = stage;
    await stage.here.kernel.db.tenant(tenantId, (tx) =>
      withdrawConsent(tx, { tenantId, contactIds, how: "portal", now: stage.here.clock.now() }),
    );
    const [id] = (await ids()) as [number];
    stage.here.clock.advance(2 * DAY);
    await stage.call(/Accept, finish/, { params: { id }, body: { state: "done" } });
    await stage.here.settle();
    expect(await told()).toEqual([{ done: "no_grant" }]);
  });
});

const told = async () =>
  (await stage.rows("select told from reports.statement order by id")).map((row) => row.told);
const invalidMessages = async () =>
  (
    await stage.rows(
      "select id from kernel.message where author = 'bot' and status <> 'note' and basis_message is null and basis_grant is null",
    )
  ).length;

describe("an editor", () => {
  it("makes a draft for subscribers by a yes, once, without the words of a person", async () => {
    await tells("491");
    await tells("492", FAR);
    const [first, second] = (await ids()) as [number, number];
    const decide = (id: number, decision: string) =>
      stage.call(/An editor's yes/, { params: { id }, body: { decision } });
    expect((await decide(first, "yes")).notice).toEqual({ state: "yes", noticeId: 101, by: "u1" });
    expect(stage.drafted).toMatchObject([
      { topicId: 7, reference: `report ${first}`, texts: { de: "Stau.", en: "Traffic jam." } },
    ]);
    await expect(decide(first, "no")).rejects.toThrow("rule_broken");
    expect((await decide(second, "no")).notice).toMatchObject({ state: "no", noticeId: null });
    expect(stage.drafted).toHaveLength(1);
  });

  it("is not asked about a kind that becomes no notice", async () => {
    await stage.call(/Save a kind/, { params: { id: kindId }, body: kind({ noticeTopicId: null }) });
    await tells("491");
    const [id] = (await ids()) as [number];
    await expect(
      stage.call(/An editor's yes/, { params: { id }, body: { decision: "yes" } }),
    ).rejects.toThrow("rule_broken");
  });
});

describe("what is kept", () => {
  it("goes with its person: words, place, picture, and the copy that the team reads", async () => {
    await teamJoins();
    await tells("491", PLACE, "Stau, mein Nachbar Meier steht quer");
    await tells("492", NEAR, "Stau, Laster quer");
    const contact = [await stage.contactOf("491")];
    const { tenantId, personalData } = stage;
    const inTenant = stage.here.kernel.db.tenant;
    expect(await inTenant(tenantId, (tx) => personalData.export(tx, contact))).toMatchObject({
      reports: [{ kind: { de: "Stau" }, text: "Stau, mein Nachbar Meier steht quer" }],
      fieldTeams: [],
    });
    await inTenant(tenantId, (tx) => personalData.erase(tx, contact, stage.here.clock.now()));
    const [id] = (await ids()) as [number];
    expect(await report(id)).toMatchObject({ text: "Stau, Laster quer", reporters: 2 });
    const left = await stage.rows(
      "select 1 from kernel.message m join kernel.conversation v on v.id = m.conversation_id where m.content::text like '%Meier%' and m.author = 'bot'",
    );
    expect(left).toEqual([]);
    expect(
      await stage.rows(
        `select 1 from kernel.conversation where preview like '%Meier%' and contact_id <> ${contact[0]}`,
      ),
    ).toEqual([]);
    expect(await inTenant(tenantId, (tx) => personalData.export(tx, contact))).toEqual({
      reports: [],
      fieldTeams: [],
    });
  });

  it("a team's person who is erased leaves no conversation behind", async () => {
    await teamJoins();
    const contact = [await stage.contactOf("49team")];
    const { tenantId, personalData } = stage;
    const inTenant = stage.here.kernel.db.tenant;
    expect(await inTenant(tenantId, (tx) => personalData.export(tx, contact))).toMatchObject({
      fieldTeams: [{ name: "Straße" }],
    });
    await inTenant(tenantId, (tx) => personalData.erase(tx, contact, stage.here.clock.now()));
    await tells("491");
    const [id] = (await ids()) as [number];
    expect(await report(id)).toMatchObject({ passFault: "not_joined" });
  });

  it("ends after 90 days; the number of the report stays", async () => {
    await teamJoins();
    await tells("491");
    const [id] = (await ids()) as [number];
    stage.here.clock.advance(89 * DAY);
    await stage.here.settle();
    expect(await stage.rows("select 1 as one from reports.statement")).toHaveLength(1);
    stage.here.clock.advance(2 * DAY);
    await stage.here.settle();
    expect(await stage.rows("select 1 as one from reports.statement")).toEqual([]);
    expect(await report(id)).toMatchObject({ place: null, text: "", photoFileId: null, reporters: 1 });
    const [copy] = await stage.rows(
      "select m.content ->> 'text' as text from kernel.message m join reports.report r on r.team_message_id = m.id",
    );
    expect(copy?.text).toMatch(/^Meldung \d+: Der Inhalt ist gelöscht/);
  });
});
