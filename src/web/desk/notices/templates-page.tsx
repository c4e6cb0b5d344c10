import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReplyOf } from "#kernel/api";
import { deleteNoticeTemplate, type listNoticeTemplates } from "../../../skills/notices/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card, Waiting } from "../../ui/card.tsx";
import { Tag, type TagKind } from "../../ui/tag.tsx";
import { showToast } from "../../ui/toast.tsx";
import { isManager, useMe } from "../session/session.ts";
import { Failure, FailureRows } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";
import { NoticesFrame } from "./notices-frame.tsx";
import { noticeTemplatesQuery } from "./queries.ts";
import { RemoveButton } from "./remove-button.tsx";
import { TemplateForm } from "./template-form.tsx";

export type NoticeTemplate = ReplyOf<typeof listNoticeTemplates>["items"][number];

/** WhatsApp's templates for notices, with what the provider thinks of each. */
export function TemplatesPage() {
  const { t } = useText();
  const templates = useQuery(noticeTemplatesQuery);
  const mayWrite = isManager(useMe());
  const items = templates.data?.items;
  return (
    <NoticesFrame title={t("templates.title")} subtitle={t("templates.subtitle")}>
      <div className="grid items-start gap-5 xl:grid-cols-[1.18fr_1fr]">
        <Card title={t("templates.count", { count: items?.length ?? 0 })}>
          {templates.isPending && <Waiting rows={3} label={t("notices.loading")} />}
          {templates.error && (
            <Failure
              error={templates.error}
              title={t("templates.notLoaded")}
              retry={() => void templates.refetch()}
            />
          )}
          {items?.length === 0 && <p className="text-ink-2">{t("templates.none")}</p>}
          {items && items.length > 0 && (
            <ul className="divide-y divide-line border-t-[1.5px] border-ink">
              {items.map((template) => (
                <Row key={template.id} template={template} mayWrite={mayWrite} />
              ))}
            </ul>
          )}
        </Card>
        {mayWrite && (
          <Card title={t("templates.add")}>
            <TemplateForm template={null} />
          </Card>
        )}
      </div>
    </NoticesFrame>
  );
}

const kinds: Record<NoticeTemplate["state"], TagKind> = {
  pending: "info",
  approved: "ok",
  rejected: "bad",
  paused: "warn",
  disabled: "bad",
};

function Row({ template, mayWrite }: { template: NoticeTemplate; mayWrite: boolean }) {
  const { t, format } = useText();
  const [isEditing, setEditing] = useState(false);
  const { name, language, category, body, serves, state, reason, stateAt } = template;
  return (
    <li className="py-4">
      <div className="flex flex-wrap items-center gap-2">
        <code className="mr-auto font-mono text-small wrap-anywhere">{name}</code>
        <Tag kind={kinds[state]}>{t(`templates.state.${state}`)}</Tag>
      </div>
      <p className="text-small text-ink-2">
        {t(`templates.serves.${serves}`)}, {t(`language.${language}`)}, {t(`templates.category.${category}`)},{" "}
        {t("templates.stateSince", { date: format.date(stateAt) })}
      </p>
      {reason && <p className="text-small text-ink-2">{reason}</p>}
      <p lang={language} className="mt-2 text-desk wrap-anywhere whitespace-pre-wrap">
        {body}
      </p>
      {mayWrite && (
        <div className="mt-3 flex flex-wrap gap-2">
          <Button aria-expanded={isEditing} onClick={() => setEditing(!isEditing)}>
            {t("templates.change")}
            <span className="ear-only">: {name}</span>
          </Button>
          <Remove template={template} />
        </div>
      )}
      {isEditing && (
        <div className="mt-4 border-t border-line pt-4">
          <TemplateForm template={template} onDone={() => setEditing(false)} />
        </div>
      )}
    </li>
  );
}

function Remove({ template }: { template: NoticeTemplate }) {
  const { t } = useText();
  const client = useQueryClient();
  const removing = useMutation({
    mutationFn: () => call(deleteNoticeTemplate, { params: { id: template.id } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: noticeTemplatesQuery.queryKey });
      showToast({ text: t("templates.removed") });
    },
  });
  return (
    <>
      <RemoveButton
        label={t("templates.remove")}
        title={t("templates.removeTitle", { name: template.name })}
        text={t("templates.removeText")}
        keep={t("templates.keep")}
        error={null}
        isBusy={removing.isPending}
        onRemove={() => removing.mutate()}
      />
      <FailureRows error={removing.error} />
    </>
  );
}
