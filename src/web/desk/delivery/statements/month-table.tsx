import { useMutation } from "@tanstack/react-query";
import { makeDeliveryStatement, type StatementMonth } from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { saveBytes } from "../../../ui/save-bytes.ts";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { useReportWords } from "../report/use-report-words.ts";

interface MonthsProps {
  /** Of whom, as the card says it. */
  name: string;
  months: readonly StatementMonth[];
}

/** A row a month, the newest first; on a phone a block. */
export function MonthTable({ name, months }: MonthsProps) {
  const { t } = useText();
  const cells = useCells();
  const monthName = useMonthName();
  const [first] = months;
  if (!first) return null;
  return (
    <>
      <table className="hidden w-full text-desk lg:table">
        <thead>
          <tr className="border-b-[1.5px] border-ink text-small text-ink-2">
            <th scope="col" className="py-1.5 text-left font-strong">
              {t("delivery.statements.month")}
            </th>
            {cells(first).map(({ key, label }) => (
              <th key={key} scope="col" className="py-1.5 pl-4 text-right font-strong">
                {label}
              </th>
            ))}
            <th scope="col" className="py-1.5 pl-4 text-right font-strong">
              {t("delivery.statements.files")}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {months.map((one) => (
            <tr key={`${one.month} ${one.sum.currency}`}>
              <th scope="row" className="py-2 text-left font-strong">
                {monthName(one.month)}
              </th>
              {cells(one).map(({ key, text }) => (
                <td key={key} className="py-2 pl-4 text-right whitespace-nowrap">
                  {text}
                </td>
              ))}
              <td className="py-1 pl-4">
                <Files name={name} month={one} className="justify-end" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul className="divide-y divide-line border-t-[1.5px] border-ink lg:hidden">
        {months.map((one) => (
          <li key={`${one.month} ${one.sum.currency}`} className="py-3">
            <p className="font-strong">{monthName(one.month)}</p>
            <dl className="mt-1 grid grid-cols-[1fr_auto] gap-x-4 text-small">
              {cells(one).map(({ key, label, text }) => (
                <div key={key} className="contents">
                  <dt className="text-ink-2">{label}</dt>
                  <dd className="text-right">{text}</dd>
                </div>
              ))}
            </dl>
            <Files name={name} month={one} className="mt-2" />
          </li>
        ))}
      </ul>
    </>
  );
}

/** "November 2026", and of the month that still runs that it does. */
function useMonthName() {
  const { t, format } = useText();
  const name = new Intl.DateTimeFormat(format.locale, { timeZone: "UTC", month: "long", year: "numeric" });
  const current = format.dayOf(Date.now()).slice(0, "YYYY-MM".length);
  return (month: string) => {
    const words = name.format(new Date(`${month}-01`));
    return month === current ? `${words}, ${t("delivery.statements.soFar")}` : words;
  };
}

function useCells() {
  const { t } = useText();
  const words = useReportWords();
  return ({ sum, partnerId }: StatementMonth) => {
    const share = sum.firstAttempts === 0 ? null : sum.atFirstAttempt / sum.firstAttempts;
    return [
      { key: "deliveries", label: t("delivery.statements.deliveries"), text: words.number(sum.deliveries) },
      { key: "handed", label: t("delivery.statements.handedOver"), text: words.number(sum.handedOver) },
      { key: "first", label: t("delivery.statements.first"), text: words.share(share) },
      {
        key: "price",
        label: t("delivery.statements.price"),
        text: words.amount(sum.priceMinor, sum.currency),
      },
      // Of a company's own parcels nobody pays another one a share.
      ...(partnerId === null
        ? []
        : [
            {
              key: "pays",
              label: t("delivery.statements.pays"),
              text: words.amount(sum.senderPaysMinor, sum.currency),
            },
          ]),
      {
        key: "owed",
        label: t("delivery.statements.owed"),
        text: words.amount(sum.compensationMinor, sum.currency),
      },
    ];
  };
}

const formats = ["csv", "pdf"] as const;

interface FilesProps {
  name: string;
  month: StatementMonth;
  className: string;
}

/** Every delivery of the month, for a program or to read. */
function Files({ name, month: { month, role, partnerId }, className }: FilesProps) {
  const { t } = useText();
  const monthName = useMonthName();
  const whose =
    partnerId === null ? {} : role === "sender" ? { carrierId: partnerId } : { senderId: partnerId };
  const making = useMutation({
    mutationFn: (format: (typeof formats)[number]) =>
      call(makeDeliveryStatement, { body: { month, format, ...whose } }),
    onSuccess: ({ name: file, content, mime }) => saveBytes(file, content, mime),
  });
  return (
    <div className={`flex flex-wrap gap-2 ${className}`}>
      {formats.map((format) => (
        <Button
          key={format}
          busy={making.isPending && making.variables === format}
          aria-label={t("delivery.statements.file", {
            format: format.toUpperCase(),
            month: monthName(month),
            name,
          })}
          onClick={() => making.mutate(format)}
        >
          {format.toUpperCase()}
        </Button>
      ))}
      {making.error && <FailureRows error={making.error} />}
    </div>
  );
}
