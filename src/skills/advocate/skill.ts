import { fileURLToPath } from "node:url";
import { defineSkill, localDate, type SkillManifest } from "#kernel";
import { advocateTurn } from "./flows/index.ts";
import { topicNames } from "./flows/topic-names.ts";
import { catalogue } from "./flows/words.ts";
import { advocateTimers } from "./jobs.ts";
import type { Vetoes, WarningTemplates } from "./ports.ts";
import { advocateRoutes } from "./routes/index.ts";
import { subjectsOf } from "./rules/subjects.ts";
import { erasePerson, exportPerson, KEEP_DAYS, personNumbers } from "./store/personal-data.ts";
import { PURPOSE } from "./store/round.ts";
import { openRulesOff } from "./store/rules-off.ts";
import { type Objection, vetoes as readVetoes } from "./store/warnings.ts";
import type { AdvocateTables } from "./tables.ts";

/**
 * Warns customers in their own interest, also when it costs a sale.
 * @param templates carry a warning where a provider's window is closed; null = it then waits
 */
export const openAdvocate = ({ templates }: { templates: WarningTemplates | null }): SkillManifest =>
  defineSkill({
    id: "advocate",
    migrations: fileURLToPath(new URL("./migrations", import.meta.url)),
    purposes: [
      {
        id: PURPOSE,
        legalBasis: "consent",
        text: {
          de: "Wir warnen Sie in Ihrem Interesse: vor Vertragsende, Rückruf, Leihfrist, Garantieende, Preissenkung, Doppelkauf, und wenn ein anderer Tarif besser passt.",
          en: "We warn you in your interest: of contract ends, recalls, loans due, warranty ends, price drops, buying twice, and when another tariff suits you better.",
        },
        keepDays: KEEP_DAYS,
      },
    ],
    topicNames,
    events: {},
    personNumbers,
    messages: catalogue,
    routes: advocateRoutes,
    flow(house) {
      const rulesOff = openRulesOff(house);
      return {
        prepare: (tenantIds) => rulesOff.prepare(tenantIds),
        turn: (turn) => advocateTurn(turn, rulesOff.of(turn.tenant.id)),
      };
    },
    timers: (house) => advocateTimers(house, templates),
    personalData: { export: exportPerson, erase: erasePerson },
  });

/** What the advocate objects to, for rooms that send promotions. */
export const vetoes: Vetoes = {
  async vetoed(house, { tenantId, contactIds, about, now }) {
    const { timeZone } = await house.profile(tenantId);
    const asked = { tenantId, contactIds, subjects: subjectsOf(about), today: localDate(now, timeZone) };
    return house.db.tenant<Map<number, Objection>, AdvocateTables>(tenantId, (tx) => readVetoes(tx, asked));
  },
};
