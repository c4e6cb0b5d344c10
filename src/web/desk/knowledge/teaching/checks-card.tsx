import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ReplyOf } from "#kernel/api";
import { answerCheck, type listChecks } from "../../../../skills/service/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card, Waiting } from "../../../ui/card.tsx";
import { SelectField } from "../../../ui/field.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { checksQuery } from "../teaching-queries.ts";
import { noTopic, useTopicOptions } from "./topic-options.ts";

type Check = ReplyOf<typeof listChecks>["items"][number];

/** Messages drawn by chance; what they were about is what the health report is measured on. */
export function ChecksCard() {
  const { t } = useText();
  const checks = useQuery(checksQuery);
  const data = checks.data;
  return (
    <Card title={t("checks.title")} aside={t("checks.aside")}>
      <p className="text-small text-ink-2">
        {t("checks.text")} {data && t("checks.measured", { count: data.measured })}
      </p>
      {checks.isPending && <Waiting rows={3} label={t("knowledge.loading")} />}
      <FailureRows error={checks.error} />
      {data?.items.length === 0 && <p className="mt-3">{t("checks.none")}</p>}
      <ul className="mt-2 divide-y divide-line">
        {data?.items.map((check) => (
          <CheckRow key={check.messageId} check={check} />
        ))}
      </ul>
    </Card>
  );
}

const ways = { answer: "checks.answer", choose: "checks.choice", handover: "checks.handover" } as const;

function CheckRow({ check }: { check: Check }) {
  const { t } = useText();
  const client = useQueryClient();
  const options = useTopicOptions();
  const [chosen, setChosen] = useState("");
  const { conversationId, messageId, text, heldFor, zone, language } = check;
  const keeping = useMutation({
    mutationFn: (topicId: number | null) =>
      call(answerCheck, { body: { conversationId, messageId, topicId } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["knowledge"] }),
  });
  return (
    <li className="grid gap-1.5 py-3">
      <p lang={language} className="font-strong wrap-anywhere">
        {text}
      </p>
      <p className="text-small text-ink-2">
        {t(ways[zone], { topic: heldFor?.title ?? t("checks.unknown") })}
      </p>
      <FailureRows error={keeping.error} />
      <div className="flex flex-wrap gap-2">
        {heldFor && (
          <Button
            aria-label={t("checks.rightOf", { text })}
            busy={keeping.isPending}
            onClick={() => keeping.mutate(heldFor.id)}
          >
            {t("checks.right")}
          </Button>
        )}
        <SelectField
          label={t("checks.which", { text })}
          hideLabel
          className="min-w-0 flex-1"
          value={chosen}
          options={[
            { value: "", label: t("checks.choose") },
            { value: noTopic, label: t("checks.noTopic") },
            ...options,
          ]}
          onChange={(event) => setChosen(event.target.value)}
        />
        {chosen !== "" && (
          <Button
            variant="primary"
            busy={keeping.isPending}
            onClick={() => keeping.mutate(chosen === noTopic ? null : Number(chosen))}
          >
            {t("checks.keep")}
          </Button>
        )}
      </div>
    </li>
  );
}
