import { useText } from "../text/use-text.ts";

interface ZoneLineProps {
  /** 0 to 1, of the first candidate */
  confidence: number;
  answerAt: number;
  offerAt: number;
}

/** From "hand over" to "answer" on one line; the half circle stands where this question stands. */
export function ZoneLine({ confidence, answerAt, offerAt }: ZoneLineProps) {
  const { t, format } = useText();
  const at = (value: number) => `${Math.min(1, Math.max(0, value)) * 100}%`;
  const label = t("zone.label", {
    value: format.share(confidence),
    answer: format.share(answerAt),
    offer: format.share(offerAt),
  });
  const zones = [
    { name: t("zone.short.handOver"), from: 0, to: offerAt },
    { name: t("zone.short.offer"), from: offerAt, to: answerAt },
    { name: t("zone.short.answer"), from: answerAt, to: 1 },
  ];
  return (
    <div role="img" aria-label={label}>
      <svg width="100%" height="34" className="overflow-visible" aria-hidden="true">
        <line x1="0" x2="100%" y1="26" y2="26" strokeWidth="2" className="stroke-ink" />
        {[offerAt, answerAt].map((border) => (
          <line
            key={border}
            x1={at(border)}
            x2={at(border)}
            y1="8"
            y2="34"
            strokeWidth="1.5"
            className="stroke-line-strong"
          />
        ))}
        <svg x={at(confidence)} width="1" height="34" overflow="visible" aria-hidden="true">
          <path d="M-10 25a10 10 0 0 1 20 0z" className="fill-accent stroke-accent-edge" />
          <text y="10" textAnchor="middle" className="fill-ink text-tiny font-strong">
            {format.share(confidence)}
          </text>
        </svg>
      </svg>
      <p className="flex text-tiny text-ink-2" aria-hidden="true">
        {zones.map(({ name, from, to }) => (
          <span
            key={name}
            className="flex min-w-0 justify-center whitespace-nowrap first:justify-start last:justify-end"
            style={{ width: at(to - from) }}
          >
            {name}
          </span>
        ))}
      </p>
    </div>
  );
}
