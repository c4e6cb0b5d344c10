import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { deleteApiKey, type listApiKeys, type ReplyOf } from "#kernel/api";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { Answers, Dialog } from "../../../ui/dialog.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useNow } from "../../text/use-now.ts";
import { useText } from "../../text/use-text.ts";

type ApiKey = ReplyOf<typeof listApiKeys>["items"][number];

/** The keys without their secrets; revoking counts at once, hence the question. */
export function KeyTable({ keys }: { keys: readonly ApiKey[] }) {
  const { t, format } = useText();
  const now = useNow();
  const [asked, setAsked] = useState<ApiKey | null>(null);
  return (
    <Card title={t("keys.count", { count: keys.length })}>
      {keys.length === 0 && <p className="text-ink-2">{t("keys.none")}</p>}
      <ul className="divide-y divide-line border-t-[1.5px] border-ink">
        {keys.map((key) => (
          <li key={key.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-3">
            <div className="mr-auto min-w-0">
              <p className="font-strong">{key.name}</p>
              <p className="text-small text-ink-2">
                <code className="font-mono text-tiny">{key.prefix}…</code> · {t(`role.${key.role}`)} ·{" "}
                {t("keys.made", { date: format.date(key.createdAt) })} ·{" "}
                {key.lastUsedAt
                  ? t("keys.used", { when: format.moment(key.lastUsedAt, now) })
                  : t("keys.unused")}
              </p>
            </div>
            <Button variant="danger" onClick={() => setAsked(key)}>
              {t("keys.revoke")}
            </Button>
          </li>
        ))}
      </ul>
      {asked && <RevokeDialog apiKey={asked} onClose={() => setAsked(null)} />}
    </Card>
  );
}

function RevokeDialog({ apiKey, onClose }: { apiKey: ApiKey; onClose(): void }) {
  const { t } = useText();
  const client = useQueryClient();
  const keep = useRef<HTMLButtonElement>(null);
  const revoking = useMutation({
    mutationFn: () => call(deleteApiKey, { params: { id: apiKey.id } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["api-keys"] });
      onClose();
    },
  });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("keys.revokeTitle", { name: apiKey.name })}
      closeLabel={t("close")}
      focusFirst={keep}
    >
      <p>{t("keys.revokeText")}</p>
      <FailureRows error={revoking.error} />
      <Answers
        safe={{ label: t("keys.keep"), onClick: onClose, ref: keep }}
        act={{
          label: t("keys.revoke"),
          onClick: () => revoking.mutate(),
          busy: revoking.isPending,
          danger: true,
        }}
      />
    </Dialog>
  );
}
