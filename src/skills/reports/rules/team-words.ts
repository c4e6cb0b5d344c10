import { fold } from "./words.ts";

/** What a field team says about a report. */
export type TeamAct = "accepted" | "done" | "photo" | "no_photo" | "list";
export interface TeamWord {
  act: TeamAct;
  /** The number of the report, where one was named. */
  report: number | null;
}

const ACCEPTED = new Set(
  "angenommen uebernommen uebernehme uebernehmen annehmen accepted accept taken unterwegs".split(" "),
);
const DONE = new Set("erledigt fertig behoben beseitigt done finished fixed solved".split(" "));
const LIST = new Set("meldungen offen offene reports open".split(" "));
/** Words that change nothing beside one of the above; any other word makes it a sentence for people. */
const BESIDE = new Set(
  "meldung report nummer nr no number ist is wird die der das the it jetzt now alles all ok okay danke thanks wir we ich i habe haben have hab sind are auf on my".split(
    " ",
  ),
);

/** @returns null when the words say nothing that a team says about a report, "noch nicht fertig" included */
export function readTeamWord(text: string): TeamWord | null {
  const words = fold(text).split(" ");
  const numbers = words.filter((word) => /^\d{1,15}$/.test(word));
  if (numbers.length > 1) return null;
  const report = numbers.length === 1 ? Number(numbers[0]) : null;
  const said = words.filter((word) => !/^\d{1,15}$/.test(word) && !BESIDE.has(word));
  if (said.length === 0) return null;
  const all = (set: ReadonlySet<string>) => said.every((word) => set.has(word));
  if (all(DONE)) return { act: "done", report };
  if (all(ACCEPTED)) return { act: "accepted", report };
  return all(LIST) && report === null ? { act: "list", report } : null;
}
