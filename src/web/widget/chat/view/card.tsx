/** @jsxImportSource preact */
import type { VisitorMessage } from "../../contract.ts";
import { Icon } from "./icon.tsx";
import { safeHref } from "./links.ts";

type CardData = NonNullable<VisitorMessage["card"]>;

const percent = (share: number): string => `${Math.round(share * 1_000) / 10}%`;

/** A message as a card: one headline, what follows from it, and one way on. It stays in the history as it was. */
export function MessageCard({ card, link, lang }: { card: CardData; link: string | null; lang?: string }) {
  const href = link ? safeHref(link) : null;
  return (
    <div class="card told" lang={lang}>
      {card.note && (
        <p class="why">
          <Icon name="bell" size={16} /> {card.note}
        </p>
      )}
      <p class="headline">{card.heading}</p>
      {card.lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {card.line && <Line line={card.line} />}
      {card.foot && (
        <ul class="foot">
          {card.foot.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {href && (
        <a class="button" href={href} target="_blank" rel="noopener noreferrer">
          {card.linkTitle}
        </a>
      )}
    </div>
  );
}

/** What is promised stands on the line, what is expected in it; the words above say both. */
function Line({ line }: { line: NonNullable<CardData["line"]> }) {
  const place = ([from, until]: [number, number]) => ({ left: percent(from), width: percent(until - from) });
  return (
    <div class="axis" aria-hidden="true">
      <div class="spans">
        <i style={place(line.promised)} />
        {line.expected && <i class="now" style={place(line.expected)} />}
      </div>
      <div class="ticks">
        {line.ticks.map(({ at, label }) => (
          <span key={label} style={{ left: percent(at) }}>
            {label}
          </span>
        ))}
      </div>
    </div>
  );
}
