import { setTimeout as sleep } from "node:timers/promises";
import { request } from "undici";
import { pssBytes } from "../machine/processes.ts";
import { APP, numberOf, waIdOf } from "../node/companies.ts";
import { testQuestions, VARIANTS } from "../node/knowledge.ts";
import { Poster } from "../traffic/poster.ts";
import { signer, wamidOf } from "../traffic/whatsapp.ts";
import type { Bench, Figure, Reading } from "./figure.ts";
import { drained } from "./parties.ts";

const CACHE_MB = 400;

/** Every company is asked once, so that the worker needs the model of each. */
export const modelMemory: Figure = {
  name: "model-memory",
  title: `models in memory: 1,600 tenants, ${VARIANTS} distinct models`,
  goal: `shared by content, cache <= ${CACHE_MB} MB, misses counted`,
  measure,
};

async function measure(bench: Bench): Promise<Reading> {
  const installation = await bench.installation("empty", { MODEL_CACHE_MEGABYTES: String(CACHE_MB) });
  const { companies, node, sql } = installation;
  await sleep(3_000);
  const before = pssBytes(node.workerPid());
  const sign = signer(APP);
  const poster = new Poster(node.url, 16);
  const questions = testQuestions();
  const rounds = bench.times(3);
  for (let round = 0; round < rounds; round++) {
    for (const company of companies) {
      const customer = company.firstCustomer;
      const webhook = sign.message({
        phoneNumberId: numberOf(companies, customer),
        customer: { waId: `${waIdOf(customer)}${round}`, name: "Kundin" },
        wamid: wamidOf(`model.${round}.${company.rank}`),
        sentAtMs: Date.now(),
        text: questions[company.rank % questions.length] as string,
      });
      poster.post(webhook, () => {});
    }
    await poster.drain(60_000);
    await drained(installation, 60_000);
  }
  await poster.close();
  await sleep(2_000);
  const grownMb = Math.round((pssBytes(node.workerPid()) - before) / 2 ** 20);
  const { rows } = await sql.query<{ models: number; bytes: string }>(
    "select count(*)::int as models, sum(length(bytes)) as bytes from service.model where key in (select model_key from service.tenant_model)",
  );
  const figures = await modelFigures(node.url);
  const stored = rows[0];
  const cacheMb = figures ? figures.bytes / 2 ** 20 : null;
  return {
    measured: figures
      ? `${figures.entries} models in ${(cacheMb as number).toFixed(0)} MB, ${figures.misses} misses of ${figures.hits + figures.misses} (worker grew by ${grownMb} MB)`
      : `worker grew by ${grownMb} MB for ${stored?.models} models; the node shows no count of misses`,
    meets: figures ? (cacheMb as number) <= CACHE_MB && (stored?.models ?? 0) >= 50 : null,
    values: {
      models: stored?.models,
      storedBytes: Number(stored?.bytes),
      figures,
      grownMb,
      companies: companies.length,
      rounds,
    },
    notes: [
      `${stored?.models} distinct models stored in ${Math.round(Number(stored?.bytes) / 2 ** 20)} MB; each company asked ${rounds} times`,
    ],
  };
}

interface Figures {
  entries: number;
  bytes: number;
  hits: number;
  misses: number;
}

/** As the node shows them to its operator; null where it does not. */
async function modelFigures(url: string): Promise<Figures | null> {
  const { body } = await request(`${url}/metrics`);
  const text = await body.text();
  const value = (name: string): number | null => {
    const found = new RegExp(`^${name}(?:\\{[^}]*\\})? ([\\d.e+]+)`, "m").exec(text);
    return found ? Number(found[1]) : null;
  };
  const [entries, bytes, hits, misses] = [
    "ah_models",
    "ah_model_cache_bytes",
    "ah_model_hits_total",
    "ah_model_misses_total",
  ].map(value);
  if (entries == null || bytes == null || hits == null || misses == null) return null;
  return { entries, bytes, hits, misses };
}
