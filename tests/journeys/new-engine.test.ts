import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig } from "#kernel";
import { type World, world } from "#kernel/testing";
import { learnAhead } from "../../src/cli/backup/learn-ahead.ts";
import { hours } from "../../src/skills/service/fixtures/hansekontor.ts";
import { openService } from "../../src/skills/service/skill.ts";
import { TRAIN } from "../../src/skills/service/store/changes.ts";
import { importKnowledge } from "../../src/skills/service/store/import.ts";
import { readTraining } from "../../src/skills/service/store/models.ts";
import { asOwner } from "./backup-world.ts";

/** After an upgrade whose engine cannot read the models of the one before. */

const service = openService({ hours });
let here: World;
beforeAll(async () => {
  here = await world({ parts: (kernel) => ({ timers: service.skill.timers?.(kernel) ?? {} }) });
});
afterAll(() => here?.close());

async function learntCompany(words: string, asked: number): Promise<number> {
  const { id } = await here.tenant();
  const examples = ["where is my", "has somebody seen my", "when comes my"].map(
    (ask) => `${ask} ${words},about_it`,
  );
  const other = ["how do i pay", "can i pay by card", "which cards do you take"].map(
    (ask) => `${ask},paying`,
  );
  await importKnowledge(here.kernel, id, {
    language: "en",
    examples: `text,intent\n${[...examples, ...other].join("\n")}\n`,
  });
  await here.kernel.db.node.query(
    "insert into service.topic_count (tenant_id, topic_id, asked) select tenant_id, min(id), $2 from service.topic where tenant_id = $1 group by 1",
    [id, asked],
  );
  here.clock.advance(20_000);
  await here.settle();
  expect(await readTraining(here.kernel, id)).toMatchObject({ state: "live" });
  return id;
}

/** Models as the engine before wrote them: another mark at their head. */
async function ageModels(): Promise<void> {
  await asOwner(here.kernel.db.address, async (client) => {
    await client.query(
      "insert into service.model select 'old ' || key, overlay(bytes placing 'AHE0'::bytea from 1 for 4), report, created_at from service.model",
    );
    for (const table of ["tenant_model", "version"])
      await client.query(
        `update service.${table} set model_key = 'old ' || model_key where model_key is not null`,
      );
    await client.query("delete from service.model where key not like 'old %'");
  });
}

const waiting = async () =>
  (
    await here.kernel.db.node.query<{ tenant_id: number; due_at: Date }>(
      "select tenant_id, due_at from kernel.timer where kind = $1 order by due_at",
      [TRAIN],
    )
  ).rows;

test("every company learns anew when a worker begins, the most asked first, and none waits for a customer", async () => {
  const [seldom, often] = [await learntCompany("bicycle", 3), await learntCompany("umbrella", 300)];
  expect(await service.skill.begin?.(here.kernel)).toEqual([]);
  expect(await waiting()).toEqual([]);
  await ageModels();
  expect(await service.skill.begin?.(here.kernel)).toEqual([often, seldom]);
  const [first, second] = await waiting();
  expect([first?.tenant_id, second?.tenant_id]).toEqual([often, seldom]);
  // What is changed meanwhile is learnt between two of them.
  expect(second?.due_at.getTime()).toBeGreaterThan(first?.due_at.getTime() ?? 0);
  // Another node, or the next start, does not begin anew.
  expect(await service.skill.begin?.(here.kernel)).toEqual([]);
  here.clock.advance(60_000);
  await here.settle();
  for (const id of [seldom, often])
    expect(await readTraining(here.kernel, id)).toMatchObject({ state: "live" });
  expect(await waiting()).toEqual([]);
});

test("an upgrade has them learn before the node starts, as long as it may wait, and says who is left", async () => {
  const companies = await Promise.all(["scarf", "bucket"].map((words) => learntCompany(words, 1)));
  const config = readConfig({ dataDir: here.kernel.config.dataDir }, {});
  const { signal } = new AbortController();
  const { kernel } = here;
  expect(await learnAhead(kernel, { config, signal })).toBe("");
  await ageModels();
  // Nobody waited: the timers have them.
  expect(await learnAhead(kernel, { config, signal, wait_ms: -1 })).toMatch(
    /0 of 4 companies have learnt anew\. 4 learn by themselves when the node has started/,
  );
  here.clock.advance(60_000);
  await here.settle();
  await ageModels();
  expect(await learnAhead(kernel, { config, signal })).toMatch(/4 of 4 companies have learnt anew\.$/);
  for (const id of companies) expect(await readTraining(kernel, id)).toMatchObject({ state: "live" });
});
