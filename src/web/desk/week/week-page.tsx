import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { WeekFigures } from "../../../skills/week/api.ts";
import { Waiting } from "../../ui/card.tsx";
import { LighthouseDrawing } from "../../ui/drawings.tsx";
import { SelectField } from "../../ui/field.tsx";
import { Statement } from "../../ui/statement.tsx";
import { Failure } from "../shell/failure.tsx";
import { useText } from "../text/use-text.ts";
import { AnsweredPanel } from "./answered-panel.tsx";
import { AskedPanel } from "./asked-panel.tsx";
import { MailPanel } from "./mail-panel.tsx";
import { MessagesPanel } from "./messages-panel.tsx";
import { OpenPanel } from "./open-panel.tsx";
import { weekQuery } from "./queries.ts";
import { SpentPanel } from "./spent-panel.tsx";
import { TeachPanel } from "./teach-panel.tsx";
import { useWords } from "./use-words.ts";
import { WeekFrame } from "./week-frame.tsx";
import { WeekTiles } from "./week-tiles.tsx";

/** How the last week went, in one screen; read on Monday morning. */
export function WeekPage() {
  const { t, format } = useText();
  const words = useWords();
  const { week: chosen } = useSearch({ from: "/shell/monday/" });
  const asked = useQuery(weekQuery(chosen));
  const { data } = asked;
  const subtitle = data?.week
    ? t("week.span", {
        from: words.day(data.week.monday),
        to: format.date(lastDay(data.week)),
      })
    : t("week.subtitle");
  return (
    <WeekFrame
      title={t("week.title")}
      subtitle={subtitle}
      actions={data?.week && <WeekChoice weeks={data.weeks} monday={chosen ?? data.week.monday} />}
    >
      {asked.isPending && <Waiting rows={6} label={t("week.loading")} />}
      {asked.error && (
        <Failure error={asked.error} title={t("week.notLoaded")} retry={() => void asked.refetch()} />
      )}
      {data && !data.week && (
        <>
          <Statement
            drawing={<LighthouseDrawing className="w-[270px] max-w-full" />}
            title={t("week.first", { day: words.day(data.firstOn) })}
          >
            {t("week.firstText")}
          </Statement>
          <div className="mx-auto max-w-[520px]">
            <MailPanel mail={data.mail} />
          </div>
        </>
      )}
      {data?.week && (
        <div aria-busy={asked.isPlaceholderData || undefined}>
          {data.week.every > 1 && (
            <p className="mb-3 text-small text-ink-2">{t("week.estimated", { every: data.week.every })}</p>
          )}
          <WeekTiles week={data.week} />
          <div className="mt-4 grid items-start gap-4 lg:grid-cols-2 xl:grid-cols-[1.12fr_1fr_1fr]">
            <div className="grid min-w-0 gap-4">
              <AskedPanel asked={data.week.asked} />
              <SpentPanel costs={data.week.costs} />
            </div>
            <div className="grid min-w-0 gap-4">
              <AnsweredPanel week={data.week} />
              <MessagesPanel messages={data.week.messages} />
            </div>
            <div className="grid min-w-0 gap-4">
              <OpenPanel open={data.week.open} unanswered={data.week.speed.unanswered} />
              <TeachPanel teach={data.week.teach} />
              <MailPanel mail={data.mail} />
            </div>
          </div>
        </div>
      )}
    </WeekFrame>
  );
}

/** The Sunday: an hour before the end is still that day, whatever the clock did. */
function lastDay({ to }: WeekFigures): string {
  return new Date(Date.parse(to) - 3_600_000).toISOString();
}

function WeekChoice({ weeks, monday }: { weeks: readonly string[]; monday: string }) {
  const { t } = useText();
  const words = useWords();
  const navigate = useNavigate();
  return (
    <SelectField
      label={t("week.choose")}
      hideLabel
      value={monday}
      options={weeks.map((value, place) => ({
        value,
        label: place === 0 ? t("week.last") : t("week.from", { day: words.day(value) }),
      }))}
      onChange={(event) => void navigate({ to: "/monday", search: { week: event.target.value } })}
    />
  );
}
