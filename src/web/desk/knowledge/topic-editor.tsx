import { Trash2 } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";
import type { Topic } from "../../../skills/service/api.ts";
import { Button } from "../../ui/button.tsx";
import { Answers, Dialog } from "../../ui/dialog.tsx";
import { isManager, useMe } from "../session/session.ts";
import { FailureRows } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";
import { AnswerCard } from "./answer-card.tsx";
import { ExamplesCard } from "./examples-card.tsx";
import { languages, type TopicDraft } from "./topic-draft.ts";
import { TopicFrame } from "./topic-frame.tsx";
import { useTopicSaving } from "./use-topic-saving.ts";

interface EditorProps {
  /** null = not saved yet */
  id: number | null;
  start: TopicDraft;
  /** As they stood when the draft was made. */
  examples: Topic["examples"];
}

/** Titles, answers and examples in both languages, side by side where there is room. */
export function TopicEditor({ id, start, examples }: EditorProps) {
  const { t } = useText();
  const [draft, setDraft] = useState(start);
  const [isChecked, setChecked] = useState(false);
  const title = useRef<HTMLInputElement>(null);
  const { saving, removing } = useTopicSaving(id, examples);
  const mayWrite = isManager(useMe());
  const change = (part: Partial<TopicDraft>) => setDraft((now) => ({ ...now, ...part }));
  const hasTitle = Boolean(draft.title.de.trim() || draft.title.en.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (hasTitle) saving.mutate(draft);
    else title.current?.focus();
  };
  return (
    <form onSubmit={submit} noValidate>
      <fieldset disabled={!mayWrite} className="grid gap-5">
        <legend className="ear-only">{t("knowledge.topic")}</legend>
        {!mayWrite && <p className="text-ink-2">{t("knowledge.readOnly")}</p>}
        <TopicFrame
          draft={draft}
          change={change}
          isNew={id === null}
          title={title}
          titleFault={isChecked && !hasTitle}
        />
        <div className="grid items-start gap-5 xl:grid-cols-2">
          {languages.map((language) => (
            <div key={language} className="grid gap-5">
              <AnswerCard language={language} draft={draft} change={change} />
              <ExamplesCard language={language} draft={draft} change={change} />
            </div>
          ))}
        </div>
        <FailureRows error={saving.error} />
        <div className="sticky bottom-0 -mx-4 flex flex-wrap gap-2 border-t border-line bg-ground px-4 py-3 lg:-mx-8 lg:px-8">
          <Button type="submit" variant="primary" busy={saving.isPending}>
            {t("topic.save")}
          </Button>
          {id !== null && (
            <RemoveTopic
              onRemove={() => removing.mutate()}
              isBusy={removing.isPending}
              error={removing.error}
            />
          )}
        </div>
      </fieldset>
    </form>
  );
}

function RemoveTopic({ onRemove, isBusy, error }: { onRemove(): void; isBusy: boolean; error: unknown }) {
  const { t } = useText();
  const [isAsking, setAsking] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  return (
    <>
      <Button variant="danger" icon={Trash2} onClick={() => setAsking(true)}>
        {t("topic.remove")}
      </Button>
      <Dialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t("topic.removeTitle")}
        closeLabel={t("close")}
        focusFirst={keep}
      >
        <p>{t("topic.removeText")}</p>
        <FailureRows error={error} />
        <Answers
          safe={{ label: t("topic.keep"), onClick: () => setAsking(false), ref: keep }}
          act={{ label: t("topic.remove"), onClick: onRemove, busy: isBusy, danger: true }}
        />
      </Dialog>
    </>
  );
}
