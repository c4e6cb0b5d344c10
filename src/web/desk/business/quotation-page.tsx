import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { Quotation, Version } from "../../../skills/business/api.ts";
import { fileUrl } from "../../client/files.ts";
import { buttonClass } from "../../ui/button.tsx";
import { Card, Waiting } from "../../ui/card.tsx";
import { Failure } from "../shell/failure.tsx";
import { Page } from "../shell/page.tsx";
import { useNow } from "../text/use-now.ts";
import { useText } from "../text/use-text.ts";
import { shownMoney } from "./amounts.ts";
import { letterheadQuery, quotationQuery } from "./queries.ts";
import { QuotationActions } from "./quotation-actions.tsx";
import { QuotationEditor } from "./quotation-editor.tsx";
import { QuotationStateTag } from "./quotation-state.tsx";

/** One quotation: written while it is a draft, read when it was sent. */
export function QuotationPage() {
  const { t } = useText();
  const { quotation: id } = useParams({ from: "/shell/business/quotations/$quotation" });
  const quotation = useQuery(quotationQuery(Number(id)));
  const letterhead = useQuery(letterheadQuery);
  const { data } = quotation;
  const draft = data?.versions.find(({ state }) => state === "draft");
  const error = quotation.error ?? letterhead.error;
  return (
    <Page
      title={data ? (data.number ?? t("business.newQuotation")) : t("business.quotation")}
      subtitle={data ? <Subtitle quotation={data} /> : undefined}
      actions={
        data?.conversationId && (
          <Link to="/conversations/$id" params={{ id: data.conversationId }} className={buttonClass()}>
            {t("business.toConversation")}
          </Link>
        )
      }
      back={{ to: "/business", label: t("business.quotations") }}
    >
      {(quotation.isPending || letterhead.isPending) && <Waiting rows={6} label={t("business.loading")} />}
      {error && (
        <Failure error={error} title={t("business.notLoaded")} retry={() => void quotation.refetch()} />
      )}
      {data && letterhead.data && (
        <div className="grid gap-5">
          {letterhead.data.missing.length > 0 && (
            <p className="rounded-2 border border-line bg-warn-soft px-4 py-3 text-warn">
              {t("business.letterheadMissing")}{" "}
              <Link to="/business/letterhead" className="font-strong underline">
                {t("business.shelf.letterhead")}
              </Link>
            </p>
          )}
          {draft && (
            <QuotationEditor
              key={draft.version}
              quotation={data}
              draft={draft}
              taxBp={letterhead.data.taxBp}
            />
          )}
          <Sent quotation={data} />
        </div>
      )}
    </Page>
  );
}

function Subtitle({ quotation: { company, person } }: { quotation: Quotation }) {
  return (
    <>
      <Link
        to="/business/companies/$company"
        params={{ company: String(company.id) }}
        className="text-accent-text hover:underline"
      >
        {company.name}
      </Link>
      {person?.name && ` · ${person.name}`}
    </>
  );
}

/** What left the house, newest first, and what came of it. */
function Sent({ quotation }: { quotation: Quotation }) {
  const { t, format } = useText();
  const now = useNow();
  const sent = quotation.versions.filter(({ state }) => state !== "draft");
  const { acceptance, confirmation } = quotation;
  if (sent.length === 0) return null;
  return (
    <div className="grid items-start gap-5 xl:grid-cols-2">
      <Card title={t("business.versions")}>
        <ul className="divide-y divide-line">
          {sent.map((version) => (
            <SentVersion key={version.version} version={version} />
          ))}
        </ul>
        <QuotationActions quotation={quotation} />
      </Card>
      {acceptance && (
        <Card title={t("business.order")}>
          <p>
            {t("business.orderedBy", {
              name: acceptance.by || t("business.unnamed"),
              date: format.moment(acceptance.acceptedAt, now),
            })}
          </p>
          <blockquote className="my-2 border-l-3 border-line-strong pl-3 wrap-anywhere">
            {acceptance.words}
          </blockquote>
          <p className="text-small text-ink-2">
            {t("business.hash")} <span className="font-mono wrap-anywhere">{acceptance.sha256}</span>
          </p>
          {confirmation && (
            <p className="mt-3">
              {confirmation.fileId ? (
                <a
                  href={fileUrl(confirmation.fileId)}
                  target="_blank"
                  rel="noreferrer noopener"
                  className={buttonClass()}
                >
                  {t("business.confirmation", { number: confirmation.number })}
                </a>
              ) : (
                t("business.confirmationComes", { number: confirmation.number })
              )}
            </p>
          )}
        </Card>
      )}
    </div>
  );
}

function SentVersion({ version }: { version: Version }) {
  const { t, format } = useText();
  const { state, totals, currency, validUntil, sentAt, reason, fileId } = version;
  return (
    <li className="py-3">
      <div className="flex flex-wrap items-center gap-2">
        <span className="font-strong">{t("business.version", { version: version.version })}</span>
        <QuotationStateTag state={state} />
        <span className="ml-auto font-strong tabular-nums">
          {shownMoney(totals.grossCents, currency, format.locale)}
        </span>
      </div>
      <p className="text-small text-ink-2">
        {[
          sentAt && t("business.sentOn", { date: format.date(sentAt) }),
          t("business.validUntil", { date: format.date(validUntil) }),
        ]
          .filter(Boolean)
          .join(", ")}
      </p>
      {reason && <p className="wrap-anywhere">{t("business.because", { reason })}</p>}
      {fileId && (
        <a
          href={fileUrl(fileId)}
          target="_blank"
          rel="noreferrer noopener"
          className="inline-flex min-h-8 items-center font-strong text-accent-text hover:underline"
        >
          {t("business.openDocument")}
        </a>
      )}
    </li>
  );
}
