import { beforeAll, expect, test } from "vitest";
import * as api from "#kernel/api";
import * as service from "../../src/skills/service/api.ts";
import { runCommand } from "../node.ts";
import { problemOf } from "../outside/api-client.ts";
import { type Company, newCompany } from "../outside/company.ts";
import { originOf } from "../outside/desk.ts";
import { until } from "../outside/until.ts";
import { Visitor } from "../outside/visitor.ts";
import { type SharedNode, sharedNode } from "../shared-node.ts";

/** A new company takes the pack of its trade, fills in its facts, and customers are answered in its web chat. */

let node: SharedNode;
let company: Company;
let page: string;

beforeAll(async () => {
  node = await sharedNode();
  company = await newCompany(node);
  const channel = await company.owner.call(api.createChannel, {
    body: { kind: "web", name: "Laden", origins: ["https://laden.example"] },
  });
  page = channel.address;
});

const params = { name: "retail" };
const live = () =>
  until(
    "the pack is learnt",
    async () => (await company.owner.call(service.trainingState)).state === "live",
    90_000,
  );

/** What a new customer reads who types this. */
async function answerTo(text: string): Promise<string> {
  const visitor = new Visitor(originOf(node.report), page);
  await visitor.say(text, { language: "de" });
  const answers = await visitor.answers();
  return answers.map((answer) => answer.text).join("\n");
}

test("the list shows the trades; nothing is applied yet", async () => {
  const { items } = await company.owner.call(service.listPacks);
  expect(items.map(({ name }) => name)).toContain("retail");
  expect(items.map(({ name }) => name)).not.toContain("base");
  expect(items.every(({ isApplied }) => !isApplied)).toBe(true);
});

test("applied, the pack's topics stand there; a fact that is missing sends the customer to a person", async () => {
  const applied = await company.owner.call(service.applyPack, {
    params,
    body: {
      languages: ["de"],
      values: [{ name: "opening_hours", language: "de", value: "täglich von 7 bis 22 Uhr" }],
    },
  });
  expect(applied.kept).toEqual([]);
  expect(applied.drafts).toEqual([]);
  const pack = await company.owner.call(service.getPack, { params });
  expect(pack.isApplied).toBe(true);
  expect(applied.added).toBe(pack.topics);
  expect(pack.unfilled).toBe(pack.placeholders - 1);
  expect(pack.topicList.every(({ state }) => state === "applied")).toBe(true);
  await live();
  expect(await answerTo("Öffnungszeiten")).toContain("täglich von 7 bis 22 Uhr");
  const unfilled = await answerTo("Barrierefreiheit");
  expect(unfilled).toContain("Das weiß ein Mensch aus unserem Team");
  expect(unfilled).not.toContain("{{");
  const { items } = await company.owner.call(service.listTopics);
  const open = items.filter((topic) => topic.unfilled).map(({ intent }) => intent);
  expect(open).toContain("accessibility");
  expect(open).not.toContain("opening_hours");
}, 150_000);

test("a fact that cannot stand in an answer is refused, and nothing is kept", async () => {
  const refused = problemOf(
    await company.owner.send(service.applyPack, {
      params,
      body: {
        languages: ["de"],
        values: [
          { name: "email", language: "de", value: "info@laden.example" },
          { name: "phone", language: "de", value: "ruf an" },
        ],
      },
    }),
  );
  expect(refused).toMatchObject({ code: "rule_broken", errors: [{ path: "phone.de" }] });
  const { placeholderList } = await company.owner.call(service.getPack, { params });
  expect(placeholderList.find(({ name }) => name === "email")?.value.de).toBe("");
});

test("filled in later, it is said; what the owner wrote stays", async () => {
  const { items } = await company.owner.call(service.listTopics);
  const id = items.find(({ intent }) => intent === "opening_hours")?.id ?? 0;
  const topic = await company.owner.call(service.getTopic, { params: { id } });
  await company.owner.call(service.replaceTopic, {
    params: { id },
    body: {
      ...topic,
      answers: topic.answers.map((one) => ({ ...one, text: "Immer, wenn Licht brennt." })),
      shown: topic.examples.flatMap((example) => example.id ?? []),
    },
  });
  const again = await company.owner.call(service.applyPack, {
    params,
    body: {
      languages: ["de"],
      values: [{ name: "accessibility", language: "de", value: "Es gibt keine Stufen." }],
    },
  });
  expect(again).toMatchObject({ added: 0, updated: 1, kept: ["opening_hours"] });
  await live();
  expect(await answerTo("Barrierefreiheit")).toContain("Es gibt keine Stufen.");
  expect(await answerTo("Öffnungszeiten")).toContain("Immer, wenn Licht brennt.");
}, 150_000);

test("a second pack shares what both have, and leaves it to the first when it goes", async () => {
  const craft = { params: { name: "craft" } };
  const second = await company.owner.call(service.applyPack, { ...craft, body: { languages: ["de"] } });
  expect(second.drafts).toEqual([]);
  const { topics } = await company.owner.call(service.getPack, craft);
  expect(second.added).toBeLessThan(topics);
  const { items } = await company.owner.call(service.listTopics);
  expect(new Set(items.map(({ intent }) => intent)).size).toBe(items.length);
  const { added } = await company.owner.call(service.applyPack, { ...craft, body: { languages: ["de"] } });
  expect(added).toBe(0);
  const gone = await company.owner.call(service.removePack, craft);
  expect(gone.removed).toBe(second.added);
  const left = await company.owner.call(service.listTopics);
  const retail = await company.owner.call(service.getPack, { params });
  expect(left.items).toHaveLength(retail.topics);
  expect(left.items.every(({ examples }) => examples.de >= 10)).toBe(true);
}, 150_000);

test("the command line says the same, and removing leaves what the owner wrote", async () => {
  const listed = await runCommand(["pack", "list"]);
  expect(listed.stdout).toContain("retail");
  const strange = await runCommand(["pack", "apply", "moon", "--tenant", String(company.id)]);
  expect(strange).toMatchObject({ code: 2 });
  expect(strange.stderr).toContain("There is no pack moon");
  const removed = await company.owner.call(service.removePack, { params });
  expect(removed.kept).toEqual(["opening_hours"]);
  const { items } = await company.owner.call(service.listTopics);
  expect(items.map(({ intent }) => intent)).toEqual(["opening_hours"]);
  const flows = await company.owner.call(service.listFlows);
  expect(flows.items).toEqual([]);
  const twice = problemOf(await company.owner.send(service.removePack, { params }));
  expect(twice.code).toBe("not_found");
}, 150_000);
