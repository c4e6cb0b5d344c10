import type { Config, Kernel } from "#kernel";
import { trainTenant } from "../../skills/service/jobs.ts";
import { readTraining } from "../../skills/service/store/models.ts";
import { learnAnew } from "../../skills/service/store/outdated-models.ts";
import { showProgress } from "./progress.ts";

/** So long an upgrade waits for companies that learn anew; a company of 60 topics takes a few seconds. */
const WAIT_MS = 120_000;

/**
 * Companies whose model an older engine made learn before the node starts and customers write, the most asked first.
 * @param signal ends the waiting; whoever is left learns when the node has started
 * @returns one sentence for the operator; "" when all models are of this engine
 */
export async function learnAhead(
  kernel: Kernel,
  { config, signal, wait_ms = WAIT_MS }: { config: Config; signal: AbortSignal; wait_ms?: number },
): Promise<string> {
  const all = await learnAnew(kernel);
  const asked = outsideCompanies(config);
  const until = Date.now() + wait_ms;
  const progress = showProgress("Learning");
  let learnt = 0;
  for (const [place, tenantId] of all.entries()) {
    if (signal.aborted || Date.now() > until) break;
    progress.report({ step: `company ${place + 1} of ${all.length}`, share: place / all.length });
    // Vectors come from a service that an upgrade does not ask.
    if (asked.has((await kernel.profile(tenantId)).slug)) continue;
    // What fails here is shown at the desk and tried again by its timer.
    await trainTenant(kernel, tenantId).catch(() => {});
    if ((await readTraining(kernel, tenantId)).state === "live") learnt += 1;
  }
  progress.end();
  if (all.length === 0) return "";
  const left = all.length - learnt;
  return [
    `This version understands messages by another model than the one before: ${learnt} of ${all.length} companies have learnt anew.`,
    ...(left > 0
      ? [
          `${left} learn by themselves when the node has started, one every few seconds; until then their customers reach a person.`,
        ]
      : []),
  ].join(" ");
}

function outsideCompanies({ embeddingUrl, embeddingCompanies }: Config): ReadonlySet<string> {
  return new Set(embeddingUrl === "" ? [] : embeddingCompanies.split(",").map((slug) => slug.trim()));
}
