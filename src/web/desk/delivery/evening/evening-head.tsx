import { Link } from "@tanstack/react-router";
import { Ellipsis, Flag, History, MessageCircle, MessagesSquare, Shuffle } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { RunningReply } from "../../../../skills/delivery/api.ts";
import { Button, IconButton } from "../../../ui/button.tsx";
import { Menu, MenuItem, MenuLine } from "../../../ui/menu.tsx";
import { StateLine, Tag } from "../../../ui/tag.tsx";
import { isManager, useMe } from "../../session/session.ts";
import { useText } from "../../text/use-text.ts";
import { ShelfRow } from "../delivery-shelves.tsx";
import type { CityFormat } from "../use-city-format.ts";
import { countsOf } from "./rounds.ts";
import { StateDialog } from "./state-dialog.tsx";
import type { Writing } from "./write-dialog.tsx";

interface HeadProps {
  running: RunningReply;
  now: number;
  format: CityFormat;
  choice: ReactNode;
  onWrite(writing: Writing): void;
  onAsk(): void;
}

/** Which evening it is, how it stands, and what concerns all of it. */
export function EveningHeadRow({ running, now, format, choice, onWrite, onAsk }: HeadProps) {
  const { t } = useText();
  return (
    <header className="border-b-2 border-ink px-4 pt-3 pb-2 lg:px-6">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <h1 className="text-[1.375rem] leading-7 sm:text-[1.5rem]">
          {t("delivery.heading", { date: format.longDay(running.date) })}
        </h1>
        <Counts running={running} />
        {running.state === "running" ? (
          <Tag kind="turn">{t("delivery.now", { at: format.clock(now) })}</Tag>
        ) : (
          <Tag kind="plain">{t(`delivery.state.${running.state}`)}</Tag>
        )}
        <div className="flex flex-wrap items-center gap-1 sm:ml-auto sm:gap-2">
          {running.state !== "over" && (
            <Button
              icon={MessageCircle}
              className="max-sm:px-3"
              onClick={() => onWrite({ to: "couriers", ids: null })}
            >
              {t("delivery.writeCouriers")}
            </Button>
          )}
          <More running={running} onWrite={onWrite} onAsk={onAsk} />
        </div>
      </div>
      <div className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-2">
        <ShelfRow />
        <div className="sm:ml-auto">{choice}</div>
      </div>
    </header>
  );
}

function Counts({ running }: { running: RunningReply }) {
  const { t } = useText();
  const { rounds, stops, inPlan, atRisk } = countsOf(running);
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-0.5 text-desk">
      <li>{t("delivery.count.rounds", { count: rounds })}</li>
      <li>{t("delivery.count.stops", { count: stops })}</li>
      <li>
        <StateLine kind="ok">{t("delivery.count.inPlan", { count: inPlan })}</StateLine>
      </li>
      {atRisk > 0 && (
        <li>
          <StateLine kind="warn">{t("delivery.risks", { count: atRisk })}</StateLine>
        </li>
      )}
    </ul>
  );
}

function More({ running, onWrite, onAsk }: Pick<HeadProps, "running" | "onWrite" | "onAsk">) {
  const { t } = useText();
  const session = useMe();
  const [asked, setAsked] = useState<"running" | "over" | null>(null);
  const { state, id } = running;
  return (
    <>
      <Link
        to="/delivery/replay/$evening"
        params={{ evening: String(id) }}
        aria-label={t("delivery.replay")}
        title={t("delivery.replay")}
        className="inline-flex size-(--ah-control) items-center justify-center rounded-2 hover:bg-sunken"
      >
        <History size={20} strokeWidth={1.75} aria-hidden="true" />
      </Link>
      {state !== "over" && (
        <Menu trigger={<IconButton icon={Ellipsis} label={t("delivery.more")} />}>
          <MenuItem icon={Shuffle} onSelect={onAsk}>
            {t("delivery.whatIf")}
          </MenuItem>
          <MenuItem icon={MessagesSquare} onSelect={() => onWrite({ to: "customers", ids: null })}>
            {t("delivery.writeCustomers")}
          </MenuItem>
          {isManager(session) && (
            <>
              <MenuLine />
              {state === "planned" && (
                <MenuItem icon={Flag} onSelect={() => setAsked("running")}>
                  {t("delivery.begin")}
                </MenuItem>
              )}
              <MenuItem icon={Flag} danger onSelect={() => setAsked("over")}>
                {t("delivery.end")}
              </MenuItem>
            </>
          )}
        </Menu>
      )}
      {asked && <StateDialog running={running} state={asked} onClose={() => setAsked(null)} />}
    </>
  );
}
