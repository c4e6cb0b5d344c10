import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import {
  createSource,
  deleteSource,
  type NoticeTopic,
  type Source,
  updateSource,
} from "../../../../skills/notices/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { RemoveButton } from "../remove-button.tsx";
import { MappingFields } from "./mapping-fields.tsx";
import { sourcesQuery } from "./queries.ts";
import {
  emptySource,
  type SourceDraft,
  sourceChangeOf,
  sourceDraftOf,
  sourceFaults,
  sourceInputOf,
} from "./source-draft.ts";
import { SourceFields } from "./source-fields.tsx";
import { TryReading } from "./try-reading.tsx";

interface FormProps {
  /** null = not saved yet */
  source: Source | null;
  topics: readonly NoticeTopic[];
  mayWrite: boolean;
  onSecret(secret: string): void;
}

/** Where a source is, what its words are, and to which topic it belongs. */
export function SourceForm({ source, topics, mayWrite, onSecret }: FormProps) {
  const { t, language } = useText();
  const only = topics.length === 1 ? (topics[0]?.id ?? null) : null;
  const [draft, setDraft] = useState(source ? sourceDraftOf(source) : emptySource(language, only));
  const [keys, setKeys] = useState<readonly { key: string; example: string }[]>([]);
  const [isChecked, setChecked] = useState(false);
  const change = (part: Partial<SourceDraft>) => setDraft((now) => ({ ...now, ...part }));
  const { saving, removing } = useSourceSaving(source, onSecret);
  const faults = isChecked ? sourceFaults(draft) : [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (sourceFaults(draft).length === 0) saving.mutate(draft);
  };
  return (
    <form onSubmit={submit} noValidate>
      <fieldset disabled={!mayWrite} className="grid gap-5">
        <legend className="ear-only">{t("sources.source")}</legend>
        {!mayWrite && <p className="text-ink-2">{t("knowledge.readOnly")}</p>}
        <Card title={t("sources.where")}>
          <SourceFields draft={draft} change={change} faults={faults} isNew={source === null} />
          {mayWrite && <TryReading draft={draft} onKeys={setKeys} />}
        </Card>
        <Card title={t("sources.whereTo")}>
          <MappingFields
            draft={draft}
            change={change}
            topics={topics}
            keys={keys}
            topicFault={faults.includes("topic")}
          />
        </Card>
        <FailureRows error={saving.error} />
        <div className="sticky bottom-0 -mx-4 flex flex-wrap gap-2 border-t border-line bg-ground px-4 py-3 lg:mx-0 lg:px-0">
          <Button type="submit" variant="primary" busy={saving.isPending}>
            {t("sources.save")}
          </Button>
          {source && (
            <RemoveButton
              label={t("sources.remove")}
              title={t("sources.removeTitle")}
              text={t("sources.removeText")}
              keep={t("sources.keep")}
              error={removing.error}
              isBusy={removing.isPending}
              onRemove={() => removing.mutate()}
            />
          )}
        </div>
      </fieldset>
    </form>
  );
}

function useSourceSaving(source: Source | null, onSecret: (secret: string) => void) {
  const { t } = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const changed = () => client.invalidateQueries({ queryKey: sourcesQuery.queryKey });
  const saving = useMutation({
    mutationFn: async (draft: SourceDraft) => {
      const topicId = draft.topicId ?? 0;
      if (source)
        await call(updateSource, { params: { id: source.id }, body: sourceChangeOf(draft, topicId) });
      else {
        const made = await call(createSource, { body: sourceInputOf(draft, topicId) });
        if (made.secret !== null) onSecret(made.secret);
        return made.id;
      }
      return null;
    },
    onSuccess: async (madeId) => {
      await changed();
      showToast({ text: t("sources.saved") });
      if (madeId !== null)
        void navigate({ to: "/notices/sources/$source", params: { source: String(madeId) }, replace: true });
    },
  });
  const removing = useMutation({
    mutationFn: () => call(deleteSource, { params: { id: source?.id ?? 0 } }),
    onSuccess: () => {
      void changed();
      showToast({ text: t("sources.removed") });
      void navigate({ to: "/notices/sources" });
    },
  });
  return { saving, removing };
}
