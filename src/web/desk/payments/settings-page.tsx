import { useQuery } from "@tanstack/react-query";
import { Waiting } from "../../ui/card.tsx";
import { Failure } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";
import { PaymentsFrame } from "./payments-frame.tsx";
import { ProvidersCard } from "./providers-card.tsx";
import { settingsQuery } from "./queries.ts";
import { SettingsForm } from "./settings-form.tsx";

/** To which account money goes, by which rules, and which services take it. */
export function PaySettingsPage() {
  const { t } = useText();
  const { data, error, isPending, refetch } = useQuery(settingsQuery);
  return (
    <PaymentsFrame title={t("pay.settings")} subtitle={t("pay.settingsText")}>
      {isPending && <Waiting rows={6} label={t("pay.loading")} />}
      {error && <Failure error={error} title={t("pay.notLoaded")} retry={() => void refetch()} />}
      {data && (
        <div className="grid max-w-[860px] gap-5">
          <SettingsForm key={data.revision} start={data} />
          <ProvidersCard />
        </div>
      )}
    </PaymentsFrame>
  );
}
