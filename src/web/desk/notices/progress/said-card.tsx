import type { Notice } from "../../../../skills/notices/api.ts";
import { Card } from "../../../ui/card.tsx";
import { useText } from "../../text/use-text.ts";
import { languages } from "../composer/notice-draft.ts";

/** What was said, to whom. */
export function SaidCard({ notice }: { notice: Notice }) {
  const { t, language: spoken } = useText();
  const { topicTitle, values, texts, link } = notice;
  const concerns = Object.values(values).flat();
  return (
    <Card title={t("notices.said")} aside={topicTitle[spoken] || topicTitle.de || topicTitle.en}>
      {concerns.length > 0 && (
        <p className="mb-3 text-small wrap-anywhere text-ink-2">{concerns.join(", ")}</p>
      )}
      <div className="grid gap-3">
        {languages.map(
          (language) =>
            texts[language] && (
              <div key={language}>
                <h3 className="text-small">{t(`language.${language}`)}</h3>
                <p
                  lang={language}
                  className="mt-1 rounded-t-3 border-b-2 border-dashed border-ink-3 bg-ground px-4 py-3 wrap-anywhere whitespace-pre-wrap"
                >
                  {texts[language]}
                </p>
              </div>
            ),
        )}
        {link !== null && <p className="text-small wrap-anywhere text-ink-2">{link}</p>}
      </div>
    </Card>
  );
}
