import { type AnyRoute, AppError, type House, route } from "#kernel";
import {
  decideProposedTopic,
  getIntake,
  type Intake,
  listIntakes,
  type ProposedTopic,
  removeIntake,
  sendIntakePart,
  startIntake,
} from "../api.ts";
import { noteChange } from "../store/changes.ts";
import { KNOWLEDGE } from "../store/heads.ts";
import { type IntakeTx, inIntakes } from "../store/intake-tables.ts";
import {
  type IntakeRow,
  insertIntake,
  keepPart,
  readIntake,
  readIntakes,
  removeIntake as removeRow,
} from "../store/intakes.ts";
import {
  acceptProposed,
  dropProposed,
  listProposed,
  mergeProposed,
  type ProposedRow,
  renameProposed,
  undoProposed,
} from "../store/proposed-topics.ts";

/** A company's archive comes in, and a person decides what becomes of the topics it speaks of. */
export function intakeRoutes(house: House): readonly AnyRoute[] {
  const now = () => house.clock.now();
  return [
    route(listIntakes, async ({ actor: { tenantId } }) => {
      const rows = await inIntakes(house, tenantId, (tx) => readIntakes(tx, tenantId, null));
      return { items: rows.map(shown) };
    }),
    route(startIntake, async ({ actor: { tenantId }, body }) => {
      const { name, url = null, bytes = 0, own } = body;
      return inIntakes(house, tenantId, async (tx) => {
        const id = await insertIntake(tx, tenantId, { name, url, bytes, own }, now());
        return shown(await readIntake(tx, tenantId, id));
      });
    }),
    route(sendIntakePart, ({ actor: { tenantId }, params, body }) => {
      const part = { intakeId: params.id, place: body.place, bytes: Buffer.from(body.data, "base64") };
      return inIntakes(house, tenantId, (tx) => keepPart(tx, tenantId, part, now()));
    }),
    route(getIntake, async ({ actor: { tenantId }, params }) =>
      inIntakes(house, tenantId, async (tx) => {
        const row = await readIntake(tx, tenantId, params.id);
        return { ...shown(row), topics: topicsOf(await listProposed(tx, tenantId, params.id)) };
      }),
    ),
    route(removeIntake, async ({ actor: { tenantId }, params }) => {
      const isGone = await inIntakes(house, tenantId, (tx) => removeRow(tx, tenantId, params.id));
      if (!isGone) throw new AppError("not_found");
      return { ok: true as const };
    }),
    route(decideProposedTopic, async ({ actor: { tenantId }, params: { id }, body }) => {
      const at = new Date(now());
      const change = async (tx: IntakeTx): Promise<{ topicId: number | null; isNews: boolean }> => {
        switch (body.do) {
          case "rename":
            await renameProposed(tx, tenantId, { ...body, id });
            return { topicId: null, isNews: false };
          case "accept":
            return { topicId: await acceptProposed(tx, tenantId, { ...body, id }, at), isNews: true };
          case "merge":
            await mergeProposed(tx, tenantId, { id, into: body.into }, at);
            return { topicId: null, isNews: false };
          case "drop":
            await dropProposed(tx, tenantId, id, at);
            return { topicId: null, isNews: false };
          case "undo":
            return { topicId: null, isNews: await undoProposed(tx, tenantId, id) };
        }
      };
      const { topicId, isNews } = await inIntakes(house, tenantId, async (tx) => {
        const done = await change(tx);
        if (done.isNews) await noteChange(tx, tenantId, now());
        return done;
      });
      if (isNews) await house.announce(KNOWLEDGE, tenantId);
      return { topicId };
    }),
  ];
}

function shown(row: IntakeRow): Intake {
  const { id, name, state, bytes, done, fault, counts, open } = row;
  return {
    id,
    name,
    state,
    share: state === "reading" && bytes > 0 ? Math.min(1, done / bytes) : null,
    fault,
    counts,
    open,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  };
}

/** A proposal with all that was merged into it, however deep. */
function topicsOf(rows: readonly ProposedRow[]): ProposedTopic[] {
  const into = new Map<number, ProposedRow[]>();
  for (const row of rows)
    if (row.merged_into !== null) into.set(row.merged_into, [...(into.get(row.merged_into) ?? []), row]);
  const below = (id: number): ProposedRow[] => (into.get(id) ?? []).flatMap((row) => [row, ...below(row.id)]);
  return rows.flatMap((row): ProposedTopic[] => {
    const { id, title, language, state, answers, alike } = row;
    if (state === "merged") return [];
    const merged = below(id);
    return [
      {
        id,
        title,
        language,
        state,
        answers,
        alike,
        asked: [row, ...merged].reduce((sum, { asked }) => sum + asked, 0),
        examples: [...new Set([row, ...merged].flatMap(({ examples }) => examples))].slice(0, 500),
        answer: row.answer ?? merged.find(({ answer }) => answer !== null)?.answer ?? null,
        merged: merged.map((one) => ({ id: one.id, title: one.title })),
        topicId: row.added?.topicId ?? null,
      },
    ];
  });
}
