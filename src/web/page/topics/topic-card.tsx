/** @jsxImportSource preact */
import { useEffect, useId, useState } from "preact/hooks";
import { safeHref } from "../../widget/chat/view/links.ts";
import type { Language } from "../../widget/seam.ts";
import { QrCode } from "../qr-code.tsx";
import type { Calls } from "./calls.ts";
import { type Choice, nothingChosen } from "./choice.ts";
import { ChoiceFields } from "./choice-fields.tsx";
import type { Topic, Ways } from "./contract.ts";
import { SubscribeForm } from "./subscribe-form.tsx";
import { TOPICS_WORDS } from "./words.ts";

interface CardProps {
  topic: Topic;
  hasForm: boolean;
  calls: Calls;
  language: Language;
}

/** While somebody types or turns a clock, links wait for the last of it. */
const pauseMs = 250;

/** The ways in for what is chosen now; while they come, those before. */
function useWays(topic: Topic, choice: Choice, calls: Calls): Ways {
  const [ways, setWays] = useState<Ways>(topic.ways);
  useEffect(() => {
    if (choice === nothingChosen) return;
    const end = new AbortController();
    const timer = setTimeout(() => {
      // Without an answer the plain links stay: the conversation asks for what they do not say.
      calls.ways(topic.slug, choice, end.signal).then(setWays, () => {
        if (!end.signal.aborted) setWays(topic.ways);
      });
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      end.abort();
    };
  }, [topic, choice, calls]);
  return ways;
}

/** One topic: what comes, what can be chosen, and the ways in. */
export function TopicCard({ topic, hasForm, calls, language }: CardProps) {
  const words = TOPICS_WORDS[language];
  const id = useId();
  const [choice, setChoice] = useState(nothingChosen);
  const ways = useWays(topic, choice, calls);
  const title = topic.title[language] || topic.title.de || topic.title.en;
  return (
    <article class="topic" id={topic.slug} aria-labelledby={id}>
      <p class={`kind ${topic.kind}`}>{words.kind[topic.kind]}</p>
      <h2 id={id}>{title}</h2>
      <p class="quiet">{topic.description[language] || topic.description.de || topic.description.en}</p>
      <ChoiceFields topic={topic} choice={choice} onChange={setChoice} language={language} />
      <ul class="ways">
        <Way name="WhatsApp" address={ways.whatsapp} language={language} />
        <Way name="Telegram" address={ways.telegram} hint={words.telegramHint} language={language} />
        <li class="way plain">
          <div>
            <a class="button" href={`${ways.web}&lang=${language}`}>
              {words.here}
            </a>
          </div>
        </li>
      </ul>
      <p class="say">
        {words.sayIt} <q lang={language}>{ways.words[language]}</q>
      </p>
      <p class="quiet small">{words.drafted}</p>
      {hasForm && <SubscribeForm topic={topic} choice={choice} calls={calls} language={language} />}
    </article>
  );
}

interface WayProps {
  name: string;
  address: string | null;
  hint?: string;
  language: Language;
}

function Way({ name, address, hint, language }: WayProps) {
  const words = TOPICS_WORDS[language];
  const href = address ? safeHref(address) : null;
  if (!href) return null;
  return (
    <li class="way">
      <QrCode text={href} label={words.scan(name)} />
      <div>
        <a class="button" href={href} rel="noopener noreferrer">
          {words.openIn(name)}
        </a>
        {hint && <p class="quiet small">{hint}</p>}
      </div>
    </li>
  );
}
