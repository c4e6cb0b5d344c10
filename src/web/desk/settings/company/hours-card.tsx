import { Plus, X } from "lucide-react";
import { Button, IconButton } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { useText } from "../../text/use-text.ts";
import { ClockField } from "./clock-field.tsx";
import { type Span, spansOf, weekdays, withDay } from "./hours.ts";
import type { CompanyPart } from "./part.ts";

const aMonday = Date.UTC(2024, 0, 1);
const dayMs = 86_400_000;
const mostSpans = 3;

/** When people are there: up to three spans a day. */
export function HoursCard({ company, change }: CompanyPart) {
  const { t, format } = useText();
  const name = new Intl.DateTimeFormat(format.locale, { weekday: "long", timeZone: "UTC" });
  return (
    <Card title={t("company.hours")}>
      <p className="mb-3 text-small text-ink-2">{t("company.hoursHelp")}</p>
      <div className="divide-y divide-line">
        {weekdays.map((weekday) => (
          <Day
            key={weekday}
            name={name.format(aMonday + (weekday - 1) * dayMs)}
            spans={spansOf(company.openingHours, weekday)}
            onChange={(spans) => change({ openingHours: withDay(company.openingHours, weekday, spans) })}
          />
        ))}
      </div>
    </Card>
  );
}

interface DayProps {
  name: string;
  spans: readonly Span[];
  onChange(spans: readonly Span[]): void;
}

function Day({ name, spans, onChange }: DayProps) {
  const { t } = useText();
  const set = (at: number, part: Partial<Span>) =>
    onChange(spans.map((span, index) => (index === at ? { ...span, ...part } : span)));
  return (
    <fieldset className="grid items-center gap-x-4 gap-y-1 py-2 sm:grid-cols-[110px_1fr]">
      <legend className="ear-only">{name}</legend>
      <span className="font-strong" aria-hidden="true">
        {name}
      </span>
      <div className="flex flex-wrap items-center gap-2">
        {spans.length === 0 && <span className="text-ink-2">{t("hours.closed")}</span>}
        {spans.map((span, at) => (
          <span key={`${span.from} ${span.to}`} className="inline-flex items-center gap-1.5">
            <ClockField
              label={t("hours.from", { day: name })}
              value={span.from}
              onChange={(from) => set(at, { from })}
            />
            –
            <ClockField
              label={t("hours.to", { day: name })}
              value={span.to}
              onChange={(to) => set(at, { to })}
            />
            <IconButton
              icon={X}
              label={t("hours.remove", { day: name, from: span.from, to: span.to })}
              onClick={() => onChange(spans.filter((_, index) => index !== at))}
            />
          </span>
        ))}
        {spans.length < mostSpans && (
          <Button
            variant="quiet"
            icon={Plus}
            className="px-1!"
            aria-label={t("hours.addOn", { day: name })}
            onClick={() => onChange([...spans, next(spans)])}
          >
            {t("hours.add")}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

/** The first span is a working day, a further one begins after a break. */
function next(spans: readonly Span[]): Span {
  const last = spans.at(-1);
  return last ? { from: last.to, to: "24:00" } : { from: "09:00", to: "17:00" };
}
