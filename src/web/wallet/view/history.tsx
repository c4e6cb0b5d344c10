/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import { FailureLine } from "../../customer-page/failure-line.tsx";
import type { Movement } from "../contract.ts";
import { usePage } from "./context.ts";
import { Part } from "./parts.tsx";

/** Everything that happened to the account. */
export function History({ movements }: { movements: readonly Movement[] }) {
  const { words, session, state } = usePage();
  const [isBusy, setBusy] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const more = async () => {
    setBusy(true);
    setFailed(false);
    await session.loadOlder().catch(() => setFailed(true));
    setBusy(false);
  };
  return (
    <Part title={words.history.title}>
      <MovementList movements={movements} />
      {state.older !== null && (
        <button type="button" class="button" aria-busy={isBusy} onClick={() => isBusy || void more()}>
          {words.history.more}
        </button>
      )}
      <FailureLine text={hasFailed ? words.failures.offline : null} />
    </Part>
  );
}

/** Newest first; what belongs to a request leads to its receipt. */
export function MovementList({ movements }: { movements: readonly Movement[] }) {
  const { words, format } = usePage();
  if (movements.length === 0) return <p class="empty">{words.history.empty}</p>;
  return (
    <ul class="movements">
      {movements.map((one) => (
        <li key={one.id}>
          <span class="what">
            <What movement={one} />
            <span class="small quiet">
              {words.history.kinds[one.kind]} · {format.day(one.at)}, {format.clock(one.at)}
            </span>
          </span>
          <span class="amount">{format.change(one.amount)}</span>
        </li>
      ))}
    </ul>
  );
}

function What({ movement: { merchant, title, requestKey, kind } }: { movement: Movement }) {
  const { words, go } = usePage();
  const text = title || merchant || words.history.kinds[kind];
  const shown = title && merchant ? `${title} · ${merchant}` : text;
  if (requestKey === null) return <span class="strong">{shown}</span>;
  return (
    <button type="button" class="text-button" onClick={() => go({ name: "request", place: requestKey })}>
      {shown}
    </button>
  );
}
