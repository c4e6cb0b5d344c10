import type { ProposedTopic } from "../../../../skills/service/api.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { Tag } from "../../../ui/tag.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { useDeciding } from "./use-deciding.ts";

/** What was accepted, dropped or merged, each with the way back. */
export function DecidedList({ topics }: { topics: readonly ProposedTopic[] }) {
  const { t } = useText();
  const merged = topics
    .filter(({ state }) => state === "open")
    .flatMap((into) => into.merged.map((one) => ({ ...one, into: into.title })));
  const decided = topics.filter(({ state }) => state !== "open");
  if (merged.length + decided.length === 0) return null;
  return (
    <Card title={t("proposal.decided")}>
      <ul className="divide-y divide-line">
        {merged.map(({ id, title, into }) => (
          <DecidedRow key={id} id={id} title={title} what={t("proposal.merged", { title: into })} />
        ))}
        {decided.map(({ id, title, state }) => (
          <DecidedRow
            key={id}
            id={id}
            title={title}
            what={t(state === "accepted" ? "proposal.isAccepted" : "proposal.isDropped")}
            isAccepted={state === "accepted"}
          />
        ))}
      </ul>
    </Card>
  );
}

interface RowProps {
  id: number;
  title: string;
  what: string;
  isAccepted?: boolean;
}

function DecidedRow({ id, title, what, isAccepted = false }: RowProps) {
  const { t } = useText();
  const { decide, isPending, error } = useDeciding(id, title);
  return (
    <li className="flex flex-wrap items-center gap-3 py-2.5">
      <div className="min-w-0 flex-1 basis-48">
        <p className="wrap-anywhere">{title}</p>
        {isAccepted ? <Tag kind="ok">{what}</Tag> : <p className="text-small text-ink-2">{what}</p>}
        <FailureRows error={error} />
      </div>
      <Button
        busy={isPending}
        aria-label={t("proposal.undoOf", { title })}
        onClick={() => decide({ do: "undo" }, t("proposal.undone", { title }))}
      >
        {t("proposal.undo")}
      </Button>
    </li>
  );
}
