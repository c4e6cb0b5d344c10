import type { FlowDocument } from "./document.ts";
import { type At, type Next, type Outcome, type RunState, statementAt, type Words } from "./proceed.ts";
import { readAgreement, readChangeOfMind } from "./requests.ts";
import { backRun, continueRun, repeatRun, servedRun, startRun } from "./run.ts";
import type { ServiceAnswer } from "./service-call.ts";
import type { RunContext, Said, Values } from "./slot-values.ts";

/** A flow played without a conversation: by the simulator of the page, and by the example dialogues. */

export type Input =
  | {
      readonly kind: "customer";
      readonly text: string;
      readonly photo?: boolean;
      readonly optionId?: string | null;
    }
  | { readonly kind: "service"; readonly status: number | null; readonly body: string };

export type Standing = "new" | "waiting" | "calling" | "done" | "person" | "cancelled" | "elsewhere";

/** What one input brought. */
export interface Beat {
  readonly says: readonly Words[];
  readonly standing: Standing;
  readonly path: readonly At[];
  /** Where the flow waits; null when it is over. */
  readonly at: At | null;
  readonly values: Values;
  /** What the team would read, where it hands over. */
  readonly summary: string | null;
}

/** Plays one flow, input by input. */
export class Dialogue {
  private readonly document: FlowDocument;
  private readonly context: RunContext;
  private state: RunState | null = null;
  private standing: Standing = "new";

  constructor(document: FlowDocument, context: RunContext) {
    this.document = document;
    this.context = context;
  }

  take(input: Input): Beat {
    if (input.kind === "service")
      return this.serve(
        input.status === null ? { failed: "too_slow" } : { status: input.status, body: input.body },
      );
    const said: Said = {
      text: input.text,
      optionId: input.optionId ?? null,
      request: readAgreement(input.text),
      photo: input.photo ?? false,
    };
    if (this.standing === "new") return this.show(startRun(this.document, said, { context: this.context }));
    if (!this.state) return this.over([]);
    const wish = readChangeOfMind(input.text);
    if (wish === "person") return this.leave("person");
    // What is being posted cannot be taken back.
    if (wish === "cancel" && this.request?.method !== "POST") return this.leave("cancelled");
    if (this.standing === "calling") return this.still();
    if (wish === "back") return this.show(backRun(this.document, this.state, this.context));
    const outcome = continueRun(this.document, this.state, { said, context: this.context });
    return this.show(outcome ?? repeatRun(this.document, this.state, this.context));
  }

  private serve(answer: ServiceAnswer): Beat {
    if (!this.state || this.standing !== "calling") return this.over([]);
    const outcome = servedRun(this.document, this.state, { answer, context: this.context });
    if (outcome) return this.show(outcome);
    // A second try finds the same answer here: an example says once what the service does.
    this.state = { ...this.state, calling: this.state.calling + 1 };
    return this.serve(answer);
  }

  private show({ says, next, path }: Outcome): Beat {
    this.standing = STANDINGS[next.kind];
    this.state = next.kind === "wait" || next.kind === "call" ? next.state : null;
    const text = next.kind === "person" && next.text !== null ? [{ text: next.text }] : [];
    return {
      ...this.over(path),
      says: [...says, ...text],
      ...(next.kind === "person" && { summary: next.summary, values: next.values }),
    };
  }

  private leave(standing: "person" | "cancelled"): Beat {
    const values = this.state?.values ?? {};
    this.state = null;
    this.standing = standing;
    return { ...this.over([]), values };
  }

  private still(): Beat {
    return this.over([]);
  }

  private over(path: readonly At[]): Beat {
    const { state, standing } = this;
    return {
      says: [],
      standing,
      path,
      at: state && { step: state.step, at: state.at },
      values: state?.values ?? {},
      summary: null,
    };
  }

  /** What the service is asked, while it is. */
  get request(): { method: string; url: string } | null {
    const call =
      this.standing === "calling" && this.state ? statementAt(this.document, this.state) : undefined;
    return call?.kind === "call" ? { method: call.method, url: call.url } : null;
  }
}

const STANDINGS: Readonly<Record<Next["kind"], Standing>> = {
  wait: "waiting",
  call: "calling",
  done: "done",
  person: "person",
  start: "elsewhere",
  answer: "elsewhere",
};
