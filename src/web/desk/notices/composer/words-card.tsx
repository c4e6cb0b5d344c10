import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import { Button, IconButton } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { SelectField, TextArea } from "../../../ui/field.tsx";
import { queries } from "../../session/queries.ts";
import { useText } from "../../text/use-text.ts";
import { type Language, languages, type NoticeDraft, type PartProps } from "./notice-draft.ts";

const longest = 4000;
type Own = NoticeDraft["channelTexts"];

/** What is said, in one language or both, and otherwise on one channel. */
export function WordsCard({ draft, change, faults }: PartProps) {
  const { t } = useText();
  return (
    <Card title={t("notices.words")} aside={t("notices.wordsAside")}>
      <div className="grid gap-4 md:grid-cols-2">
        {languages.map((language) => (
          <TextArea
            key={language}
            label={t("notices.textIn", { language: t(`language.${language}`) })}
            help={
              draft.texts[language].trim() ? lengthOf(draft.texts[language], t) : t("notices.textMissing")
            }
            lang={language}
            rows={6}
            maxLength={longest}
            value={draft.texts[language]}
            error={faults.includes("text") && language === "de" ? t("notices.fault.text") : null}
            onChange={(event) => change({ texts: { ...draft.texts, [language]: event.target.value } })}
          />
        ))}
      </div>
      <OwnWords texts={draft.channelTexts} onChange={(channelTexts) => change({ channelTexts })} />
    </Card>
  );
}

function lengthOf(text: string, t: ReturnType<typeof useText>["t"]): string {
  return t("notices.length", { count: text.trim().length });
}

function OwnWords({ texts, onChange }: { texts: Own; onChange(texts: Own): void }) {
  const { t, language } = useText();
  const channels = useQuery(queries.channels).data?.items ?? [];
  const kinds = [
    ...new Set([...channels.map(({ kind }) => kind as string), ...texts.map((one) => one.channelKind)]),
  ];
  const set = (at: number, part: Partial<Own[number]>) =>
    onChange(texts.map((one, index) => (index === at ? { ...one, ...part } : one)));
  const [first] = kinds;
  return (
    <div className="mt-4 grid gap-3">
      {texts.map((own, at) => (
        <fieldset
          // biome-ignore lint/suspicious/noArrayIndexKey: words have no name of their own while they are typed
          key={at}
          className="grid gap-3 border-t border-line pt-3 sm:grid-cols-2"
        >
          <legend className="ear-only">{t("notices.ownWords", { number: at + 1 })}</legend>
          <SelectField
            label={t("notices.channel")}
            value={own.channelKind}
            options={kinds.map((kind) => ({ value: kind, label: t.maybe(`channel.${kind}`) ?? kind }))}
            onChange={(event) => set(at, { channelKind: event.target.value })}
          />
          <div className="flex items-end gap-2">
            <SelectField
              label={t("details.language")}
              className="min-w-0 flex-1"
              value={own.language}
              options={languages.map((value) => ({ value, label: t(`language.${value}`) }))}
              onChange={(event) => set(at, { language: event.target.value as Language })}
            />
            <IconButton
              icon={X}
              label={t("notices.removeOwn", { number: at + 1 })}
              onClick={() => onChange(texts.filter((_, index) => index !== at))}
            />
          </div>
          <TextArea
            label={t("notices.ownText")}
            lang={own.language}
            className="sm:col-span-2"
            rows={3}
            maxLength={longest}
            value={own.text}
            onChange={(event) => set(at, { text: event.target.value })}
          />
        </fieldset>
      ))}
      {first !== undefined && (
        <Button
          icon={Plus}
          className="justify-self-start"
          onClick={() => onChange([...texts, { channelKind: first, language, text: "" }])}
        >
          {t("notices.addOwn")}
        </Button>
      )}
    </div>
  );
}
