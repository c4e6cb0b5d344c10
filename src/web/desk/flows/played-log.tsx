import { useEffect, useRef } from "react";
import type { FlowBeat, FlowInput } from "../../../skills/service/api.ts";
import { classNames } from "../../ui/class-names.ts";
import { useText } from "../text/use-text.ts";

interface LogProps {
  inputs: readonly FlowInput[];
  beats: readonly FlowBeat[];
  onOption(input: FlowInput): void;
}

/** The played conversation, oldest first; the last question's options can be tapped. */
export function PlayedLog({ inputs, beats, onOption }: LogProps) {
  const { t } = useText();
  const log = useRef<HTMLOListElement>(null);
  const count = beats.length;
  useEffect(() => {
    if (count > 0) log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [count]);
  if (inputs.length === 0) return null;
  return (
    <ol
      ref={log}
      aria-label={t("play.log")}
      aria-live="polite"
      className="grid max-h-96 gap-2 overflow-y-auto"
    >
      {inputs.map((input, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the conversation only grows
        <li key={n} className="grid gap-2">
          <Input input={input} />
          {beats[n]?.says.map((say, at) => (
            <div
              // biome-ignore lint/suspicious/noArrayIndexKey: the conversation only grows
              key={at}
              className="max-w-[85%] justify-self-start rounded-2 border border-line bg-ground px-3 py-2 text-desk"
            >
              <p className="break-words whitespace-pre-wrap">
                {say.isTopic ? <em>{t("play.topic")}</em> : say.text}
              </p>
              {say.link && <p className="text-small break-all text-ink-2">{say.link}</p>}
              {say.options.length > 0 && (
                <div className="mt-2 flex flex-wrap gap-1.5">
                  {say.options.map(({ id, title }) => (
                    <button
                      key={id}
                      type="button"
                      disabled={n !== inputs.length - 1}
                      onClick={() => onOption({ kind: "customer", text: title, optionId: id })}
                      className="min-h-8 rounded-2 border border-line-strong bg-sheet px-2.5 text-small font-strong hover:bg-sunken disabled:text-ink-3"
                    >
                      {title}
                    </button>
                  ))}
                </div>
              )}
            </div>
          ))}
          {beats[n]?.summary && <p className="text-small text-ink-2">{beats[n].summary}</p>}
        </li>
      ))}
    </ol>
  );
}

function Input({ input }: { input: FlowInput }) {
  const { t } = useText();
  const isService = input.kind === "service";
  const words = isService
    ? input.status === null
      ? t("play.isSilent")
      : t("play.answered", { status: input.status })
    : [input.photo ? `[${t("play.isPhoto")}]` : "", input.text].join(" ").trim();
  return (
    <p
      className={classNames(
        "max-w-[85%] rounded-2 px-3 py-2 text-desk break-words whitespace-pre-wrap",
        isService
          ? "justify-self-center bg-sunken text-small text-ink-2"
          : "justify-self-end bg-accent-soft text-ink",
      )}
    >
      {words}
    </p>
  );
}
