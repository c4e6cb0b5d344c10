import { Check, X } from "lucide-react";
import { useState } from "react";
import type { ProposedTopic } from "../../../../skills/service/api.ts";
import { Button } from "../../../ui/button.tsx";
import { FailureRows } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { ProposalEditor } from "./proposal-editor.tsx";
import { useDeciding } from "./use-deciding.ts";

const quoted = 4;

function quotedIn(language: "de" | "en", text: string): string {
  return language === "de" ? `„${text}“` : `“${text}”`;
}

interface RowProps {
  proposal: ProposedTopic;
  /** The other open ones of the same file, to be merged with. */
  others: readonly ProposedTopic[];
}

/** One proposed topic: what was asked, what staff answered, and a person's yes or no. */
export function ProposalRow({ proposal, others }: RowProps) {
  const { t } = useText();
  const [isOpen, setOpen] = useState(false);
  const { id, title, asked, examples, answer, answers, alike, language, merged } = proposal;
  const { decide, isPending, error } = useDeciding(id, title);
  return (
    <li className="grid gap-3 py-5">
      <div>
        <h3 lang={language} className="text-h2 wrap-anywhere">
          {title}
        </h3>
        <p className="text-small text-ink-2">
          {t("proposal.asked", { count: asked })} · {t(`language.${language}`)}
          {merged.length > 0 && (
            <>
              {" "}
              ·{" "}
              {t("proposal.mergedIn", {
                titles: merged.map((one) => quotedIn(language, one.title)).join(", "),
              })}
            </>
          )}
        </p>
      </div>
      {isOpen ? (
        <ProposalEditor proposal={proposal} others={others} onClose={() => setOpen(false)} />
      ) : (
        <>
          <ul lang={language} className="grid gap-0.5">
            {examples.slice(0, quoted).map((text) => (
              <li key={text} className="wrap-anywhere">
                {quotedIn(language, text)}
              </li>
            ))}
          </ul>
          <AnswerShown language={language} answer={answer} answers={answers} alike={alike} />
          <FailureRows error={error} />
          <div className="flex flex-wrap gap-2">
            <Button
              icon={Check}
              busy={isPending}
              aria-label={t("proposal.acceptOf", { title })}
              onClick={() =>
                decide(
                  { do: "accept", title, answer, examples, topicId: null },
                  t("proposal.accepted", { title }),
                )
              }
            >
              {t("proposal.accept")}
            </Button>
            <Button aria-label={t("proposal.editOf", { title })} onClick={() => setOpen(true)}>
              {t("proposal.edit")}
            </Button>
            <Button
              icon={X}
              variant="quiet"
              aria-label={t("proposal.dropOf", { title })}
              onClick={() => decide({ do: "drop" }, t("proposal.dropped", { title }))}
            >
              {t("proposal.drop")}
            </Button>
          </div>
        </>
      )}
    </li>
  );
}

type AnswerProps = Pick<ProposedTopic, "language" | "answer" | "answers" | "alike">;

function AnswerShown({ language, answer, answers, alike }: AnswerProps) {
  const { t } = useText();
  if (answer === null || answer === "")
    return <p className="text-small text-ink-2">{t("proposal.noAnswer")}</p>;
  return (
    <div className="border-l-2 border-line-strong pl-3">
      <p lang={language} className="wrap-anywhere whitespace-pre-line">
        {answer}
      </p>
      {answers > 0 && (
        <p className="text-small text-ink-2">{t("proposal.answerAlike", { alike, answers })}</p>
      )}
      {/\[[^\]]+\]/.test(answer) && (
        <p className="text-small font-medium text-warn">{t("proposal.placeholder")}</p>
      )}
    </div>
  );
}
