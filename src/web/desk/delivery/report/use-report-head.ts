import { useText } from "../../text/use-text.ts";
import type { CsvHead } from "./figures.ts";

/** What the columns of the file are called. */
export function useReportHead(): CsvHead {
  const { t } = useText();
  return {
    cityName: t("delivery.city"),
    date: t("delivery.csv.date"),
    deliveries: t("delivery.csv.deliveries"),
    handedOver: t("delivery.csv.handedOver"),
    atFirstAttempt: t("delivery.csv.atFirstAttempt"),
    notRecorded: t("delivery.csv.notRecorded"),
    windowKept: t("delivery.csv.windowKept"),
    windowJudged: t("delivery.csv.windowJudged"),
    noticed: t("delivery.csv.noticed"),
    noticeInside: t("delivery.csv.noticeInside"),
    noticeErrorSeconds: t("delivery.csv.noticeErrorSeconds"),
    brokenSaid: t("delivery.csv.brokenSaid"),
    compensationMinor: t("delivery.csv.compensationMinor"),
    costMinor: t("delivery.csv.costMinor"),
    currency: t("delivery.csv.currency"),
    distanceMetres: t("delivery.csv.distanceMetres"),
    workedSeconds: t("delivery.csv.workedSeconds"),
    gramsCo2: t("delivery.csv.gramsCo2"),
    asked: t("delivery.csv.asked"),
    good: t("delivery.csv.good"),
  };
}
