/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import type { SeenShift } from "../state/project.ts";
import { useCourier } from "./context.ts";
import { Icon } from "./icon.tsx";
import { NetLine } from "./net-line.tsx";
import { RefusedList } from "./refused.tsx";
import { Field, Sheet } from "./sheet.tsx";

/** The coming shifts: accept, decline, open. */
export function Shifts({ onOpen, onMore }: { onOpen(shiftId: number): void; onMore(): void }) {
  const { words, state } = useCourier();
  const [declining, setDeclining] = useState<SeenShift | null>(null);
  const { shifts, page } = state;
  return (
    <>
      <header class="top">
        <div class="top-row">
          <h1 class="bar-title">{words.shifts.title}</h1>
          <NetLine timeZone={shifts[0]?.timeZone ?? "Europe/Berlin"} />
          <button type="button" class="square" aria-label={words.menu} onClick={onMore}>
            <Icon name="menu" />
          </button>
        </div>
        <div class="line bare" aria-hidden="true" />
      </header>
      <main class="wrap" id="content">
        <p class="lead">{words.shifts.lead(page?.courier.name ?? "")}</p>
        <RefusedList />
        {shifts.length === 0 && <p class="empty">{words.shifts.none}</p>}
        <ul class="shifts">
          {shifts.map((shift) => (
            <ShiftCard
              key={shift.id}
              shift={shift}
              onOpen={() => onOpen(shift.id)}
              onDecline={() => setDeclining(shift)}
            />
          ))}
        </ul>
      </main>
      {declining && <Decline shift={declining} onClose={() => setDeclining(null)} />}
    </>
  );
}

function ShiftCard({ shift, onOpen, onDecline }: { shift: SeenShift; onOpen(): void; onDecline(): void }) {
  const { words, formatOf, session } = useCourier();
  const format = formatOf(shift);
  const isAsked = shift.state === "planned" && !shift.isDeclined;
  const id = `shift-${shift.id}`;
  return (
    <li class="card" aria-labelledby={id}>
      <h2 id={id}>
        {format.day(shift.date)}, {format.window(shift.earliestAt, shift.latestAt)}
      </h2>
      <p class="quiet">
        {shift.cityName} · {shift.start.name}
        {shift.end.name !== shift.start.name && ` ${words.shifts.ends(shift.end.name)}`}
      </p>
      <p class={isAsked ? "tag turn" : "tag"}>
        {shift.isDeclined ? words.shifts.declined : words.shifts.states[shift.state]}
        {shift.stops.length > 0 && ` · ${words.shifts.stops(shift.stops.length)}`}
      </p>
      {isAsked && shift.against && <Law against={shift.against} />}
      {shift.stops.length === 0 && !shift.isDeclined && shift.state !== "done" && (
        <p class="quiet small">{words.shifts.begins}</p>
      )}
      <div class="buttons">
        {isAsked && (
          <>
            <button type="button" class="button" onClick={onDecline}>
              {words.shifts.decline}
            </button>
            <button
              type="button"
              class="button primary"
              onClick={() => void session.act([{ kind: "accept", shiftId: shift.id }])}
            >
              {words.shifts.accept}
            </button>
          </>
        )}
        {shift.state !== "planned" && shift.stops.length > 0 && (
          <button type="button" class="button primary" onClick={onOpen}>
            {words.shifts.open}
          </button>
        )}
      </div>
    </li>
  );
}

const HOUR = 60;

function Law({ against }: { against: NonNullable<SeenShift["against"]> }) {
  const { words, language } = useCourier();
  const span = (minutes: number) =>
    new Intl.NumberFormat(language === "de" ? "de-DE" : "en-GB", {
      style: "unit",
      unit: minutes < 2 * HOUR ? "minute" : "hour",
      unitDisplay: "long",
      maximumFractionDigits: 1,
    }).format(minutes < 2 * HOUR ? minutes : minutes / HOUR);
  return (
    <p class="warning">
      <Icon name="triangleAlert" size={18} />
      <span>
        {words.shifts.law[against.rule](span(against.wouldMinutes), span(against.limitMinutes))}{" "}
        {words.shifts.lawAsk}
      </span>
    </p>
  );
}

function Decline({ shift, onClose }: { shift: SeenShift; onClose(): void }) {
  const { words, session } = useCourier();
  const [reason, setReason] = useState("");
  return (
    <Sheet title={words.shifts.declineSend} onClose={onClose}>
      <Field label={words.shifts.declineWhy} value={reason} onInput={setReason} most={200} />
      <div class="buttons">
        <button
          type="button"
          class="button danger"
          onClick={() => {
            void session.act([{ kind: "decline", shiftId: shift.id, words: reason.trim() }]);
            onClose();
          }}
        >
          {words.shifts.declineSend}
        </button>
      </div>
    </Sheet>
  );
}
