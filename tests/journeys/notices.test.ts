import { afterAll, beforeAll, expect, test } from "vitest";
import { draft, type NoticesWorld, noticesWorld } from "./notices-world.ts";

/** One company, one story after the other, on a clock of its own. */

let here: NoticesWorld;
let topicId = 0;
beforeAll(async () => {
  here = await noticesWorld();
  topicId = await here.topic();
});
afterAll(() => here?.close());

const texts = (to: string) =>
  here.phones.sent
    .filter((one) => one.to === to)
    .map(({ content }) => ("text" in content ? content.text : ""));

async function send(body: Record<string, unknown>): Promise<number> {
  const { id } = await here.call(/Draft a notice/, { body });
  await here.call(/Send now, or at a time/, { params: { id }, body: {} });
  return id as number;
}

const counts = async (id: number) =>
  (await here.call(/Where it stands/, { params: { id } })).counts as Record<string, number>;

test("a notice reaches whom it concerns, once, in their language, and progress is read from the messages", async () => {
  await here.subscriber({ topicId, to: "u3", choice: { values: { line: ["U3"] } } });
  await here.subscriber({ topicId, to: "u6", choice: { values: { line: ["U6"] } } });
  await here.subscriber({ topicId, to: "all", language: "en" });
  await here.subscriber({ topicId, to: "both", choice: { values: { line: ["U3", "U1"] } } });
  const id = await send(draft(topicId, { values: { line: ["U3", "U1"] } }));
  await here.run(3);
  expect(texts("u3")).toEqual(["Die U3 fährt nicht."]);
  expect(texts("u6")).toEqual([]);
  expect(texts("all")).toEqual(["Line U3 does not run."]);
  expect(texts("both")).toEqual(["Die U3 fährt nicht."]);
  expect(await counts(id)).toMatchObject({ matched: 3, sent: 3, waiting: 0, dropped: 0 });
  expect(await here.call(/^One notice$/, { params: { id } })).toMatchObject({ state: "done" });
});

test("two messages subscribe: what and when, then the yes; the agreed words are kept; the list shows it; its end ends it", async () => {
  await here.say("chatty", "U3 werktags 6 bis 9");
  expect(texts("chatty").at(-1)).toContain("Störungen: U3 (Mo–Fr, 06:00–09:00 Uhr)");
  await here.say("chatty", "Ja, abonnieren", { choice: "notices:yes" });
  expect(texts("chatty").at(-1)).toMatch(/^Gut, Sie hören von uns/);
  const { rows } = await here.world.kernel.db.node.query(
    "select g.purpose, g.topic, g.how, t.text from kernel.consent_grant g join kernel.consent_text t on t.tenant_id = g.tenant_id and t.hash = g.text_hash where g.tenant_id = $1 and g.how = 'message'",
    [here.tenantId],
  );
  expect(rows).toEqual([
    {
      purpose: "notices.service",
      topic: "lines",
      how: "message",
      text: "Hafenbahn darf mir hier Hinweise schicken: Störungen: U3 (Mo–Fr, 06:00–09:00 Uhr). Das endet, sobald ich STOP schreibe.",
    },
  ]);
  await here.say("chatty", "meine Abos");
  expect(texts("chatty").at(-1)).toBe("Das haben Sie abonniert:\n1. Störungen: U3 (Mo–Fr, 06:00–09:00 Uhr)");
  await here.say("chatty", "U3 abbestellen");
  expect(texts("chatty").at(-1)).toBe("Erledigt: Sie bekommen nichts mehr zu Störungen: U3.");
  await here.say("chatty", "meine Abos");
  expect(texts("chatty").at(-1)).toMatch(/^Sie haben nichts abonniert/);
});

test("English is understood, and a topic is chosen from the list", async () => {
  await here.say("english", "my alerts please");
  expect(texts("english").at(-1)).toMatch(/^You have subscribed to nothing/);
  await here.say("english", "subscribe");
  await here.say("english", "Disruptions");
  await here.say("english", "U6 weekends 9 to 12");
  expect(texts("english").at(-1)).toContain("Disruptions: U6 (Sat, Sun, 09:00–12:00)");
  await here.say("english", "yes");
  expect(texts("english").at(-1)).toMatch(/^Good, you will hear from us/);
});

test("a template at the provider carries a notice outside of the window; a paused one does not", async () => {
  const template = await here.call(/Add a template/, {
    body: {
      name: "line_alert",
      language: "de",
      category: "utility",
      body: "Hinweis {{1}}: {{2}}",
      variables: ["topic", "text"],
      state: "approved",
    },
  });
  await here.subscriber({
    topicId,
    to: "4915100",
    channel: "whatsapp",
    choice: { values: { line: ["U1"] } },
  });
  const about = { values: { line: ["U1"] }, texts: { de: "Die U1\nfährt wieder.", en: null } };
  const { id } = await here.call(/Draft a notice/, { body: draft(topicId, about) });
  const { items } = (await here.call(/How many persons/, { params: { id } })) as {
    items: { costClass: string; channel: { kind: string } }[];
  };
  expect(
    items.filter(({ channel }) => channel.kind === "whatsapp").map(({ costClass }) => costClass),
  ).toEqual(["utility"]);
  await here.call(/Send now, or at a time/, { params: { id }, body: {} });
  await here.run(2);
  const got = () => here.phones.sent.filter((one) => one.to === "4915100").map(({ content }) => content);
  expect(got()).toEqual([
    {
      type: "template",
      name: "line_alert",
      language: "de",
      text: "Hinweis Störungen: Die U1 fährt wieder.",
      parameters: ["Störungen", "Die U1 fährt wieder."],
    },
  ]);
  await here.call(/Save a template whole/, {
    params: { id: template.id },
    body: {
      name: "line_alert",
      language: "de",
      category: "utility",
      body: "Hinweis {{1}}: {{2}}",
      variables: ["topic", "text"],
      state: "paused",
    },
  });
  const second = await send(draft(topicId, about));
  await here.run(2);
  expect(got()).toHaveLength(1);
  expect((await counts(second)).reasons).toMatchObject({ template_paused: 1 });
});
