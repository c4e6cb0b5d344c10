import type { StarterPack } from "../../../../skills/service/api.ts";
import { Card } from "../../../ui/card.tsx";
import { Tag, type TagKind } from "../../../ui/tag.tsx";
import { useText } from "../../text/use-text.ts";
import { AnswerPreview } from "./answer-preview.tsx";
import { type Facts, type Language, partsOf, valueIn } from "./facts.ts";

type PackTopic = StarterPack["topicList"][number];
const kinds: Record<PackTopic["state"], TagKind> = {
  new: "plain",
  applied: "ok",
  changed: "info",
  removed: "off",
  own: "info",
};

interface Props {
  pack: StarterPack;
  facts: Facts;
  languages: readonly Language[];
}

/** All topics of the pack; opened, one shows its answer as it would read now. */
export function PackTopics({ pack, facts, languages }: Props) {
  const { t } = useText();
  return (
    <Card title={t("pack.topicList")} aside={t("packs.topics", { count: pack.topicList.length })}>
      <ul>
        {pack.topicList.map((topic) => (
          <TopicRow key={topic.intent} topic={topic} pack={pack} facts={facts} languages={languages} />
        ))}
      </ul>
    </Card>
  );
}

function TopicRow({ topic, pack, facts, languages }: Props & { topic: PackTopic }) {
  const { t, language: own } = useText();
  const language = languages.includes(own) ? own : (languages[0] ?? own);
  const read = (name: string) => {
    const fact = pack.placeholderList.find((one) => one.name === name);
    return fact ? valueIn(fact, facts, language) : "";
  };
  const hasGap = partsOf(topic.answer[language], read).some(({ isGap }) => isGap);
  return (
    <li className="border-b border-line last:border-0">
      <details>
        <summary className="flex min-h-(--ah-row) cursor-pointer flex-wrap items-center gap-x-2 gap-y-1 py-1.5">
          <span className="mr-auto font-strong">{topic.title[language]}</span>
          {hasGap && <Tag kind="warn">{t("pack.gap")}</Tag>}
          {topic.state !== "new" && !(hasGap && topic.state === "applied") && (
            <Tag kind={kinds[topic.state]}>{t(`pack.state.${topic.state}`)}</Tag>
          )}
        </summary>
        <div className="grid gap-2 pb-3">
          <p className="text-small text-ink-2" lang={language}>
            {t("pack.sample", { sample: topic.sample[language] })}{" "}
            <span className="text-tiny">({t("pack.examples", { count: topic.examples[language] })})</span>
          </p>
          <AnswerPreview pack={pack} answer={topic.answer[language]} facts={facts} language={language} />
        </div>
      </details>
    </li>
  );
}
