import { AppError } from "#kernel";
import { lawFault } from "../rules/law-words.ts";
import type { LawRefusal } from "../rules/working-hours.ts";

/** The working hours act refuses a round; who plans many rounds at once says which and why. */
export class LawRefused extends AppError {
  readonly refusal: LawRefusal;

  constructor(refusal: LawRefusal, timeZone: string) {
    super("rule_broken", lawFault(refusal, timeZone));
    this.refusal = refusal;
  }
}
