import { Link } from "@tanstack/react-router";
import { useDeferredValue, useState } from "react";
import type { ReplyOf } from "#kernel/api";
import type { listTopics } from "../../../skills/service/api.ts";
import { TextField } from "../../ui/field.tsx";
import { Tag } from "../../ui/tag.tsx";
import { useText } from "../text/use-text.ts";

type Topic = ReplyOf<typeof listTopics>["items"][number];

/** All topics with what is written for them and how often they are asked. */
export function TopicTable({ topics }: { topics: readonly Topic[] }) {
  const { t, language, format } = useText();
  const [words, setWords] = useState("");
  const [onlyGaps, setOnlyGaps] = useState(false);
  const wanted = useDeferredValue(words.trim().toLowerCase());
  const gaps = topics.filter(hasGap).length;
  const shown = topics
    .map((topic) => ({ ...topic, title: topic.titles[language] || topic.title || topic.intent }))
    .filter(
      (topic) =>
        `${topic.titles.de} ${topic.titles.en} ${topic.intent}`.toLowerCase().includes(wanted) &&
        (!onlyGaps || hasGap(topic)),
    )
    .sort((a, b) => b.asked - a.asked || a.title.localeCompare(b.title, format.locale));
  return (
    <section aria-label={t("knowledge.topics")} className="rounded-2 border border-line bg-sheet p-4 sm:p-6">
      <div className="mb-3 flex flex-wrap items-center gap-3">
        <h2 className="mr-auto text-h2">{t("knowledge.count", { count: topics.length })}</h2>
        {gaps > 0 && (
          <button
            type="button"
            aria-pressed={onlyGaps}
            onClick={() => setOnlyGaps(!onlyGaps)}
            className="min-h-8 rounded-1 px-2 text-small font-strong text-accent-text hover:underline aria-pressed:bg-accent-soft"
          >
            {t("knowledge.gaps", { count: gaps })}
          </button>
        )}
        <TextField
          label={t("knowledge.find")}
          hideLabel
          type="search"
          placeholder={t("knowledge.find")}
          className="w-full sm:w-56"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
      <table className="w-full text-desk">
        <thead>
          <tr className="border-b-[1.5px] border-ink text-left text-small">
            <th className="py-2 pr-3 font-strong">{t("knowledge.topic")}</th>
            <th className="hidden px-3 py-2 text-right font-strong sm:table-cell">
              {t("knowledge.examples")}
            </th>
            <th className="py-2 pl-3 text-right font-strong">{t("knowledge.asked")}</th>
            <th className="hidden py-2 pl-3 text-right font-strong sm:table-cell">
              {t("knowledge.answered")}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((topic) => (
            <TopicRow key={topic.id} topic={topic} />
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p className="py-6 text-ink-2">{t("knowledge.noMatch")}</p>}
    </section>
  );
}

/** Nobody wrote the answer, or a fact is missing in it: a person answers. */
function hasGap({ placeholder, unfilled }: Topic): boolean {
  return placeholder || unfilled;
}

function TopicRow({ topic }: { topic: Topic }) {
  const { t, format } = useText();
  const { examples, asked, answered } = topic;
  return (
    <tr className="h-(--ah-row) border-b border-line">
      <td className="py-1.5 pr-3">
        <Link
          to="/knowledge/$topic"
          params={{ topic: String(topic.id) }}
          className="font-strong text-ink underline-offset-4 hover:underline"
        >
          {topic.title}
        </Link>
        <span className="flex flex-wrap items-center gap-2 text-tiny text-ink-2">
          {topic.languages.length > 0 && (
            <span>{topic.languages.map((language) => t(`language.${language}`)).join(", ")}</span>
          )}
          {topic.placeholder && <Tag kind="warn">{t("knowledge.placeholder")}</Tag>}
          {topic.unfilled && <Tag kind="warn">{t("knowledge.unfilled")}</Tag>}
        </span>
      </td>
      <td className="hidden px-3 text-right whitespace-nowrap sm:table-cell">
        {t("knowledge.examplesOf", { de: examples.de, en: examples.en })}
      </td>
      <td className="pl-3 text-right">{format.number(asked)}</td>
      <td className="hidden pl-3 text-right sm:table-cell">
        {asked > 0 ? format.percent(answered / asked) : "–"}
      </td>
    </tr>
  );
}
