/** @jsxImportSource preact */
import { useEffect, useState } from "preact/hooks";
import { useChat } from "./context.ts";
import { clockTime } from "./format.ts";
import { Icon } from "./icon.tsx";
import { safeHref } from "./links.ts";

function secondsUntil(at_ms: number | null): number {
  return at_ms === null ? 0 : Math.max(0, Math.ceil((at_ms - Date.now()) / 1_000));
}

/** Counts down for the eye; screen readers hear the card once, not every second. */
function useCountdown(at_ms: number | null): number {
  const [seconds, setSeconds] = useState(secondsUntil(at_ms));
  useEffect(() => {
    setSeconds(secondsUntil(at_ms));
    const timer = setInterval(() => setSeconds(secondsUntil(at_ms)), 1_000);
    return () => clearInterval(timer);
  }, [at_ms]);
  return seconds;
}

/** Another way to the company, where it has one. */
function OtherWay() {
  const { snapshot } = useChat();
  const ways: [string, string | null | undefined][] = [
    ["WhatsApp", snapshot.settings?.whatsapp],
    ["Telegram", snapshot.settings?.telegram],
  ];
  for (const [name, address] of ways) {
    const href = address ? safeHref(address) : null;
    if (href)
      return (
        <a class="button" href={href} target="_blank" rel="noopener noreferrer">
          {name}
        </a>
      );
  }
  return null;
}

/** Something waits to be sent: why, that it is safe, and when it goes. */
export function WaitingNotice() {
  const { snapshot, words, session } = useChat();
  const { trouble, conversation, retryAt_ms, settings } = snapshot;
  const seconds = useCountdown(retryAt_ms);
  const waiting = conversation.outgoing.filter(({ state }) => state === "waiting");
  if (!trouble || waiting.length === 0) return null;
  const isBusy = trouble.kind === "rateLimited";
  const company = settings?.company ?? "";
  const isNetwork = trouble.kind === "network";
  const isOffline = isNetwork && !navigator.onLine;
  const text = isOffline ? words.noNet : isBusy ? words.busy : words.serverDown;
  const title = isNetwork && !isOffline ? words.noLine : text.title;
  const later = typeof text.later === "string" ? text.later : text.later(seconds);
  return (
    <section class="card notice">
      <div role="status">
        <h3>{typeof title === "string" ? title : title(company)}</h3>
        <p>
          <Icon name="check" />
          <span>{text.kept}</span>
        </p>
      </div>
      <p>
        <Icon name={isBusy ? "clock" : "arrowUp"} />
        <span>{later}</span>
      </p>
      {waiting.some(({ file }) => file) && (
        <p>
          <Icon name="file" />
          <span>{words.noNet.fileStays}</span>
        </p>
      )}
      {!isBusy && (
        <div class="row">
          <button type="button" class="button" onClick={() => session.retry()}>
            {words.noNet.retry}
          </button>
          <OtherWay />
        </div>
      )}
    </section>
  );
}

/** The chat could not be opened: what happened, what is kept, what one can do. */
export function Broken() {
  const { snapshot, words, session, language } = useChat();
  const { title, happened, refused, kept, act, rows, retry } = words.broken;
  const { failure } = snapshot;
  const what = failure?.kind === "refused" ? refused : happened;
  const reference = `${failure?.reference ?? "0"} · ${clockTime(new Date().toISOString(), language)}`;
  return (
    <section class="broken" role="alert">
      <svg class="drawing" viewBox="0 0 260 48" aria-hidden="true">
        <path class="ink" d="M60 40a20 20 0 0 1 40 0z" />
        <path d="M0 41h114M146 41h114" />
        <path class="fog" d="M158 8h46M140 18h80M130 28h66" />
        <path class="ghost" d="M160 40a20 20 0 0 1 40 0" />
      </svg>
      <h2>{title}</h2>
      <dl>
        <dt>{rows[0]}</dt>
        <dd>{what}</dd>
        <dt>{rows[1]}</dt>
        <dd>{kept}</dd>
        <dt>{rows[2]}</dt>
        <dd>{act}</dd>
      </dl>
      <button type="button" class="button primary" onClick={() => void session.load()}>
        {retry}
      </button>
      <p class="reference">{reference}</p>
    </section>
  );
}
