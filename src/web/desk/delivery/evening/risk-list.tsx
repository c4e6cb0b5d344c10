import { useQuery } from "@tanstack/react-query";
import { Sparkles, TriangleAlert } from "lucide-react";
import type { RunningReply } from "../../../../skills/delivery/api.ts";
import { Button } from "../../../ui/button.tsx";
import { useText } from "../../text/use-text.ts";
import { looseQuery } from "../queries.ts";
import type { CityFormat } from "../use-city-format.ts";
import { findStop } from "./rounds.ts";
import { useName } from "./use-name.ts";
import { useStopWords } from "./use-stop-words.ts";

interface RiskProps {
  evening: Pick<RunningReply, "rounds" | "atRisk" | "state">;
  format: CityFormat;
  onPick(deliveryId: number): void;
  onSolve(deliveryId: number): void;
}

/** Promises that will hardly be kept, worst first; nothing at all while there is none. */
export function RiskList({ evening, format, onPick, onSolve }: RiskProps) {
  const { t } = useText();
  const nameOf = useName();
  if (evening.atRisk.length === 0) return null;
  return (
    <section
      aria-label={t("delivery.risks", { count: evening.atRisk.length })}
      className="max-h-33 overflow-y-auto border-b border-line bg-warn-soft px-4 lg:px-6"
    >
      <ul className="divide-y divide-line">
        {evening.atRisk.map((risk) => (
          <li key={risk.deliveryId} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-0.5">
            <TriangleAlert size={18} strokeWidth={1.75} aria-hidden="true" className="shrink-0 text-warn" />
            <Name
              id={risk.deliveryId}
              isNobodys={risk.shiftId === null}
              evening={evening}
              format={format}
              onPick={onPick}
            />
            {evening.state !== "over" && (
              <Button
                icon={Sparkles}
                variant="quiet"
                className="-mr-4 ml-auto"
                onClick={() => onSolve(risk.deliveryId)}
              >
                {t("delivery.solve")}
                <span className="ear-only">
                  {nameOf(risk.deliveryId, findStop(evening.rounds, risk.deliveryId)?.stop.name)}
                </span>
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface NameProps extends Omit<RiskProps, "onSolve"> {
  id: number;
  /** Its courier dropped out or is back, and nobody has taken it over. */
  isNobodys: boolean;
}

function Name({ id, isNobodys, evening, format, onPick }: NameProps) {
  const { t } = useText();
  const nameOf = useName();
  const words = useStopWords(format);
  const found = findStop(evening.rounds, id);
  if (!found) return <LooseName id={id} format={format} />;
  const { stop, number } = found;
  return (
    <button
      type="button"
      onClick={() => onPick(id)}
      className="min-h-8 min-w-0 flex-1 basis-48 text-left text-desk leading-5"
    >
      <strong className="font-strong wrap-anywhere">{nameOf(id, stop.name)}</strong>
      <span className="text-ink-2">, {t("delivery.round", { number })}: </span>
      <span className="font-strong text-warn">{isNobodys ? t("delivery.nobody") : words.risk(stop)}</span>
    </button>
  );
}

/** It stands in no round any more: nobody can bring it. */
function LooseName({ id, format }: { id: number; format: CityFormat }) {
  const { t } = useText();
  const nameOf = useName();
  const { data } = useQuery(looseQuery(id));
  return (
    <p className="min-w-0 flex-1 basis-48 text-desk leading-5">
      <strong className="font-strong wrap-anywhere">{nameOf(id, data?.address)}</strong>
      {data && <span className="text-ink-2">, {format.window(data.earliestAt, data.latestAt)}</span>}:{" "}
      <span className="font-strong text-warn">{t("delivery.nobody")}</span>
    </p>
  );
}
