import { useMutation, useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { type CityDocument, deleteCityTiles, putCityTiles } from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { uploadMap } from "../../../client/files.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { TextField } from "../../../ui/field.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { useMe } from "../../session/session.ts";
import { useText } from "../../text/use-text.ts";
import { cityMapQuery } from "../queries.ts";
import { FileChoice } from "./file-choice.tsx";
import { useSetupChange } from "./queries.ts";
import { Refusal } from "./refusal.tsx";

/** Streets and names under the dispatcher's evening, from one file that the node keeps. */
export function TilesCard({ city: { id } }: { city: CityDocument }) {
  const { t, format } = useText();
  const { role } = useMe();
  const [attribution, setAttribution] = useState("");
  const refresh = useSetupChange();
  const params = { id };
  const map = useQuery(cityMapQuery(id));
  const taking = useMutation({
    mutationFn: async (file: File) => {
      const { fileId } = await uploadMap(file);
      return call(putCityTiles, { params, body: { fileId, attribution: attribution.trim() } });
    },
    onSuccess: refresh,
  });
  const removing = useMutation({
    mutationFn: () => call(deleteCityTiles, { params }),
    onSuccess: refresh,
  });
  const tiles = map.data?.tiles ?? null;
  return (
    <Card title={t("deliverySetup.tiles")}>
      <p className="mb-3 max-w-[66ch] text-small text-ink-2">{t("deliverySetup.tilesText")}</p>
      <p className="wrap-anywhere">
        <StateLine kind={tiles ? "ok" : "off"}>
          {tiles
            ? t("deliverySetup.tilesHas", {
                name: tiles.name,
                size: format.number(Math.ceil(tiles.bytes / 1e6)),
              })
            : t("deliverySetup.tilesNone")}
        </StateLine>
      </p>
      {tiles?.attribution && <p className="text-small text-ink-2">{tiles.attribution}</p>}
      {role === "owner" && (
        <div className="mt-4 grid gap-3 border-t border-line pt-4">
          <TextField
            label={t("deliverySetup.attribution")}
            help={t("deliverySetup.tilesAttributionHelp")}
            maxLength={200}
            value={attribution}
            onChange={(event) => setAttribution(event.target.value)}
          />
          <FileChoice
            label={t("deliverySetup.tilesFile")}
            accept=".pmtiles"
            busy={taking.isPending}
            working={t("deliverySetup.tilesTaking")}
            onChoose={(file) => taking.mutate(file)}
          />
          {tiles && (
            <Button
              icon={Trash2}
              className="justify-self-start"
              busy={removing.isPending}
              onClick={() => removing.mutate()}
            >
              {t("deliverySetup.tilesRemove")}
            </Button>
          )}
          <Refusal error={map.error ?? taking.error ?? removing.error} />
        </div>
      )}
    </Card>
  );
}
