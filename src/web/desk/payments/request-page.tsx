import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { Download } from "lucide-react";
import { getPayReceipt, type PayRequest } from "../../../skills/pay/api.ts";
import { call } from "../../client/call.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Card, Waiting } from "../../ui/card.tsx";
import { CopyRow } from "../../ui/copy-row.tsx";
import { saveBytes } from "../../ui/save-bytes.ts";
import { Failure } from "../shell/failure.tsx";
import { Page } from "../shell/page.tsx";
import { useText } from "../text/use-text.ts";
import { MoneyCards } from "./money-cards.tsx";
import { PayFault } from "./pay-fault.tsx";
import { requestQuery } from "./queries.ts";
import { RequestActions } from "./request-actions.tsx";
import { StateTag } from "./state-tag.tsx";
import { useMoney } from "./use-money.ts";

/** One request: who, what, how much, until when, and what happened to it. */
export function RequestPage() {
  const { t } = useText();
  const { request: id } = useParams({ from: "/shell/payments/requests/$request" });
  const { data, error, isPending, refetch } = useQuery(requestQuery(Number(id)));
  return (
    <Page
      title={data?.title ?? t("pay.request")}
      subtitle={data?.name || undefined}
      actions={
        data?.conversationId && (
          <Link to="/conversations/$id" params={{ id: data.conversationId }} className={buttonClass()}>
            {t("pay.toConversation")}
          </Link>
        )
      }
      back={{ to: "/payments", label: t("pay.requests") }}
    >
      {isPending && <Waiting rows={6} label={t("pay.loading")} />}
      {error && <Failure error={error} title={t("pay.notLoaded")} retry={() => void refetch()} />}
      {data && (
        <div className="grid items-start gap-5 xl:grid-cols-[1.18fr_1fr]">
          <div className="grid gap-5">
            <AskedCard request={data} />
            <MoneyCards request={data} />
          </div>
          <div className="grid gap-5">
            <RequestActions request={data} />
            <PageCard request={data} />
          </div>
        </div>
      )}
    </Page>
  );
}

function AskedCard({ request }: { request: PayRequest }) {
  const { t, format } = useText();
  const money = useMoney();
  const { amountMinor, owedMinor, paidMinor, refundedMinor, currency, dueOn, expiresOn, lines, reason } =
    request;
  const amount = (minor: number) => money(minor, currency);
  const sums = [
    { label: t("pay.sum.asked"), minor: amountMinor },
    ...(paidMinor > 0 ? [{ label: t("pay.sum.paid"), minor: paidMinor }] : []),
    ...(refundedMinor > 0 ? [{ label: t("pay.sum.refunded"), minor: refundedMinor }] : []),
  ];
  return (
    <Card>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p>
          <span className="block text-small text-ink-2">
            {t(owedMinor > 0 ? "pay.sum.open" : "pay.sum.asked")}
          </span>
          <span className="font-head text-[2rem] leading-9 font-heavy tabular-nums">
            {amount(owedMinor > 0 ? owedMinor : amountMinor)}
          </span>
        </p>
        <StateTag request={request} />
      </div>
      {reason !== "" && <p className="mt-2 wrap-anywhere">{t("pay.cancelledBecause", { reason })}</p>}
      <dl className="mt-4 grid grid-cols-[1fr_auto] gap-x-4 border-t-[1.5px] border-ink">
        {lines.map(({ text, amountMinor: of }, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two lines may say the same.
          <Fact key={n} term={text} text={amount(of)} />
        ))}
        {sums.map(({ label, minor }) => (
          <Fact key={label} term={label} text={amount(minor)} isStrong />
        ))}
        <Fact term={t("pay.field.dueOn")} text={format.date(dueOn)} />
        {expiresOn && <Fact term={t("pay.endsOn")} text={format.date(expiresOn)} />}
      </dl>
    </Card>
  );
}

function Fact({ term, text, isStrong = false }: { term: string; text: string; isStrong?: boolean }) {
  return (
    <div className="col-span-full grid grid-cols-subgrid border-b border-line py-2">
      <dt className="min-w-0 wrap-anywhere text-ink-2">{term}</dt>
      <dd className={`text-right whitespace-nowrap tabular-nums ${isStrong ? "font-strong" : ""}`}>{text}</dd>
    </div>
  );
}

/** What a customer pays by, to be carried elsewhere; and the receipt. */
function PageCard({ request: { id, page, reference, receipts } }: { request: PayRequest }) {
  const { t } = useText();
  const words = { copy: t("pay.copy"), copied: t("pay.copied") };
  const saving = useMutation({
    mutationFn: (number: string) => call(getPayReceipt, { params: { id }, query: { number } }),
    onSuccess: ({ name, content, mime }) => saveBytes(name, content, mime),
  });
  return (
    <Card title={t("pay.forCustomer")}>
      <div className="grid gap-3">
        {receipts.length > 0 && (
          <div className="grid justify-items-start gap-2">
            {receipts.map(({ number, cancels }) => (
              <Button
                key={number}
                icon={Download}
                busy={saving.isPending && saving.variables === number}
                onClick={() => saving.mutate(number)}
              >
                {cancels === null
                  ? t("pay.loadReceipt", { number })
                  : t("pay.loadCancellation", { number, cancels })}
              </Button>
            ))}
            <PayFault error={saving.error} />
          </div>
        )}
        <CopyRow label={t("pay.reference")} value={reference} words={words} />
        <div>
          <CopyRow label={t("pay.page")} value={page} words={words} />
          <p className="mt-1 text-small text-ink-2">{t("pay.pageText")}</p>
        </div>
      </div>
    </Card>
  );
}
