import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Pencil, X } from "lucide-react";
import { useState } from "react";
import { type Colleague, createColleague, deleteColleague } from "../../../../skills/colleagues/api.ts";
import { call } from "../../../client/call.ts";
import { IconButton } from "../../../ui/button.tsx";
import { Card, Waiting } from "../../../ui/card.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { colleaguesQuery } from "../../conversations/colleagues/queries.ts";
import { isManager, useMe } from "../../session/session.ts";
import { Failure, FailureRows } from "../../shell/failure.tsx";
import { Page } from "../../shell/page.tsx";
import { useText } from "../../text/use-text.ts";
import { ColleagueForm } from "./colleague-form.tsx";
import { RulesCard } from "./rules-card.tsx";

/** Whom agents may ask by mail, and the company's rules for it. */
export function ColleaguesPage() {
  const { t } = useText();
  const mayChange = isManager(useMe());
  const list = useQuery(colleaguesQuery);
  const mailbox = list.data?.mailbox ?? null;
  return (
    <Page title={t("colleagues.title")} subtitle={t("colleagues.subtitle")}>
      {list.isPending && <Waiting rows={3} label={t("colleagues.loading")} />}
      {list.error && (
        <Failure error={list.error} title={t("colleagues.notLoaded")} retry={() => void list.refetch()} />
      )}
      {list.data && (
        <div className="grid gap-5">
          <p className="text-small">
            {mailbox === null ? (
              <StateLine kind="warn">{t("colleagues.noMailbox")}</StateLine>
            ) : (
              t("colleagues.mailbox", { address: mailbox })
            )}
            {!mayChange && ` ${t("colleagues.onlyManagers")}`}
          </p>
          <div className="grid items-start gap-5 xl:grid-cols-[1.18fr_1fr]">
            <Card title={t("colleagues.list")}>
              <People items={list.data.items} mayChange={mayChange} />
            </Card>
            {mayChange && (
              <div className="grid gap-5">
                <Card title={t("colleagues.addTitle")}>
                  <ColleagueForm />
                </Card>
                <RulesCard key={JSON.stringify(list.data.settings)} settings={list.data.settings} />
              </div>
            )}
          </div>
        </div>
      )}
    </Page>
  );
}

function People({ items, mayChange }: { items: readonly Colleague[]; mayChange: boolean }) {
  const { t } = useText();
  const client = useQueryClient();
  const [editing, setEditing] = useState<number | null>(null);
  const changed = () => void client.invalidateQueries({ queryKey: colleaguesQuery.queryKey });
  const restoring = useMutation({
    mutationFn: ({ id: _, ...body }: Colleague) => call(createColleague, { body }),
    onSuccess: changed,
  });
  const removing = useMutation({
    mutationFn: ({ id }: Colleague) => call(deleteColleague, { params: { id } }),
    onSuccess: (_, one) => {
      changed();
      const undo = { label: t("undo"), onClick: () => restoring.mutate(one) };
      showToast({ text: t("colleagues.removed", { name: one.name }), undo });
    },
  });
  if (items.length === 0)
    return (
      <>
        <p className="font-strong">{t("colleagues.empty")}</p>
        <p className="mt-1 max-w-[60ch] text-ink-2">{t("colleagues.emptyText")}</p>
        <FailureRows error={restoring.error} />
      </>
    );
  return (
    <>
      <FailureRows error={removing.error ?? restoring.error} />
      <ul className="divide-y divide-line border-t-[1.5px] border-ink">
        {items.map((one) => (
          <li key={one.id} className="py-3">
            <div className="flex items-start gap-3">
              <div className="min-w-0 flex-1 wrap-anywhere">
                <p>
                  <span className="font-strong">{one.name}</span>{" "}
                  <span className="text-tiny text-ink-2">{t(`language.${one.language}`)}</span>
                </p>
                <p className="text-small text-ink-2">{[one.email, one.topic].filter(Boolean).join(" · ")}</p>
              </div>
              {mayChange && (
                <>
                  <IconButton
                    icon={Pencil}
                    label={t("colleagues.edit", { name: one.name })}
                    aria-expanded={editing === one.id}
                    onClick={() => setEditing(editing === one.id ? null : one.id)}
                  />
                  <IconButton
                    icon={X}
                    label={t("colleagues.remove", { name: one.name })}
                    onClick={() => removing.mutate(one)}
                  />
                </>
              )}
            </div>
            {editing === one.id && (
              <div className="mt-3">
                <ColleagueForm colleague={one} onDone={() => setEditing(null)} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
