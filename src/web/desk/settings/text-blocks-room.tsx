import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { createTextBlock, deleteTextBlock, type TextBlock } from "#kernel/api";
import { call } from "../../client/call.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Card, Waiting } from "../../ui/card.tsx";
import { Choice } from "../../ui/choice.tsx";
import { TextArea, TextField } from "../../ui/field.tsx";
import { showToast } from "../../ui/toast.tsx";
import { queries } from "../session/queries.ts";
import { Failure, FailureRows } from "../shell/failure.tsx";
import { Page } from "../shell/page.tsx";
import { useText } from "../text/use-text.ts";

/** Texts that are written again and again; in the composer after a "/". */
export function TextBlocksRoom() {
  const { t } = useText();
  const blocks = useQuery(queries.textBlocks);
  return (
    <Page title={t("house.text-blocks")} subtitle={t("blocks.subtitle")}>
      <div className="grid items-start gap-5 xl:grid-cols-[1.18fr_1fr]">
        <Card title={t("blocks.count", { count: blocks.data?.items.length ?? 0 })}>
          {blocks.isPending && <Waiting rows={3} label={t("blocks.loading")} />}
          {blocks.error && (
            <Failure error={blocks.error} title={t("blocks.notLoaded")} retry={() => void blocks.refetch()} />
          )}
          {blocks.data && <Blocks blocks={blocks.data.items} />}
        </Card>
        <NewBlock />
      </div>
    </Page>
  );
}

function useChanged() {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: queries.textBlocks.queryKey });
}

function Blocks({ blocks }: { blocks: readonly TextBlock[] }) {
  const { t } = useText();
  const changed = useChanged();
  const restoring = useMutation({
    mutationFn: ({ id: _, ...block }: TextBlock) => call(createTextBlock, { body: block }),
    onSuccess: changed,
  });
  const removing = useMutation({
    mutationFn: (block: TextBlock) => call(deleteTextBlock, { params: { id: block.id } }),
    onSuccess: (_, block) => {
      changed();
      const undo = { label: t("undo"), onClick: () => restoring.mutate(block) };
      showToast({ text: t("blocks.removed", { title: block.title }), undo });
    },
  });
  if (blocks.length === 0) return <p className="text-ink-2">{t("blocks.none")}</p>;
  return (
    <>
      <FailureRows error={removing.error ?? restoring.error} />
      <ul className="divide-y divide-line border-t-[1.5px] border-ink">
        {blocks.map((block) => (
          <li key={block.id} className="flex items-start gap-3 py-3">
            <div className="min-w-0 flex-1">
              <p>
                <span className="font-strong">{block.title}</span>{" "}
                <span className="text-tiny text-ink-2">{t(`language.${block.language}`)}</span>
              </p>
              <p lang={block.language} className="text-small whitespace-pre-wrap text-ink-2">
                {block.text}
              </p>
            </div>
            <IconButton
              icon={X}
              label={t("blocks.remove", { title: block.title })}
              onClick={() => removing.mutate(block)}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

function NewBlock() {
  const { t, language: spoken } = useText();
  const changed = useChanged();
  const [fields, setFields] = useState({ title: "", text: "", language: spoken });
  const [isChecked, setChecked] = useState(false);
  const adding = useMutation({
    mutationFn: () => call(createTextBlock, { body: fields }),
    onSuccess: () => {
      changed();
      setFields({ ...fields, title: "", text: "" });
      setChecked(false);
    },
  });
  const set = (part: Partial<typeof fields>) => setFields({ ...fields, ...part });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (fields.title.trim() && fields.text.trim()) adding.mutate();
  };
  const missing = (value: string) => (isChecked && !value.trim() ? t("connect.missing") : null);
  return (
    <Card title={t("blocks.add")}>
      <form onSubmit={submit} noValidate className="grid gap-3">
        <TextField
          label={t("blocks.title")}
          maxLength={80}
          value={fields.title}
          error={missing(fields.title)}
          onChange={(event) => set({ title: event.target.value })}
        />
        <Choice
          label={t("details.language")}
          value={fields.language}
          options={(["de", "en"] as const).map((value) => ({ value, label: t(`language.${value}`) }))}
          onChange={(language) => set({ language })}
        />
        <TextArea
          label={t("blocks.text")}
          help={t("blocks.textHelp", { name: "{name}", agent: "{agent}" })}
          rows={5}
          maxLength={4000}
          value={fields.text}
          error={missing(fields.text)}
          onChange={(event) => set({ text: event.target.value })}
        />
        <FailureRows error={adding.error} />
        <Button type="submit" variant="primary" className="justify-self-start" busy={adding.isPending}>
          {t("blocks.addAct")}
        </Button>
      </form>
    </Card>
  );
}
