import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import {
  agreePartner,
  endPartner,
  type PartnerReply,
  proposePartner,
} from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Card, Waiting } from "../../../ui/card.tsx";
import { TextField } from "../../../ui/field.tsx";
import { Tag } from "../../../ui/tag.tsx";
import { isManager, useMe } from "../../session/session.ts";
import { useText } from "../../text/use-text.ts";
import { AskedEnd } from "./asked-end.tsx";
import { partnersQuery, useSetupChange } from "./queries.ts";
import { Refusal } from "./refusal.tsx";
import { RuleForm } from "./rule-form.tsx";
import { SetupFrame } from "./setup-frame.tsx";

/** Companies that send with us, or that we send with. */
export function PartnersPage() {
  const { t } = useText();
  const session = useMe();
  const partners = useQuery({ ...partnersQuery, enabled: isManager(session) });
  const items = partners.data?.items ?? [];
  return (
    <SetupFrame title={t("deliverySetup.partners.title")} subtitle={t("deliverySetup.partners.subtitle")}>
      {!isManager(session) && <p className="text-ink-2">{t("house.managersOnly")}</p>}
      {partners.isLoading && <Waiting rows={3} label={t("deliverySetup.loading")} />}
      <Refusal error={partners.error} />
      {partners.isSuccess && (
        <div className="grid items-start gap-5 xl:grid-cols-[1.4fr_1fr]">
          <Card title={t("deliverySetup.partners.list")}>
            {items.length === 0 && <p className="text-ink-2">{t("deliverySetup.partners.none")}</p>}
            <ul className="divide-y divide-line">
              {items.map((partner) => (
                <Partner key={partner.id} partner={partner} />
              ))}
            </ul>
          </Card>
          {session.role === "owner" && <Propose />}
        </div>
      )}
    </SetupFrame>
  );
}

const kinds = { asked: "info", asks: "turn", stands: "ok", ended: "off" } as const;

function Partner({ partner }: { partner: PartnerReply }) {
  const { t, format } = useText();
  const { role } = useMe();
  const refresh = useSetupChange();
  const [isRuleOpen, setRuleOpen] = useState(false);
  const params = { id: partner.id };
  const agreeing = useMutation({ mutationFn: () => call(agreePartner, { params }), onSuccess: refresh });
  const ending = useMutation({ mutationFn: () => call(endPartner, { params }), onSuccess: refresh });
  const { name, state, until, fields } = partner;
  return (
    <li className="grid gap-2 py-4 first:pt-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-strong">{name}</span>
        <Tag kind={kinds[state]}>{t(`deliverySetup.partners.state.${state}`)}</Tag>
        {state !== "ended" && (
          <span className="text-small text-ink-2">
            {t("deliverySetup.partners.until", { day: format.date(until) })}
          </span>
        )}
      </div>
      <p className="text-small text-ink-2">
        {t("deliverySetup.partners.fields", {
          fields: fields.map((field) => t.maybe(`deliverySetup.crosses.${field}`) ?? field).join(", "),
        })}
      </p>
      <div className="flex flex-wrap gap-2">
        {state === "asks" && role === "owner" && (
          <Button variant="primary" busy={agreeing.isPending} onClick={() => agreeing.mutate()}>
            {t("deliverySetup.partners.agree")}
          </Button>
        )}
        {state === "stands" && (
          <Button aria-expanded={isRuleOpen} onClick={() => setRuleOpen(!isRuleOpen)}>
            {t("deliverySetup.partners.rule")}
          </Button>
        )}
        {state !== "ended" && role === "owner" && (
          <AskedEnd
            label={t("deliverySetup.partners.end")}
            title={t("deliverySetup.partners.endTitle", { name })}
            ending={ending}
          >
            {t("deliverySetup.partners.endText")}
          </AskedEnd>
        )}
      </div>
      <Refusal error={agreeing.error} />
      {isRuleOpen && <RuleForm partner={partner} onDone={() => setRuleOpen(false)} />}
    </li>
  );
}

function Propose() {
  const { t } = useText();
  const refresh = useSetupChange();
  const [slug, setSlug] = useState("");
  const proposing = useMutation({
    mutationFn: () => call(proposePartner, { body: { slug: slug.trim() } }),
    onSuccess: () => {
      setSlug("");
      return refresh();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (slug.trim() !== "") proposing.mutate();
  };
  return (
    <Card title={t("deliverySetup.partners.propose")}>
      <form onSubmit={submit} className="grid gap-3">
        <p className="text-ink-2">{t("deliverySetup.partners.proposeText")}</p>
        <TextField
          label={t("deliverySetup.partners.slug")}
          help={t("deliverySetup.partners.slugHelp")}
          maxLength={80}
          required
          value={slug}
          onChange={(event) => setSlug(event.target.value)}
        />
        <Refusal error={proposing.error} />
        <Button type="submit" variant="primary" className="justify-self-start" busy={proposing.isPending}>
          {t("deliverySetup.partners.ask")}
        </Button>
      </form>
    </Card>
  );
}
