import { CornerUpLeft } from "lucide-react";
import type { Message } from "#kernel/api";
import { Button } from "../../../ui/button.tsx";
import { StateLine, type TagKind } from "../../../ui/tag.tsx";
import type { Translate } from "../../text/catalogue.ts";
import { RoomWords } from "../../text/room-words.tsx";
import { useText } from "../../text/use-text.ts";
import { askComposer } from "../composer/composer-events.ts";
import { MailFacts } from "../log/mail-facts.tsx";

interface Colleague {
  kind: string;
  name: string;
  from: string;
  scope: string;
  isDirect: boolean;
  leftFiles: readonly string[];
}

function colleagueOf(message: Message): Colleague {
  const given = (message.detail?.colleague ?? {}) as Partial<Record<keyof Colleague, unknown>>;
  const words = (value: unknown): string => (typeof value === "string" ? value : "");
  return {
    kind: words(given.kind),
    name: words(given.name),
    from: words(given.from),
    scope: words(given.scope),
    isDirect: given.isDirect === true,
    leftFiles: Array.isArray(given.leftFiles) ? given.leftFiles.map(words) : [],
  };
}

const kinds: Readonly<Record<string, TagKind>> = {
  answer: "ok",
  again: "info",
  withdrawn: "info",
  late: "warn",
  stranger: "warn",
  unproven: "warn",
};

/** What a mail is: the answer, a machine's note, somebody else's. */
export function ColleagueFacts({ message }: { message: Message }) {
  return (
    <RoomWords room="colleagues" isExtra>
      <Facts {...colleagueOf(message)} />
    </RoomWords>
  );
}

function Facts(colleague: Colleague) {
  const { t } = useText();
  const said = sentence(colleague, t);
  if (!said) return null;
  const kind = kinds[colleague.kind];
  return (
    <div className="my-1 text-small">
      {kind ? <StateLine kind={kind}>{said}</StateLine> : <p className="text-ink-2">{said}</p>}
    </div>
  );
}

function sentence({ kind, name, from, scope, isDirect }: Colleague, t: Translate): string | null {
  if (kind !== "asked") return t.maybe(`colleague.${kind}`, { name, from });
  const parts = [
    t("colleague.asked", { name }),
    t.maybe(`colleague.asked.${scope}`),
    isDirect && t("colleague.asked.direct"),
  ];
  return parts.filter(Boolean).join(", ");
}

/** Words that may become the customer's answer, after a look at them. */
const usable = new Set(["answer", "again", "late", "withdrawn"]);

/** The whole mail, and the way of its words into the answer: into the field, never out of the house. */
export function ColleagueActions({ message }: { message: Message }) {
  return (
    <RoomWords room="colleagues" isExtra>
      <Actions message={message} {...colleagueOf(message)} />
    </RoomWords>
  );
}

function Actions({ message, kind, name, leftFiles }: Colleague & { message: Message }) {
  const { t } = useText();
  return (
    <>
      {leftFiles.length > 0 && (
        <p className="text-small text-ink-2">{t("colleague.leftFiles", { names: leftFiles.join(", ") })}</p>
      )}
      <MailFacts message={message} />
      {usable.has(kind) && message.text !== "" && (
        <Button
          icon={CornerUpLeft}
          className="mt-2"
          aria-label={t("colleague.takeOf", { name })}
          onClick={() => askComposer("answer", { text: message.text })}
        >
          {t("colleague.take")}
        </Button>
      )}
    </>
  );
}
