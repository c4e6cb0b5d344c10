import { cutText } from "../cutting/index.ts";
import type { Archive, ArchivedMail, Exchange } from "./exchange.ts";
import { IntakeError } from "./faults.ts";
import { ownWordsOf } from "./gist.ts";

/** An answer that names no mail is taken for one to the last mail of its addressee with the same subject. */
const SUBJECT_DAYS = 30;
const DAY_MS = 86_400_000;
/** Domains that many companies and persons share: only the whole address tells whose it is. */
const SHARED_DOMAINS =
  /^(?:gmail|googlemail|gmx|web|t-online|freenet|outlook|hotmail|live|yahoo|icloud|aol|mail|posteo|proton|protonmail|mailbox|btinternet|arcor)\.[a-z.]{2,7}$/;

/** A subject that is said again: so much of it stands in the mail. */
const REPEATED = 0.6;

/** What stands in the subject when nothing stands there. */
const NO_SUBJECT =
  /^(?:(?:kurze |eine |quick )?(?:frage|question)n?|anfrage|enquiry|inquiry|kontakt(?:formular|anfrage)?|contact(?: form)?|hallo|hello|hi|(?:bitte um )?hilfe|help(?: please)?|(?:meine )?bestellung|my order|nachricht|message|\(?(?:kein betreff|no subject)\)?)[\s.!?]*$/iu;

/** Is this address the company's? */
type IsOwn = (address: string) => boolean;

/**
 * The questions of customers in a mailbox, each with the first answer of staff. Pairs by In-Reply-To and References
 * (RFC 5322 section 3.6.4), and where an answer names nothing by addressee and subject.
 * @param own addresses or domains of the company; without them the address to which most people wrote
 * @throws IntakeError own_unknown, no_questions
 */
export function pairMails(
  mails: readonly ArchivedMail[],
  { own, broken = 0 }: { own: readonly string[]; broken?: number },
): Archive {
  const all = [...new Map(mails.map((mail) => [mail.id, mail])).values()].sort((a, b) => a.sentAt - b.sentAt);
  const persons = all.filter(({ automatic }) => automatic === null);
  const named = own.length > 0 ? own.map((one) => one.toLowerCase().trim()) : [mostWrittenTo(persons)];
  const isOwn = ownTest(named);
  const asked = persons.filter(({ from }) => !isOwn(from.address));
  const answers = answersOf(
    asked,
    persons.filter(({ from }) => isOwn(from.address)),
  );
  const known = new Set(all.map(({ id }) => id));
  const exchanges = asked.flatMap((mail): Exchange[] => {
    const answer = answers.get(mail.id);
    const isFirst = !mail.refers.some((id) => known.has(id));
    // What follows in a thread is mostly thanks; it counts where it asks something and somebody answered.
    if (!isFirst && !(answer && asksSomething(mail.said))) return [];
    const names = [mail.from, ...mail.recipients, ...(answer ? [answer.from] : [])].map(({ name }) => name);
    return [{ question: questionOf(mail), answer: answer?.said ?? null, asker: mail.from.address, names }];
  });
  if (exchanges.length === 0) throw new IntakeError("no_questions");
  return {
    exchanges,
    own: named.join(", "),
    counts: {
      read: all.length + broken,
      automatic: all.length - persons.length,
      broken,
      questions: exchanges.length,
      answered: exchanges.filter(({ answer }) => answer !== null).length,
    },
  };
}

function ownTest(named: readonly string[]): IsOwn {
  const addresses = new Set(named.filter((one) => one.includes("@")));
  const domains = new Set(
    named
      .map((one) => one.slice(one.lastIndexOf("@") + 1))
      .filter((domain) => domain !== "" && !SHARED_DOMAINS.test(domain)),
  );
  return (address) => addresses.has(address) || domains.has(address.slice(address.lastIndexOf("@") + 1));
}

/** @throws IntakeError own_unknown when nobody was written to by two persons */
function mostWrittenTo(mails: readonly ArchivedMail[]): string {
  const writers = new Map<string, Set<string>>();
  for (const { from, recipients } of mails) {
    for (const { address } of recipients) {
      if (address === from.address) continue;
      const known = writers.get(address) ?? new Set();
      writers.set(address, known.add(from.address));
    }
  }
  const [first] = [...writers].sort(([a, one], [b, two]) => two.size - one.size || (a < b ? -1 : 1));
  if (!first || first[1].size < 2) throw new IntakeError("own_unknown");
  return first[0];
}

/** @returns a customer's mail's id -> the first mail of staff that answers it */
function answersOf(
  asked: readonly ArchivedMail[],
  written: readonly ArchivedMail[],
): Map<string, ArchivedMail> {
  const byId = new Map(asked.map((mail) => [mail.id, mail]));
  const bySubject = new Map<string, ArchivedMail[]>();
  for (const mail of asked) {
    const key = subjectKey(mail.from.address, mail.subject);
    // A contact form's mailbox holds thousands from one address with one subject.
    const known = bySubject.get(key);
    if (known) known.push(mail);
    else bySubject.set(key, [mail]);
  }
  const answers = new Map<string, ArchivedMail>();
  for (const mail of written) {
    const named = mail.refers.map((id) => byId.get(id)).find((one) => one !== undefined);
    const meant = named ?? (mail.refers.length === 0 ? lastAsked(mail, bySubject) : undefined);
    if (meant && !answers.has(meant.id)) answers.set(meant.id, mail);
  }
  return answers;
}

/** @param bySubject each by time */
function lastAsked(
  mail: ArchivedMail,
  bySubject: ReadonlyMap<string, readonly ArchivedMail[]>,
): ArchivedMail | undefined {
  return mail.recipients
    .map(({ address }) => lastBefore(bySubject.get(subjectKey(address, mail.subject)) ?? [], mail.sentAt))
    .findLast((asked) => asked !== undefined && mail.sentAt - asked.sentAt < SUBJECT_DAYS * DAY_MS);
}

/** The last of them that is not later, by halving. @param mails by time */
function lastBefore(mails: readonly ArchivedMail[], at: number): ArchivedMail | undefined {
  let [low, high] = [0, mails.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((mails[middle] as ArchivedMail).sentAt <= at) low = middle + 1;
    else high = middle;
  }
  return mails[low - 1];
}

function subjectKey(address: string, subject: string): string {
  return `${address} ${subject.toLowerCase()}`;
}

/** A first mail often asks in its subject, or says there what its few words are about. */
function questionOf({ subject, said: written, refers }: ArchivedMail): string {
  const own = ownWordsOf(written);
  const said = new Set(wordsIn(own));
  const named = wordsIn(subject);
  const isEnough = said.size >= 3;
  const isRepeated = named.filter((word) => said.has(word)).length >= REPEATED * named.length;
  if (
    isRepeated ||
    (NO_SUBJECT.test(subject.trim()) && own !== "") ||
    (isEnough && (refers.length > 0 || !subject.trim().endsWith("?")))
  )
    return own;
  return `${subject}\n\n${own}`.trim();
}

function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

export function asksSomething(text: string): boolean {
  return cutText(text).parts.some(({ isQuestion }) => isQuestion);
}
