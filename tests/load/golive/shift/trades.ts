import { readFileSync } from "node:fs";
import { readCsv } from "#kernel";
import { readPacks } from "../../../../src/skills/service/adapters/pack-files.ts";
import { OUT_OF_SCOPE } from "../../../../src/skills/service/engine/index.ts";
import {
  tenant as hansekontor,
  knowDemo,
  readQuestions,
} from "../../../../src/skills/service/fixtures/hansekontor.ts";
import { makeStoredFlows } from "../../../../src/skills/service/flows/stored-flows.ts";
import { anyCompany, knowLueders, knowPack } from "../known.ts";
import { type Labelled, meet, type Outcome } from "./outcome.ts";

/** Trades whose messages are labelled by who wrote them, and were never learnt: only there "wrong" can be counted. */

export interface Trade {
  readonly name: string;
  readonly outcomes: readonly Outcome[];
}

const DEMO = new URL("../../../../demo/", import.meta.url);
const NOBODY = "none";

/** @param say told before each training, which takes seconds */
export async function readTrades(say: (sentence: string) => void): Promise<Trade[]> {
  const { packs } = await readPacks();
  const trades: Trade[] = [];
  for (const pack of packs.values()) {
    if (pack.messages.length === 0) continue;
    say(`${pack.name}: training, and asking ${pack.messages.length} messages`);
    const desk = { known: knowPack(pack), hasRegister: false };
    const messages = pack.messages.map((one) => labelled(one, OUT_OF_SCOPE));
    trades.push({ name: pack.name, outcomes: messages.map((one) => meet(desk, anyCompany, one)) });
  }
  say("the demo companies: training, and asking their held-out questions");
  const texts = ["damaged_goods", "return_parcel", "order_case"].map((name, place) => ({
    id: place + 1,
    name,
    version: 1,
    text: readFileSync(new URL(`hansekontor/flows/${name}.flow`, DEMO), "utf8"),
  }));
  const shop = {
    known: { ...knowDemo(), flows: makeStoredFlows(texts, () => undefined) },
    hasRegister: true,
  };
  const maker = { known: await knowLueders(), hasRegister: true };
  return [
    ...trades,
    {
      name: "Hansekontor (shop, with its orders)",
      outcomes: readQuestions().map((one) => meet(shop, hansekontor, labelled(one, NOBODY))),
    },
    {
      name: "Schraubenwerk Lüders (maker, with its orders)",
      outcomes: luedersQuestions().map((one) => meet(maker, anyCompany, one)),
    },
  ];
}

function labelled(
  { text, language, intent }: { text: string; language: "de" | "en"; intent: string },
  stranger: string,
): Labelled {
  return { text, language, intent: intent === stranger ? null : intent };
}

/** Written by hand for the journey of both demo companies. */
function luedersQuestions(): Labelled[] {
  const file = readFileSync(new URL("lueders/test-questions.csv", DEMO), "utf8");
  return readCsv(file)
    .records.slice(1)
    .map(({ fields: [text = "", intent = "", lang = ""] }) =>
      labelled({ text, intent, language: lang === "en" ? "en" : "de" }, NOBODY),
    );
}
