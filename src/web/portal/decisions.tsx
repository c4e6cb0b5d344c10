/** @jsxImportSource preact */
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { FailureLine } from "../customer-page/failure-line.tsx";
import { usePortal } from "./context.ts";
import type { Contested, PortalData, PortalDecision } from "./contract.ts";
import { useCall } from "./use-call.ts";

const LONGEST_WORDS = 2_000;

/** What was decided without a person: one sentence each, and the way to a person. */
export function DecisionList({ decisions }: { decisions: PortalData["decisions"] }) {
  const { format, words } = usePortal();
  return (
    <section class="decisions" aria-labelledby="decisions-title">
      <h2 id="decisions-title">{words.decisions.title}</h2>
      {decisions.items.length === 0 ? (
        <p class="empty">{words.decisions.none}</p>
      ) : (
        <>
          <p class="quiet">{words.decisions.lead}</p>
          <ul>
            {decisions.items.map((decision) => (
              <DecisionRow key={decision.id} decision={decision} />
            ))}
          </ul>
        </>
      )}
      {decisions.more > 0 && <p class="quiet small">{words.decisions.more(format.number(decisions.more))}</p>}
    </section>
  );
}

function DecisionRow({ decision }: { decision: PortalDecision }) {
  const { format, language, say, words } = usePortal();
  const [contested, setContested] = useState<Contested | null>(
    decision.contestedAt ? { contestedAt: decision.contestedAt, dueAt: null } : null,
  );
  const [isOpen, setOpen] = useState(false);
  const close = (result: Contested | null) => {
    setOpen(false);
    if (!result) return;
    setContested(result);
    say(words.decisions.contested(format.day(result.contestedAt)));
  };
  return (
    <li class="decision">
      <h3>{decision.explanation[language]}</h3>
      <p class="quiet small">{words.decisions.made(format.time(decision.madeAt))}</p>
      <Basis decision={decision} />
      {contested ? (
        <p class="contested">
          {words.decisions.contested(format.day(contested.contestedAt))}{" "}
          {contested.dueAt && words.decisions.answerBy(format.time(contested.dueAt))}
        </p>
      ) : isOpen ? (
        <ContestForm decision={decision} onDone={close} />
      ) : (
        <button type="button" class="button" onClick={() => setOpen(true)}>
          {words.decisions.contest}
        </button>
      )}
    </li>
  );
}

/** The rule and what went into it, as it was stored: enough to replay the decision. */
function Basis({ decision }: { decision: PortalDecision }) {
  const { words } = usePortal();
  const rows = Object.entries(decision.inputs);
  return (
    <details>
      <summary>{words.decisions.basis}</summary>
      <dl class="basis">
        <Pair term={words.decisions.rule} text={decision.rule} />
        <Pair term={words.decisions.outcome} text={decision.outcome} />
        {rows.map(([name, value]) => (
          <Pair key={name} term={name} text={typeof value === "string" ? value : JSON.stringify(value)} />
        ))}
      </dl>
    </details>
  );
}

function Pair({ term, text }: { term: string; text: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{text}</dd>
    </div>
  );
}

function ContestForm({
  decision,
  onDone,
}: {
  decision: PortalDecision;
  onDone(result: Contested | null): void;
}) {
  const { client, words } = usePortal();
  const { failure, isBusy, run } = useCall();
  const [text, setText] = useState("");
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  useEffect(() => field.current?.focus(), []);
  const send = (event: Event) => {
    event.preventDefault();
    run(() => client.contest(decision.id, text), onDone);
  };
  return (
    <form class="inline-form" onSubmit={send}>
      <label for={id}>{words.decisions.question}</label>
      <p class="quiet small" id={`${id}-help`}>
        {words.decisions.help}
      </p>
      <textarea
        id={id}
        ref={field}
        rows={3}
        maxLength={LONGEST_WORDS}
        aria-describedby={`${id}-help`}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <div class="buttons">
        <button type="submit" class="button primary" aria-busy={isBusy}>
          {words.decisions.send}
        </button>
        <button type="button" class="button" onClick={() => onDone(null)}>
          {words.cancel}
        </button>
      </div>
      <FailureLine text={failure} />
    </form>
  );
}
