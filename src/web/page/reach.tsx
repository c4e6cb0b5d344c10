/** @jsxImportSource preact */

import { useEffect, useState } from "preact/hooks";
import { localeOf } from "../widget/chat/view/format.ts";
import { safeHref } from "../widget/chat/view/links.ts";
import type { CompanyPage } from "../widget/contract.ts";
import type { Language } from "../widget/seam.ts";
import { hoursLines, isToday, weekdayRange, zoneName } from "./opening-hours.ts";
import { QrCode } from "./qr-code.tsx";
import { callsOf } from "./topics/calls.ts";
import { TOPICS_WORDS } from "./topics/words.ts";
import { PAGE_WORDS } from "./words.ts";

interface PartProps {
  data: CompanyPage;
  language: Language;
}

/** Presses the chat's own button: there is one way to open it. A click that is faster than the button waits for it. */
export function openChat(): void {
  if (pressChat()) return;
  const watcher = new MutationObserver(() => {
    if (pressChat()) watcher.disconnect();
  });
  watcher.observe(document.documentElement, { childList: true, subtree: true });
}

function pressChat(): boolean {
  const button = document.querySelector("augenhoehe-chat")?.shadowRoot?.querySelector("button");
  button?.click();
  return button !== undefined && button !== null;
}

function Messenger({
  name,
  address,
  language,
}: {
  name: string;
  address: string | null;
  language: Language;
}) {
  const words = PAGE_WORDS[language];
  const href = address ? safeHref(address) : null;
  if (!href) return null;
  return (
    <li class="way">
      <QrCode text={href} label={words.scan(name)} />
      <div>
        <h3>{name}</h3>
        <p class="address">{href.replace(/^https:\/\//, "")}</p>
        <a class="button" href={href} rel="noopener noreferrer">
          {words.openIn(name)}
        </a>
      </div>
    </li>
  );
}

function Hours({ data, language }: PartProps) {
  const words = PAGE_WORDS[language];
  const locale = localeOf(language);
  const now = new Date();
  if (data.openingHours.length === 0) return <p>{words.noHours}</p>;
  return (
    <>
      <table class="hours">
        <tbody>
          {hoursLines(data.openingHours).map((line) => (
            <tr key={line.from} class={isToday(line, data.timeZone, now) ? "today" : undefined}>
              <th scope="row">{weekdayRange(line, locale)}</th>
              <td>{line.times.length > 0 ? line.times.join(", ") : words.closed}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="quiet">{words.timeZone(zoneName(data.timeZone, locale, now))}</p>
    </>
  );
}

/** Does the company offer to tell something? Asked after the page stands; without an answer there is no link. */
function useHasTopics(company: string): boolean {
  const [hasTopics, setHasTopics] = useState(false);
  useEffect(() => {
    callsOf(company)
      .topics()
      .then(
        ({ topics }) => setHasTopics(topics.length > 0),
        () => setHasTopics(false),
      );
  }, [company]);
  return hasTopics;
}

/** Every way into the conversation, and when people answer. */
export function Reach({ data, language, company }: PartProps & { company: string }) {
  const words = PAGE_WORDS[language];
  const hasTopics = useHasTopics(company);
  return (
    <section class="reach" id="reach" aria-labelledby="reach-title">
      <h2 id="reach-title">{words.reach}</h2>
      <p class="quiet">{words.reachHint}</p>
      <div class="columns">
        <ul class="ways">
          <li class="way plain">
            <div>
              <h3>{words.here}</h3>
              <p>{words.hereHint}</p>
              <button type="button" class="button" onClick={openChat}>
                {words.ask}
              </button>
            </div>
          </li>
          <Messenger name="WhatsApp" address={data.whatsapp} language={language} />
          <Messenger name="Telegram" address={data.telegram} language={language} />
          {hasTopics && (
            <li>
              <a href={`${company}/topics?lang=${language}`}>{TOPICS_WORDS[language].link}</a>
            </li>
          )}
        </ul>
        <div>
          <h3>{words.hours}</h3>
          <Hours data={data} language={language} />
        </div>
      </div>
    </section>
  );
}
