import type { Language } from "#kernel";
import type { WeekFigures } from "../api.ts";
import { addDays } from "./weeks.ts";

/** The week as a mail to an owner: the page's figures in sentences, as text and as HTML. No customer's words or names. */

export interface LetterPlace {
  readonly company: string;
  readonly language: Language;
  readonly timeZone: string;
  /** "https://chat.example.org/desk" */
  readonly deskUrl: string;
  say(key: string, values?: Readonly<Record<string, string | number>>): string;
}

export interface Letter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

interface Line {
  readonly text: string;
  readonly url?: string;
}
interface Part {
  readonly title: string;
  readonly lines: readonly Line[];
}

const MAIL_TOPICS = 5;

export function letterOf(week: WeekFigures, place: LetterPlace): Letter {
  const { say, deskUrl, company } = place;
  const write = writerOf(place);
  const sunday = addDays(week.monday, 6);
  const parts = [
    askedPart(week, place),
    firstLevelPart(week, place),
    speedPart(week, place),
    openPart(week, place),
    teachPart(week, place),
    messagesPart(week, place),
    costsPart(week, place),
  ];
  const hello: Line[] = [
    { text: say("hello", { from: write.day(week.monday), to: write.day(sunday) }) },
    ...(week.every > 1 ? [{ text: say("estimated", { every: week.every }) }] : []),
  ];
  const foot: Line[] = [
    { text: say("page"), url: `${deskUrl}/monday?week=${week.monday}` },
    { text: say("why"), url: `${deskUrl}/monday?mail=off` },
  ];
  const subject = say("subject", {
    company,
    day: write.day(week.monday),
    cases: casesIn(week.asked.all, place),
  });
  return { subject, text: textOf(hello, parts, foot), html: htmlOf({ subject, hello, parts, foot }, place) };
}

/** Numbers, days and times as people in that language write them. */
function writerOf({ language, timeZone }: LetterPlace) {
  const locale = language === "de" ? "de-DE" : "en-GB";
  const day = new Intl.DateTimeFormat(locale, {
    timeZone: "UTC",
    day: "2-digit",
    month: "2-digit",
    year: "numeric",
  });
  const moment = new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: "short",
    day: "2-digit",
    month: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const euro = new Intl.NumberFormat(locale, { style: "currency", currency: "EUR" });
  const unit = (name: string) =>
    new Intl.NumberFormat(locale, {
      style: "unit",
      unit: name,
      unitDisplay: "long",
      maximumFractionDigits: 1,
    });
  const units = { second: unit("second"), minute: unit("minute"), hour: unit("hour") };
  return {
    day: (iso: string) => day.format(Date.parse(iso)),
    moment: (iso: string) => moment.format(Date.parse(iso)),
    percent: (share: number) => percent.format(share),
    euro: (cents: number) => euro.format(cents / 100),
    number: (value: number) => value.toLocaleString(locale),
    span: (ms: number) => {
      if (ms < 60_000) return units.second.format(ms / 1000);
      return ms < 5_400_000 ? units.minute.format(ms / 60_000) : units.hour.format(ms / 3_600_000);
    },
  };
}

/** "ein Fall", "84 Fälle" */
function casesIn(count: number, place: LetterPlace): string {
  return count === 1 ? place.say("caseOne") : place.say("cases", { count: writerOf(place).number(count) });
}

function askedPart({ asked }: WeekFigures, place: LetterPlace): Part {
  const { say } = place;
  const { number, percent } = writerOf(place);
  if (asked.all === 0) return { title: say("asked"), lines: [{ text: say("nothing") }] };
  const lines = asked.topics.slice(0, MAIL_TOPICS).map((topic) => ({
    text: say("topic", {
      title: topic.title ?? say("noTopic"),
      count: number(topic.asked),
      before: topic.before === null ? "" : say("topicBefore", { before: number(topic.before) }),
    }),
  }));
  const change = changeWords(asked, place, percent);
  return {
    title: say("asked"),
    lines: [{ text: capital(say("askedAll", { cases: casesIn(asked.all, place), change })) }, ...lines],
  };
}

/** A sentence may begin with "ein Fall". */
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function changeWords(
  { change, before }: WeekFigures["asked"],
  { say }: LetterPlace,
  percent: (share: number) => string,
): string {
  if (before === null) return say("first");
  if (change === null) return say("few", { before });
  if (Math.abs(change) < 0.005) return say("same");
  return say(change > 0 ? "more" : "less", { share: percent(Math.abs(change)) });
}

function firstLevelPart({ firstLevel }: WeekFigures, place: LetterPlace): Part {
  const { say } = place;
  const { percent, number } = writerOf(place);
  const { answer, choose, handover, cases, settled, pending } = firstLevel;
  const all = answer + choose + handover;
  const share = (count: number) => percent(count / all);
  const zones = { answer: share(answer), choose: share(choose), handover: share(handover) };
  return {
    title: say("firstLevel"),
    lines: [
      ...(all === 0 ? [] : [{ text: say("zones", { count: number(all), ...zones }) }]),
      {
        text: say("settled", {
          settled: number(settled),
          cases: number(cases),
          pending: pending === 0 ? "" : say("pending", { pending: number(pending) }),
        }),
      },
    ],
  };
}

function speedPart({ speed }: WeekFigures, place: LetterPlace): Part {
  const { say } = place;
  const { span } = writerOf(place);
  const times = (key: string, { median, p90 }: { median: number; p90: number }) =>
    say(key, { median: span(median), p90: span(p90) });
  const lines = [
    speed.firstLevel ? times("automatic", speed.firstLevel) : say("automaticFew"),
    speed.person ? times("person", speed.person) : say(speed.hidden ?? "few_cases"),
    ...(speed.unanswered > 0 ? [say("unanswered", { cases: casesIn(speed.unanswered, place) })] : []),
  ];
  return { title: say("speed"), lines: lines.map((text) => ({ text })) };
}

function openPart({ open }: WeekFigures, place: LetterPlace): Part {
  const { say, deskUrl } = place;
  const { moment, number } = writerOf(place);
  if (open.count === 0) return { title: say("open"), lines: [{ text: say("openNone") }] };
  const items = open.items.map(({ conversationId, title, waitingSince }) => ({
    text: say("openItem", { title: title ?? say("noTopic"), since: moment(waitingSince) }),
    url: `${deskUrl}/conversations/${conversationId}`,
  }));
  return {
    title: say("open"),
    lines: [
      { text: open.count === 1 ? say("openOne") : say("openCount", { count: number(open.count) }) },
      ...items,
    ],
  };
}

function teachPart({ teach }: WeekFigures, place: LetterPlace): Part {
  const { say, deskUrl } = place;
  const { number } = writerOf(place);
  const { questions, groups } = teach;
  const lines: Line[] = teach.topics.map(({ topicId, title, asked, settled }) => ({
    text: say("teachTopic", { title, settled: number(settled), asked: number(asked) }),
    ...(topicId === null ? {} : { url: `${deskUrl}/knowledge/${topicId}` }),
  }));
  if (questions > 0)
    lines.unshift({
      text: say("questions", { questions: number(questions), groups: number(groups) }),
      url: `${deskUrl}/knowledge/health`,
    });
  return { title: say("teach"), lines: lines.length > 0 ? lines : [{ text: say("teachNone") }] };
}

function messagesPart({ messages }: WeekFigures, place: LetterPlace): Part {
  const { say } = place;
  const { percent, number } = writerOf(place);
  const { received, service, notice } = messages;
  const sent = service + notice;
  const text =
    sent === 0
      ? say("sharesNone")
      : say("shares", {
          service: percent(service / sent),
          notice: percent(notice / sent),
          received: number(received),
        });
  return { title: say("messages"), lines: [{ text }] };
}

function costsPart({ costs }: WeekFigures, place: LetterPlace): Part {
  const { say, deskUrl } = place;
  const { euro } = writerOf(place);
  const { perCaseCents, perCaseByPersonCents } = costs;
  const total = {
    total: euro(costs.totalCents),
    staff: euro(costs.staffCents),
    templates: euro(costs.templateCents),
    machine: euro(costs.machineCents),
    rest: euro(costs.mailCents + costs.domainCents),
  };
  const each =
    perCaseCents === null || perCaseByPersonCents === null
      ? []
      : [{ text: say("perCase", { each: euro(perCaseCents), allEach: euro(perCaseByPersonCents) }) }];
  return {
    title: say("costs"),
    lines: [
      { text: say("costLine", total) },
      ...each,
      { text: say("assumed"), url: `${deskUrl}/monday/costs` },
    ],
  };
}

function textOf(hello: readonly Line[], parts: readonly Part[], foot: readonly Line[]): string {
  const write = ({ text, url }: Line) => (url === undefined ? text : `${text}\n  ${url}`);
  return [
    hello.map(write).join("\n"),
    ...parts.map(({ title, lines }) => [title.toUpperCase(), ...lines.map(write)].join("\n")),
    `-- \n${foot.map(write).join("\n")}`,
  ].join("\n\n");
}

/** Tables and styles inline, because that is what mail programs show alike; no picture, no remote thing. */
function htmlOf(
  letter: { subject: string; hello: readonly Line[]; parts: readonly Part[]; foot: readonly Line[] },
  { language }: LetterPlace,
): string {
  const line = ({ text, url }: Line) =>
    url === undefined
      ? escapeHtml(text)
      : `${escapeHtml(text)} <a href="${escapeHtml(url)}">${escapeHtml(url.replace(/^https?:\/\//, ""))}</a>`;
  const paragraphs = (lines: readonly Line[]) =>
    lines.map((one) => `<p style="margin:0 0 6px">${line(one)}</p>`).join("");
  const parts = letter.parts
    .map(
      ({ title, lines }) =>
        `<h2 style="font-size:17px;margin:20px 0 6px">${escapeHtml(title)}</h2>${paragraphs(lines)}`,
    )
    .join("");
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(letter.subject)}</title></head><body style="font-family:sans-serif;font-size:15px;line-height:1.5;max-width:640px;margin:0 auto;padding:16px">${paragraphs(letter.hello)}${parts}<hr style="margin:24px 0 12px;border:0;border-top:1px solid">${paragraphs(letter.foot)}</body></html>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
