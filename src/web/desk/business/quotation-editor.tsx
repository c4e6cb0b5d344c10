import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import {
  type Line,
  type Quotation,
  saveQuotation,
  sendQuotation,
  type Version,
} from "../../../skills/business/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { showToast } from "../../ui/toast.tsx";
import { useText } from "../text/use-text.ts";
import { blankLine, isBlank, readLine, type TypedLine, typedLine } from "./draft-lines.ts";
import { Faults } from "./faults.tsx";
import { LinesCard } from "./lines-card.tsx";
import { PreviewButton } from "./preview-button.tsx";
import { useBusinessChange } from "./queries.ts";
import { RemoveDraft } from "./remove-draft.tsx";
import { TotalsCard } from "./totals-card.tsx";
import { type Words, WordsCard } from "./words-card.tsx";

interface EditorProps {
  quotation: Quotation;
  draft: Version;
  /** Of the letter head. */
  taxBp: number;
}

/** Writes a draft; what it comes to is counted with every key. */
export function QuotationEditor({ quotation, draft, taxBp }: EditorProps) {
  const { t, language } = useText();
  const [lines, setLines] = useState<readonly TypedLine[]>(() => [
    ...draft.lines.map((line) => typedLine(line, language)),
    ...(draft.lines.length === 0 ? [blankLine(taxBp, language)] : []),
  ]);
  const [words, setWords] = useState<Words>(draft);
  const [revision, setRevision] = useState(draft.revision);
  const [isTried, setTried] = useState(false);
  const change = useBusinessChange();
  const said = lines.filter((line) => !isBlank(line)).map((line) => readLine(line, language));
  const good = said.filter((one): one is Line => typeof one !== "string");
  const isReadable = good.length === said.length;

  const saving = useMutation({
    mutationFn: async () => {
      setTried(true);
      if (!isReadable) return null;
      const { intro, delivery, terms, taxNote, validUntil, currency } = words;
      const body = {
        intro,
        delivery,
        terms,
        taxNote,
        validUntil,
        currency,
        language: words.language,
        lines: good,
        revision,
      };
      const saved = await call(saveQuotation, { params: { id: quotation.id }, body });
      setRevision(saved.versions[0]?.revision ?? revision);
      return saved;
    },
    onSuccess: (saved) => {
      if (saved) change();
    },
  });
  const sending = useMutation({
    mutationFn: async () => {
      const saved = await saving.mutateAsync();
      if (!saved) return;
      const body = { revision: saved.versions[0]?.revision ?? 0 };
      await call(sendQuotation, { params: { id: quotation.id }, body });
      change();
      showToast({ text: t("business.sent") });
    },
  });
  const save = async () => {
    const saved = await saving.mutateAsync().catch(() => null);
    if (saved) showToast({ text: t("business.saved") });
    return saved !== null;
  };
  useSaveKey(() => void save());
  return (
    <div className="grid items-start gap-5">
      <LinesCard
        lines={lines}
        currency={words.currency}
        saysFaults={isTried}
        taxBp={taxBp}
        onChange={setLines}
      />
      <div className="grid items-start gap-5 xl:grid-cols-[1.18fr_1fr]">
        <WordsCard words={words} set={(part) => setWords({ ...words, ...part })} />
        <div className="grid gap-5 xl:sticky xl:top-4">
          <TotalsCard lines={good} currency={words.currency} isWhole={isReadable} />
          <Card>
            <Faults error={sending.error ?? saving.error} />
            {isTried && !isReadable && (
              <p className="mb-2 font-medium text-bad">{t("business.linesUnread")}</p>
            )}
            <div className="flex flex-wrap gap-2">
              <Button
                variant="primary"
                busy={sending.isPending}
                disabled={good.length === 0}
                onClick={() => sending.mutate()}
              >
                {t("business.send")}
              </Button>
              <Button busy={saving.isPending && !sending.isPending} onClick={() => void save()}>
                {t("save")}
              </Button>
              <PreviewButton id={quotation.id} before={save} />
              <RemoveDraft quotation={quotation} draft={draft} />
            </div>
            <p className="mt-3 text-small text-ink-2">{t("business.sendHelp")}</p>
          </Card>
        </div>
      </div>
    </div>
  );
}

/** Ctrl/Cmd S saves, also while somebody types. */
function useSaveKey(save: () => void): void {
  const latest = useRef(save);
  latest.current = save;
  useEffect(() => {
    const onKey = (pressed: KeyboardEvent) => {
      if (pressed.key.toLowerCase() !== "s" || !(pressed.ctrlKey || pressed.metaKey)) return;
      pressed.preventDefault();
      latest.current();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}
