import { useMutation } from "@tanstack/react-query";
import { Image, RotateCcw, Send } from "lucide-react";
import { type FormEvent, useState } from "react";
import { type FlowBeat, type FlowInput, playFlow } from "../../../skills/service/api.ts";
import { call } from "../../client/call.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { SelectField, TextField } from "../../ui/field.tsx";
import { Tag } from "../../ui/tag.tsx";
import { FailureRows } from "../shell/failure.tsx";
import type { Language } from "../text/catalogue.ts";
import { useText } from "../text/use-text.ts";
import { PlayedLog } from "./played-log.tsx";
import { ServiceForm } from "./service-form.tsx";

interface SimulatorProps {
  text: string;
  onBeats(beats: readonly FlowBeat[]): void;
}

/** Type as the customer, answer as the service. Every input plays the whole conversation anew with the text as it stands. */
export function Simulator({ text, onBeats }: SimulatorProps) {
  const { t, language: own } = useText();
  const [language, setLanguage] = useState<Language>(own);
  const [inputs, setInputs] = useState<readonly FlowInput[]>([]);
  const [words, setWords] = useState("");
  const playing = useMutation({
    mutationFn: (next: readonly FlowInput[]) =>
      call(playFlow, { body: { text, language, inputs: [...next] } }),
    onSuccess: ({ beats }) => onBeats(beats),
  });
  const play = (input: FlowInput) => {
    const next = [...inputs, input];
    setInputs(next);
    playing.mutate(next);
  };
  const restart = () => {
    setInputs([]);
    playing.reset();
    onBeats([]);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (words.trim() === "") return;
    play({ kind: "customer", text: words.trim() });
    setWords("");
  };
  const beats = inputs.length > 0 ? (playing.data?.beats ?? []) : [];
  const last = beats.at(-1);
  const request = playing.data?.request;
  return (
    <div className="grid gap-3">
      <p className="text-small text-ink-2">{t("play.hint")}</p>
      <PlayedLog inputs={inputs} beats={beats} onOption={play} />
      <FailureRows error={playing.error} />
      {last?.standing === "calling" && request && <ServiceForm request={request} onAnswer={play} />}
      <form onSubmit={submit} className="flex items-end gap-2">
        <TextField
          label={t("play.text")}
          className="min-w-0 flex-1"
          maxLength={2_000}
          value={words}
          autoComplete="off"
          onChange={(event) => setWords(event.target.value)}
        />
        <IconButton
          icon={Image}
          label={t("play.photo")}
          onClick={() => play({ kind: "customer", text: words.trim(), photo: true })}
        />
        <IconButton icon={Send} label={t("play.send")} type="submit" />
      </form>
      <div className="flex flex-wrap items-end gap-3">
        <SelectField
          label={t("play.language")}
          value={language}
          options={[
            { value: "de", label: t("language.de") },
            { value: "en", label: t("language.en") },
          ]}
          onChange={({ target }) => {
            setLanguage(target.value === "en" ? "en" : "de");
            restart();
          }}
        />
        <Button icon={RotateCcw} disabled={inputs.length === 0} onClick={restart}>
          {t("play.again")}
        </Button>
        {last && (
          <span className="ml-auto" aria-live="polite">
            <Tag kind={last.standing === "waiting" ? "turn" : "info"}>{t(`standing.${last.standing}`)}</Tag>
          </span>
        )}
      </div>
      {last && <Known values={last.values} />}
    </div>
  );
}

function Known({ values }: { values: FlowBeat["values"] }) {
  const { t } = useText();
  const names = Object.keys(values);
  if (names.length === 0) return null;
  return (
    <p className="text-small text-ink-2">
      <span className="font-strong">{t("play.known")}</span>{" "}
      {names.map((name) => (
        <code key={name} className="mr-3 font-mono break-all">
          {name}: {String(values[name])}
        </code>
      ))}
    </p>
  );
}
