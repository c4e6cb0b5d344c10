import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Check, X } from "lucide-react";
import type { ReplyOf } from "#kernel/api";
import { decideProposals, type listProposals } from "../../../../skills/service/api.ts";
import { call } from "../../../client/call.ts";
import { Button, IconButton } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useNow } from "../../text/use-now.ts";
import { useText } from "../../text/use-text.ts";

export type Inbox = ReplyOf<typeof listProposals>;
type Proposal = Inbox["items"][number];

/** Each proposal with what the automatic answers had made of it; accepted one by one or all at once. */
export function InboxCard({ inbox }: { inbox: Inbox }) {
  const { t } = useText();
  const client = useQueryClient();
  const deciding = useMutation({
    mutationFn: (body: { accept: number[]; reject: number[] }) => call(decideProposals, { body }),
    onSettled: () => client.invalidateQueries({ queryKey: ["knowledge"] }),
  });
  const { items } = inbox;
  return (
    <Card
      title={t("inbox.open", { count: inbox.open })}
      aside={
        <Button
          variant="primary"
          busy={deciding.isPending}
          onClick={() => deciding.mutate({ accept: items.map(({ id }) => id), reject: [] })}
        >
          {t("inbox.acceptAll", { count: items.length })}
        </Button>
      }
    >
      <FailureRows error={deciding.error} />
      <ul className="divide-y divide-line">
        {items.map((proposal) => (
          <ProposalRow
            key={proposal.id}
            proposal={proposal}
            onAccept={() => deciding.mutate({ accept: [proposal.id], reject: [] })}
            onReject={() => deciding.mutate({ accept: [], reject: [proposal.id] })}
          />
        ))}
      </ul>
    </Card>
  );
}

interface RowProps {
  proposal: Proposal;
  onAccept(): void;
  onReject(): void;
}

function ProposalRow({ proposal, onAccept, onReject }: RowProps) {
  const { t, format } = useText();
  const now = useNow();
  const { text, topic, heldFor, conversationId, proposedAt, language, origin } = proposal;
  return (
    <li className="flex items-start gap-2 py-2.5">
      <div className="min-w-0 flex-1">
        <p lang={language} className="font-strong wrap-anywhere">
          {text}
        </p>
        <p className="text-small">
          {topic ? t("inbox.is", { topic: topic.title }) : t("inbox.isNone")}
          {heldFor && heldFor.id !== topic?.id && (
            <span className="text-ink-2"> · {t("inbox.heldFor", { topic: heldFor.title })}</span>
          )}
          {origin === "choice" && <span className="text-ink-2"> · {t("inbox.chosen")}</span>}
          <span className="text-ink-2">
            {" · "}
            <Link
              to="/conversations/$id"
              params={{ id: conversationId }}
              className="underline underline-offset-4 hover:text-ink"
            >
              {t("inbox.conversation")}, {format.moment(proposedAt, now)}
            </Link>
          </span>
        </p>
      </div>
      <IconButton icon={Check} label={t("inbox.acceptOf", { text })} onClick={onAccept} />
      <IconButton icon={X} label={t("inbox.rejectOf", { text })} onClick={onReject} />
    </li>
  );
}
