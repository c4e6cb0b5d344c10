import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useRef, useState } from "react";
import {
  createNoticeTopic,
  deleteNoticeTopic,
  type NoticeTopic,
  replaceNoticeTopic,
} from "../../../../skills/notices/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { isManager, useMe } from "../../session/session.ts";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { noticeKeys } from "../queries.ts";
import { RemoveButton } from "../remove-button.tsx";
import { ParametersCard } from "./parameters-card.tsx";
import { SubscribersCard } from "./subscribers-card.tsx";
import { type TopicDraft, topicInputOf } from "./topic-draft.ts";
import { TopicFrame } from "./topic-frame.tsx";

interface EditorProps {
  /** null = not saved yet */
  topic: NoticeTopic | null;
  start: TopicDraft;
}

/** What a topic is called, what may be chosen in it, and who has chosen it. */
export function TopicEditor({ topic, start }: EditorProps) {
  const { t } = useText();
  const [draft, setDraft] = useState(start);
  const [isChecked, setChecked] = useState(false);
  const title = useRef<HTMLInputElement>(null);
  const mayWrite = isManager(useMe());
  const { saving, removing } = useTopicSaving(topic?.id ?? null);
  const change = (part: Partial<TopicDraft>) => setDraft((now) => ({ ...now, ...part }));
  const hasTitle = Boolean(draft.title.de.trim() || draft.title.en.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (hasTitle) saving.mutate(draft);
    else title.current?.focus();
  };
  return (
    <div className="grid items-start gap-5 xl:grid-cols-[1.18fr_1fr]">
      <form onSubmit={submit} noValidate className="min-w-0">
        <fieldset disabled={!mayWrite} className="grid gap-5">
          <legend className="ear-only">{t("notices.topic")}</legend>
          {!mayWrite && <p className="text-ink-2">{t("knowledge.readOnly")}</p>}
          <TopicFrame
            draft={draft}
            change={change}
            isNew={topic === null}
            title={title}
            titleFault={isChecked && !hasTitle}
          />
          <ParametersCard draft={draft} change={change} />
          <FailureRows error={saving.error} />
          <div className="sticky bottom-0 -mx-4 flex flex-wrap gap-2 border-t border-line bg-ground px-4 py-3 lg:mx-0 lg:px-0">
            <Button type="submit" variant="primary" busy={saving.isPending}>
              {t("topic.save")}
            </Button>
            {topic && (
              <RemoveButton
                label={t("topics.end")}
                title={t("topics.endTitle")}
                text={t("topics.endText", { count: topic.subscribers })}
                keep={t("topic.keep")}
                error={removing.error}
                isBusy={removing.isPending}
                onRemove={() => removing.mutate()}
              />
            )}
          </div>
        </fieldset>
      </form>
      {topic && mayWrite && <SubscribersCard topic={topic} />}
    </div>
  );
}

function useTopicSaving(id: number | null) {
  const { t } = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const changed = () => client.invalidateQueries({ queryKey: noticeKeys.all });
  const saving = useMutation({
    mutationFn: (draft: TopicDraft) => {
      const body = topicInputOf(draft);
      return id === null
        ? call(createNoticeTopic, { body })
        : call(replaceNoticeTopic, { params: { id }, body });
    },
    onSuccess: async () => {
      showToast({ text: t("topics.saved") });
      await changed();
      if (id === null) void navigate({ to: "/notices/topics" });
    },
  });
  const removing = useMutation({
    mutationFn: () => call(deleteNoticeTopic, { params: { id: id ?? 0 } }),
    onSuccess: ({ told }) => {
      void changed();
      showToast({ text: t("topics.ended", { count: told }) });
      void navigate({ to: "/notices/topics" });
    },
  });
  return { saving, removing };
}
