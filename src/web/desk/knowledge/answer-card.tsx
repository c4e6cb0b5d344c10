import { Card } from "../../ui/card.tsx";
import { TextArea, TextField } from "../../ui/field.tsx";
import { useText } from "../text/use-text.ts";
import { OptionsEditor } from "./options-editor.tsx";
import { PictureField } from "./picture-field.tsx";
import type { Answer, Language, PartProps } from "./topic-draft.ts";

/** The answer in one language: words, link, picture, and what may be tapped next. */
export function AnswerCard({ language, draft, change }: PartProps & { language: Language }) {
  const { t } = useText();
  const answer = draft.answers[language];
  const set = (part: Partial<Answer>) =>
    change({ answers: { ...draft.answers, [language]: { ...answer, ...part } } });
  return (
    <Card title={t("answer.in", { language: t(`language.${language}`) })}>
      <div className="grid gap-4">
        <TextArea
          label={t("answer.text")}
          lang={language}
          rows={5}
          maxLength={4000}
          help={answer.text.trim() ? undefined : t("answer.missing")}
          value={answer.text}
          onChange={(event) => set({ text: event.target.value })}
        />
        <TextField
          label={t("answer.link")}
          type="url"
          placeholder="https://"
          maxLength={500}
          value={answer.link ?? ""}
          onChange={(event) => set({ link: event.target.value.trim() || null })}
        />
        <PictureField fileId={answer.fileId} onChange={(fileId) => set({ fileId })} />
        <OptionsEditor options={answer.options} onChange={(options) => set({ options })} />
      </div>
    </Card>
  );
}
