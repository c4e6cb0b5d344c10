import type { RunningReply } from "../../../../skills/delivery/api.ts";
import { useText } from "../../text/use-text.ts";
import type { CityFormat } from "../use-city-format.ts";

interface BuffersProps {
  running: Pick<RunningReply, "bufferSeconds" | "zonePaces">;
  format: CityFormat;
}

/** How much earlier than a window's end the plan is at the door, and how fast zones are, as finished stops taught it. */
export function BuffersPane({ running: { bufferSeconds: buffers, zonePaces }, format }: BuffersProps) {
  const { t } = useText();
  if (buffers.length === 0 && zonePaces.length === 0) return null;
  const zones = Map.groupBy(buffers, ({ zone }) => zone);
  return (
    <details className="border-t border-line px-4 py-3 lg:px-6">
      <summary className="min-h-6 font-strong">{t("delivery.buffers")}</summary>
      <p className="text-small text-ink-2">{t("delivery.buffersText")}</p>
      <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-desk">
        {[...zones].map(([zone, rows]) => (
          <div key={zone} className="contents">
            <dt className="font-strong">{zone || t("delivery.wholeCity")}</dt>
            <dd className="text-ink-2">
              {rows
                .toSorted((a, b) => a.hour - b.hour)
                .map(({ hour, seconds }) =>
                  t("delivery.bufferAt", { hour: String(hour), span: format.span(seconds * 1_000) }),
                )
                .join(" · ")}
            </dd>
          </div>
        ))}
      </dl>
      {zonePaces.length > 0 && (
        <>
          <p className="mt-3 text-small text-ink-2">{t("delivery.zonePacesText")}</p>
          <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-desk">
            {zonePaces.map(({ zone, percent, legs }) => (
              <div key={zone} className="contents">
                <dt className="font-strong wrap-anywhere">{zone || t("delivery.outsideZones")}</dt>
                <dd className="text-ink-2">
                  {t("delivery.zonePace", { percent: String(percent), count: legs })}
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </details>
  );
}
