import { translate } from "#kernel";
import { catalogue } from "./describe.ts";

/** The advocate's warning about a thing stops advertising of the same thing: a decision about a person, so it is stored. */

/** Name and version, as it stands with every decision. */
export const VETO_RULE = "notices.veto/1";

/** A warning that objects. */
export interface Objection {
  readonly rule: string;
  /** The last day on which it objects, YYYY-MM-DD. */
  readonly until: string;
  /** What warning and advertising are both about. */
  readonly subjects: readonly string[];
}

/** Everything the rule is given: the same inputs give the same outcome. */
export interface VetoInputs {
  /** The company's day, YYYY-MM-DD. */
  readonly today: string;
  readonly notice: number;
  readonly objection: Objection;
}

/** Pure. */
export function judgeVeto({ today, objection }: VetoInputs): "vetoed" | "sent" {
  return objection.subjects.length > 0 && objection.until >= today ? "vetoed" : "sent";
}

/** One sentence in each language, for the customer's own page. */
export function explainVeto(title: string, { until }: Objection): { de: string; en: string } {
  const say = (language: "de" | "en") => {
    const day = new Intl.DateTimeFormat(language === "de" ? "de-DE" : "en-GB", {
      dateStyle: "long",
      timeZone: "UTC",
    });
    const values = { title, until: day.format(Date.parse(`${until}T00:00:00Z`)) };
    return translate(catalogue, { language, form: "sie" }, "vetoed", values);
  };
  return { de: say("de"), en: say("en") };
}
