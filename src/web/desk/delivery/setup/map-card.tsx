import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type CityDocument, putCityMap } from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Card } from "../../../ui/card.tsx";
import { TextField } from "../../../ui/field.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { useMe } from "../../session/session.ts";
import { useText } from "../../text/use-text.ts";
import { cityMapQuery } from "../queries.ts";
import { FileChoice } from "./file-choice.tsx";
import { useSetupChange } from "./queries.ts";
import { Refusal } from "./refusal.tsx";

/** The owner's own map, behind the evening and the customer's page; nothing is asked of a map service. */
export function MapCard({ city }: { city: CityDocument }) {
  const { t } = useText();
  const { role } = useMe();
  const [attribution, setAttribution] = useState("");
  const [isUnread, setUnread] = useState(false);
  const refresh = useSetupChange();
  const params = { id: city.id };
  const map = useQuery(cityMapQuery(city.id));
  const taking = useMutation({
    mutationFn: (geojson: { type: "FeatureCollection" }) =>
      call(putCityMap, { params, body: { geojson, attribution: attribution.trim() } }),
    onSuccess: refresh,
  });
  const choose = async (file: File) => {
    const geojson = collectionOf(await file.text());
    setUnread(geojson === null);
    if (geojson) taking.mutate(geojson);
  };
  const count = map.data?.features.length ?? 0;
  return (
    <Card title={t("deliverySetup.cityMap")}>
      <p className="mb-3 max-w-[66ch] text-small text-ink-2">{t("deliverySetup.cityMapText")}</p>
      <p>
        <StateLine kind={count > 0 ? "ok" : "off"}>
          {count > 0 ? t("deliverySetup.cityMapHas", { count }) : t("deliverySetup.cityMapNone")}
        </StateLine>
      </p>
      {map.data?.attribution && <p className="text-small text-ink-2">{map.data.attribution}</p>}
      {role === "owner" && (
        <div className="mt-4 grid gap-3 border-t border-line pt-4">
          <TextField
            label={t("deliverySetup.attribution")}
            maxLength={200}
            value={attribution}
            onChange={(event) => setAttribution(event.target.value)}
          />
          <FileChoice
            label={t("deliverySetup.cityMapFile")}
            accept=".json,.geojson,application/geo+json,application/json"
            busy={taking.isPending}
            working={t("deliverySetup.importing")}
            onChoose={(file) => void choose(file)}
          />
          {isUnread && (
            <p role="alert">
              <StateLine kind="bad">{t("deliverySetup.fault.cityMap")}</StateLine>
            </p>
          )}
          <Refusal error={map.error ?? taking.error} />
          {taking.data && (
            <p role="status">
              <StateLine kind="ok">
                {t("deliverySetup.cityMapTaken", {
                  count: taking.data.features,
                  skipped: taking.data.skipped,
                })}
              </StateLine>
            </p>
          )}
        </div>
      )}
    </Card>
  );
}

function collectionOf(text: string): { type: "FeatureCollection" } | null {
  try {
    const json: unknown = JSON.parse(text);
    const isCollection =
      typeof json === "object" && json !== null && "type" in json && json.type === "FeatureCollection";
    return isCollection ? (json as { type: "FeatureCollection" }) : null;
  } catch {
    return null;
  }
}
