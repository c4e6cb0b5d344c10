import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type CityDocument, importAddressList } from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Card, Waiting } from "../../../ui/card.tsx";
import { TextField } from "../../../ui/field.tsx";
import { StateLine } from "../../../ui/tag.tsx";
import { useMe } from "../../session/session.ts";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { FileChoice } from "./file-choice.tsx";
import { knowledgeQuery, useSetupChange } from "./queries.ts";
import { Refusal } from "./refusal.tsx";

/** Which addresses the city's search knows, whose data they are, and how a list comes in. */
export function AddressCard({ city }: { city: CityDocument }) {
  const { t, format } = useText();
  const { role } = useMe();
  const knowledge = useQuery(knowledgeQuery(city.id));
  const list = knowledge.data?.addressList;
  return (
    <Card title={t("deliverySetup.addresses")}>
      {knowledge.isPending && <Waiting rows={1} label={t("deliverySetup.loading")} />}
      <FailureRows error={knowledge.error} />
      {list && (
        <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[10rem_1fr]">
          <dt className="text-ink-2">{t("deliverySetup.addressSource")}</dt>
          <dd className="wrap-anywhere">{list.source}</dd>
          <dt className="text-ink-2">{t("deliverySetup.addressCount")}</dt>
          <dd>{t("deliverySetup.addressCounts", { streets: list.streets, houses: list.houses })}</dd>
          <dt className="text-ink-2">{t("deliverySetup.addressSince")}</dt>
          <dd>{format.date(list.importedAt)}</dd>
          <dt className="text-ink-2">{t("deliverySetup.attribution")}</dt>
          <dd className="wrap-anywhere">{list.attribution || t("deliverySetup.noAttribution")}</dd>
        </dl>
      )}
      {knowledge.data && !list && (
        <p>
          <StateLine kind="warn">{t("deliverySetup.noAddresses")}</StateLine>
        </p>
      )}
      {role === "owner" && <ImportList cityId={city.id} />}
      <p className="mt-4 text-small text-ink-2">{t("deliverySetup.importLarge")}</p>
      <code className="mt-1 block overflow-x-auto rounded-2 bg-sunken px-3 py-2 font-mono text-tiny">
        {`augenhoehe delivery places import FILE --city "${city.name}"`}
      </code>
    </Card>
  );
}

function ImportList({ cityId }: { cityId: number }) {
  const { t } = useText();
  const [attribution, setAttribution] = useState("");
  const refresh = useSetupChange();
  const taking = useMutation({
    mutationFn: async (file: File) =>
      call(importAddressList, {
        params: { id: cityId },
        body: { name: file.name.slice(0, 200), text: await file.text(), attribution: attribution.trim() },
      }),
    onSuccess: refresh,
  });
  return (
    <div className="mt-4 grid gap-3 border-t border-line pt-4">
      <p className="max-w-[66ch] text-small text-ink-2">{t("deliverySetup.importText")}</p>
      <TextField
        label={t("deliverySetup.attribution")}
        help={t("deliverySetup.attributionHelp")}
        maxLength={200}
        value={attribution}
        onChange={(event) => setAttribution(event.target.value)}
      />
      <FileChoice
        label={t("deliverySetup.importFile")}
        accept=".csv,.txt,text/csv"
        busy={taking.isPending}
        working={t("deliverySetup.importing")}
        onChoose={(file) => taking.mutate(file)}
      />
      <Refusal error={taking.error} />
      {taking.data && (
        <div role="status" className="grid gap-1">
          <StateLine kind="ok">
            {t("deliverySetup.imported", {
              streets: taking.data.addressList.streets,
              houses: taking.data.addressList.houses,
            })}
          </StateLine>
          {taking.data.leftOut.map(({ reason, count, line }) => (
            <span key={reason} className="text-small text-ink-2">
              {t("deliverySetup.leftOut", {
                count,
                reason: t.maybe(`deliverySetup.leftOut.${reason}`) ?? reason,
                line: line ?? "?",
              })}
            </span>
          ))}
        </div>
      )}
    </div>
  );
}
