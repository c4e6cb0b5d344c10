import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReplyOf } from "#kernel/api";
import { type listRules, switchRule } from "../../../skills/advocate/api.ts";
import { call } from "../../client/call.ts";
import { Card, Waiting } from "../../ui/card.tsx";
import { Switch } from "../../ui/switch.tsx";
import { Tag } from "../../ui/tag.tsx";
import { Failure, FailureRows } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";
import { rulesQuery } from "./queries.ts";
import { useRuleName } from "./use-rule-name.ts";

type Rules = ReplyOf<typeof listRules>;
type Rule = Rules["items"][number];
type RuleId = Parameters<typeof call<typeof switchRule>>[1]["params"]["rule"];

/** What is warned of, with the promise made to customers and the law behind it. */
export function RulesCard({ mayDecide }: { mayDecide: boolean }) {
  const { t } = useText();
  const client = useQueryClient();
  const rules = useQuery(rulesQuery);
  const switching = useMutation({
    mutationFn: ({ id, isOn }: { id: string; isOn: boolean }) =>
      call(switchRule, { params: { rule: id as RuleId }, body: { isOn } }),
    onMutate: ({ id, isOn }) =>
      client.setQueryData(rulesQuery.queryKey, (old: Rules | undefined) =>
        old ? { items: old.items.map((one) => (one.id === id ? { ...one, isOn } : one)) } : old,
      ),
    onSettled: () => client.invalidateQueries({ queryKey: rulesQuery.queryKey }),
  });
  return (
    <Card title={t("advocate.rules")}>
      <p className="mb-2 text-small text-ink-2">{t("advocate.rulesText")}</p>
      {rules.isPending && <Waiting rows={6} label={t("advocate.loading")} />}
      {rules.error && (
        <Failure error={rules.error} title={t("advocate.notLoaded")} retry={() => void rules.refetch()} />
      )}
      <FailureRows error={switching.error} />
      <ul className="divide-y divide-line">
        {rules.data?.items.map((rule) => (
          <li key={rule.id} className="py-3">
            <Row
              rule={rule}
              onSwitch={mayDecide ? (isOn) => switching.mutate({ id: rule.id, isOn }) : null}
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Row({ rule, onSwitch }: { rule: Rule; onSwitch: ((isOn: boolean) => void) | null }) {
  const { t, language } = useText();
  const nameOf = useRuleName();
  const name = nameOf(rule.id);
  return (
    <>
      {onSwitch ? (
        <Switch
          label={name}
          help={rule.promise[language]}
          words={{ on: t("advocate.on"), off: t("advocate.off") }}
          checked={rule.isOn}
          onChange={onSwitch}
        />
      ) : (
        <div className="flex items-start justify-between gap-4">
          <div>
            <p className="text-small font-strong">{name}</p>
            <p className="text-small text-ink-2">{rule.promise[language]}</p>
          </div>
          <Tag kind={rule.isOn ? "ok" : "off"}>{t(rule.isOn ? "advocate.on" : "advocate.off")}</Tag>
        </div>
      )}
      <p className="text-tiny text-ink-2">
        {t("advocate.law", { law: t.maybe(`advocate.law.${rule.id}`) ?? rule.law })}
      </p>
    </>
  );
}
