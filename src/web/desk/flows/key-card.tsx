import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { flowSigningKey } from "../../../skills/service/api.ts";
import { call } from "../../client/call.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { CopyRow } from "../../ui/copy-row.tsx";
import { FailureRows } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";

/** The key by which the company's own service knows who asks; shown to owners, and only when they want it. */
export function KeyCard() {
  const { t } = useText();
  const [isShown, setShown] = useState(false);
  const key = useQuery({
    queryKey: ["flow-key"],
    queryFn: ({ signal }) => call(flowSigningKey, {}, signal),
    enabled: isShown,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Card title={t("flowKey.title")}>
      <p className="mb-3 text-ink-2">{t("flowKey.text")}</p>
      <FailureRows error={key.error} />
      {key.data ? (
        <CopyRow
          label={t("flowKey.label")}
          value={key.data.key}
          words={{ copy: t("flowKey.copy"), copied: t("flowKey.copied") }}
        />
      ) : (
        <Button busy={isShown && key.isPending} onClick={() => setShown(true)}>
          {t("flowKey.show")}
        </Button>
      )}
    </Card>
  );
}
