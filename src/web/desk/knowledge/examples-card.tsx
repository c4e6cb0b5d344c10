import { Card } from "../../ui/card.tsx";
import { TextArea } from "../../ui/field.tsx";
import { useText } from "../text/use-text.ts";
import { exampleLines, type Language, type PartProps } from "./topic-draft.ts";

/** Below this many the classifier guesses more than it knows. */
const enough = 12;

/** Questions as customers ask them, one a line. */
export function ExamplesCard({ language, draft, change }: PartProps & { language: Language }) {
  const { t } = useText();
  const count = exampleLines(draft.examples[language]).length;
  return (
    <Card
      title={t("examples.in", { language: t(`language.${language}`) })}
      aside={t("examples.count", { count })}
    >
      <TextArea
        label={t("examples.label")}
        help={count < enough ? t("examples.few", { count: enough }) : t("examples.help")}
        lang={language}
        rows={9}
        value={draft.examples[language]}
        onChange={(event) => change({ examples: { ...draft.examples, [language]: event.target.value } })}
      />
    </Card>
  );
}
