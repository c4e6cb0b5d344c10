import { setTimeout as sleep } from "node:timers/promises";
import { APP, numberOf, waIdOf } from "../node/companies.ts";
import type { Installation } from "../node/installation.ts";
import { sureQuestions } from "../node/knowledge.ts";
import { Poster } from "../traffic/poster.ts";
import { signer, wamidOf } from "../traffic/whatsapp.ts";

/** Rank of the company that is asked, one that no other traffic of the run uses much. */
const ASKED = 900;
const CANDIDATES = 240;
const LIMIT_MS = 60_000;

/**
 * Questions that the bot answers with one message and without a person, found by asking the node itself. After a
 * hand-over a bot is silent, so only with these "every message is answered" can be counted.
 */
export async function findSureQuestions(installation: Installation): Promise<string[]> {
  const { companies, node, sql } = installation;
  const first = companies[ASKED - 1]?.firstCustomer ?? 0;
  const sign = signer(APP);
  const poster = new Poster(node.url, 8);
  const candidates = sureQuestions().slice(0, CANDIDATES);
  const size = companies[ASKED - 1]?.customers ?? 1;
  for (const [n, text] of candidates.entries()) {
    const webhook = sign.message({
      phoneNumberId: numberOf(companies, first + (n % size)),
      // Each question from a person of its own.
      customer: { waId: `${waIdOf(first)}${n}`, name: `Probe ${n}` },
      wamid: wamidOf(`probe.${n}`),
      sentAtMs: Date.now(),
      text,
    });
    poster.post(webhook, () => {});
  }
  await poster.drain(LIMIT_MS);
  await poster.close();
  const until = performance.now() + LIMIT_MS;
  for (;;) {
    const { rows } = await sql.query<{ wamid: string; answers: number; state: string }>(
      `select q.external_id as wamid, c.state, (select count(*)::int from kernel.message a where a.conversation_id = q.conversation_id and a.author = 'bot') as answers
        from kernel.message q join kernel.conversation c on c.id = q.conversation_id where q.author = 'customer'`,
    );
    if (rows.length < candidates.length && performance.now() < until) {
      await sleep(200);
      continue;
    }
    const good = new Set(
      rows.filter((row) => row.answers === 1 && row.state === "bot").map((row) => row.wamid),
    );
    return candidates.filter((_, n) => good.has(wamidOf(`probe.${n}`)));
  }
}
