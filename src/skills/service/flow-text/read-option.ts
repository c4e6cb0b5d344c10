import type { Option, Statement } from "./document.ts";
import { isSame } from "./passed.ts";
import type { At } from "./proceed.ts";
import { bareWords, type Said } from "./slot-values.ts";

/** Which option of a question a message chooses. */

/** An id of a question's option: `go:STEP.INDEX.KEY`. */
const OPTION_ID = /^go:([a-z0-9_]+)\.(\d+)\.([a-z0-9_]+)$/;

/** The question and the option of a tapped button; null where it belongs to no flow. */
export function readTap(optionId: string | null): (At & { key: string }) | null {
  const [, step, at, key] = OPTION_ID.exec(optionId ?? "") ?? [];
  return step === undefined || key === undefined ? null : { step, at: Number(at), key };
}

type Choose = Extract<Statement, { kind: "choose" }>;

const titlesOf = ({ texts, key }: Option) =>
  [texts.de ?? "", texts.en ?? "", key].map(bareWords).filter((one) => one !== "");

/** The option that was tapped, or named by its number or title and nothing else. */
export function optionNamed({ options }: Choose, state: At, said: Said): Option | undefined {
  const tap = readTap(said.optionId);
  if (tap && isSame(tap, state)) return options.find(({ key }) => key === tap.key);
  const number = /^([1-9]\d?)[.)]?$/.exec(said.text.trim())?.[1];
  if (number !== undefined) return options[Number(number) - 1];
  const bare = bareWords(said.text);
  return bare === "" ? undefined : options.find((option) => titlesOf(option).includes(bare));
}

/** The only option whose title stands among other words, or the yes or no that was said. */
export function optionMeant({ options }: Choose, { text, request }: Said): Option | undefined {
  const bare = bareWords(text);
  const inside = options.filter((option) =>
    titlesOf(option).some((title) => ` ${bare} `.includes(` ${title} `)),
  );
  const isMeant = bare.split(" ").length <= MOST_CHOICE_WORDS && !NEGATED.test(bare);
  if (inside.length === 1 && isMeant) return inside[0];
  return options.find(({ key }) => key === request);
}

/** In a longer message a title is probably about something else. */
const MOST_CHOICE_WORDS = 8;
/** "Bitte nicht stornieren" chooses anything but that. */
const NEGATED = /(?:^| )(?:nicht|kein\w*|nie|ohne|not|no|dont|don t|never|without)(?= |$)/;
