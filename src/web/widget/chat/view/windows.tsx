/** @jsxImportSource preact */
import type { VisitorMessage } from "../../contract.ts";

type Option = VisitorMessage["options"][number];
type Choice = Option & { window: NonNullable<Option["window"]> };

const HOUR = 60;
/** So many hours have room for a number each. */
const HOURS_MOST = 7;

const isWindow = (option: Option): option is Choice => option.window !== undefined;
const percent = (share: number): string => `${Math.round(share * 1_000) / 10}%`;

interface WindowsProps {
  options: readonly Option[];
  onChoose(option: Option): void;
}

/** Windows of delivery stand on the line of their day, the price at its end; a tap chooses. The name says all of it. */
export function Windows({ options, onChoose }: WindowsProps) {
  const choices = options.filter(isWindow);
  if (choices.length === 0) return null;
  const begins = Math.floor(Math.min(...choices.map(({ window }) => window.from)) / HOUR);
  const ends = Math.ceil(Math.max(...choices.map(({ window }) => window.until)) / HOUR);
  const share = (minute: number) => (minute / HOUR - begins) / (ends - begins);
  const step = Math.ceil((ends - begins) / HOURS_MOST);
  const hours = Array.from({ length: Math.floor((ends - begins) / step) + 1 }, (_, n) => begins + n * step);
  const days = [...new Set(choices.map(({ window }) => window.day))];
  return days.map((day) => (
    <section class="card windows" key={day}>
      <h3>{day}</h3>
      <div class="ticks" aria-hidden="true">
        {hours.map((hour) => (
          <span key={hour} style={{ left: percent(share(hour * HOUR)) }}>
            {hour % 24}
          </span>
        ))}
      </div>
      {choices
        .filter(({ window }) => window.day === day)
        .map((choice) => {
          const { label, cost, from, until } = choice.window;
          return (
            <button type="button" key={choice.id} onClick={() => onChoose(choice)}>
              <span class="hidden">{choice.title}</span>
              <span class="rail" aria-hidden="true">
                <i style={{ left: percent(share(from)), width: percent(share(until) - share(from)) }}>
                  {label}
                </i>
              </span>
              <b aria-hidden="true">{cost}</b>
            </button>
          );
        })}
    </section>
  ));
}
