import { Card } from "../../../ui/card.tsx";
import { CopyRow } from "../../../ui/copy-row.tsx";
import { useText } from "../../text/use-text.ts";

/** What signs a webhook's calls; the node shows it once. */
export function SecretCard({ secret }: { secret: string }) {
  const { t } = useText();
  return (
    <Card title={t("sources.secretTitle")}>
      <p className="mb-3">{t("sources.secretText")}</p>
      <CopyRow label={t("sources.secret")} value={secret} words={{ copy: t("copy"), copied: t("copied") }} />
    </Card>
  );
}
