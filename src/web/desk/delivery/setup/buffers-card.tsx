import { useQuery } from "@tanstack/react-query";
import type { CityDocument, CityKnowledge } from "../../../../skills/delivery/api.ts";
import { Card } from "../../../ui/card.tsx";
import { useText } from "../../text/use-text.ts";
import { knowledgeQuery } from "./queries.ts";

/** What finished evenings taught: so much earlier than a window's end the plan should be at the door. */
export function BuffersCard({ city }: { city: CityDocument }) {
  const { t } = useText();
  const { buffers = [], zonePaces = [] } = useQuery(knowledgeQuery(city.id)).data ?? {};
  return (
    <Card title={t("deliverySetup.buffers")}>
      <p className="mb-3 max-w-[66ch] text-small text-ink-2">
        {t("deliverySetup.buffersText", { minutes: Math.round(city.bufferSeconds / 60) })}
      </p>
      {buffers.length === 0 ? (
        <p>{t("deliverySetup.noBuffers")}</p>
      ) : (
        <table className="w-full text-desk">
          <thead>
            <tr className="border-b-[1.5px] border-ink text-left text-small">
              <th className="py-2 pr-3 font-strong">{t("deliverySetup.field.zone")}</th>
              <th className="py-2 pr-3 text-right font-strong">{t("deliverySetup.hour")}</th>
              <th className="py-2 pr-3 text-right font-strong">{t("deliverySetup.bufferMinutes")}</th>
              <th className="py-2 text-right font-strong">{t("deliverySetup.learnedFrom")}</th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line tabular-nums">
            {buffers.map(({ zone, hour, seconds, promises }) => (
              <tr key={`${zone} ${hour}`}>
                <td className="py-1.5 pr-3">{zone || t("deliverySetup.wholeCity")}</td>
                <td className="py-1.5 pr-3 text-right">{`${hour}–${hour + 1}`}</td>
                <td className="py-1.5 pr-3 text-right">{Math.round(seconds / 60)}</td>
                <td className="py-1.5 text-right">{promises}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {zonePaces.length > 0 && <ZonePaces paces={zonePaces} />}
    </Card>
  );
}

/** How fast zones are beside the city's mean. */
function ZonePaces({ paces }: { paces: CityKnowledge["zonePaces"] }) {
  const { t } = useText();
  return (
    <>
      <p className="mt-5 mb-3 max-w-[66ch] text-small text-ink-2">{t("deliverySetup.zonePacesText")}</p>
      <table className="w-full text-desk">
        <thead>
          <tr className="border-b-[1.5px] border-ink text-left text-small">
            <th className="py-2 pr-3 font-strong">{t("deliverySetup.field.zone")}</th>
            <th className="py-2 pr-3 text-right font-strong">{t("deliverySetup.waysTake")}</th>
            <th className="py-2 text-right font-strong">{t("deliverySetup.learnedFromWays")}</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line tabular-nums">
          {paces.map(({ zone, percent, legs }) => (
            <tr key={zone}>
              <td className="py-1.5 pr-3 wrap-anywhere">{zone || t("deliverySetup.outsideZones")}</td>
              <td className="py-1.5 pr-3 text-right">{`${percent} %`}</td>
              <td className="py-1.5 text-right">{legs}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
