import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useRef, useState } from "react";
import {
  createNotice,
  deleteNotice,
  type Notice,
  type NoticeTopic,
  replaceNotice,
} from "../../../../skills/notices/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { noticeKeys } from "../queries.ts";
import { RemoveButton } from "../remove-button.tsx";
import { useNoticeChange } from "../use-notice-change.ts";
import { AboutCard } from "./about-card.tsx";
import { CarrierCard } from "./carrier-card.tsx";
import { draftOf, emptyDraft, faultsOf, inputOf, isChanged, type NoticeDraft } from "./notice-draft.ts";
import { PreviewCard } from "./preview-card.tsx";
import { RecipientsCard } from "./recipients-card.tsx";
import { SendCard } from "./send-card.tsx";
import { TestCard } from "./test-card.tsx";
import { WordsCard } from "./words-card.tsx";

interface EditorProps {
  /** null = not saved yet */
  notice: Notice | null;
  topics: readonly NoticeTopic[];
  /** Chosen beforehand. */
  topicId: number | null;
  onSaved?(): void;
}

/** The composer: what is said at the left, what becomes of it at the right. */
export function NoticeEditor({ notice, topics, topicId, onSaved }: EditorProps) {
  const { t, format } = useText();
  const saved = notice === null ? emptyDraft(topicId) : draftOf(notice, format.toInput);
  const [draft, setDraft] = useState(saved);
  const [isChecked, setChecked] = useState(false);
  const title = useRef<HTMLInputElement>(null);
  const { saving, removing } = useDraftSaving(notice, onSaved);
  const change = (part: Partial<NoticeDraft>) => setDraft((now) => ({ ...now, ...part }));
  const faults = isChecked ? faultsOf(draft) : [];
  const isUnsaved = isChanged(draft, saved, format.fromInput);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (draft.topicId !== null && faultsOf(draft).length === 0)
      saving.mutate(inputOf(draft, draft.topicId, format.fromInput));
    else title.current?.focus();
  };
  const part = { draft, change, faults };
  return (
    <div className="grid items-start gap-5 xl:grid-cols-[1.18fr_1fr]">
      <form onSubmit={submit} noValidate className="grid min-w-0 gap-5">
        <AboutCard {...part} topics={topics} title={title} />
        <WordsCard {...part} />
        <CarrierCard {...part} />
        <FailureRows error={saving.error} />
        <div className="sticky bottom-0 -mx-4 flex flex-wrap items-center gap-2 border-t border-line bg-ground px-4 py-3 lg:mx-0 lg:px-0">
          <Button type="submit" variant={notice ? "secondary" : "primary"} busy={saving.isPending}>
            {t("notices.saveDraft")}
          </Button>
          {notice && (
            <RemoveButton
              label={t("notices.remove")}
              title={t("notices.removeTitle")}
              text={t("notices.removeText")}
              keep={t("notices.keep")}
              error={removing.error}
              isBusy={removing.isPending}
              onRemove={() => removing.mutate()}
            />
          )}
          <span role="status" className="text-small text-ink-2">
            {notice && isUnsaved && t("notices.unsaved")}
          </span>
        </div>
      </form>
      <div className="grid min-w-0 gap-5">
        {notice === null ? (
          <p className="rounded-2 border border-dashed border-line-strong p-6 text-ink-2">
            {t("notices.afterSaving")}
          </p>
        ) : (
          <>
            <PreviewCard id={notice.id} />
            <RecipientsCard id={notice.id} />
            <TestCard id={notice.id} />
            <SendCard notice={notice} isUnsaved={isUnsaved} />
          </>
        )}
      </div>
    </div>
  );
}

function useDraftSaving(notice: Notice | null, onSaved?: () => void) {
  const { t } = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const id = notice?.id ?? null;
  const changed = useNoticeChange(id);
  const saving = useMutation({
    mutationFn: (body: ReturnType<typeof inputOf>) =>
      id === null ? call(createNotice, { body }) : call(replaceNotice, { params: { id }, body }),
    onSuccess: (made) => {
      changed(made);
      showToast({ text: t("notices.saved") });
      if (id === null)
        void navigate({ to: "/notices/$notice", params: { notice: String(made.id) }, replace: true });
      onSaved?.();
    },
  });
  const removing = useMutation({
    mutationFn: () => call(deleteNotice, { params: { id: id ?? 0 } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: noticeKeys.lists });
      showToast({ text: t("notices.removed") });
      void navigate({ to: "/notices" });
    },
  });
  return { saving, removing };
}
