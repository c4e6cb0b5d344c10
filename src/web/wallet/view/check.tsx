/** @jsxImportSource preact */
import circleCheck from "lucide-react/icons/circle-check";
import circleMinus from "lucide-react/icons/circle-minus";
import download from "lucide-react/icons/download";
import octagonAlert from "lucide-react/icons/octagon-alert";
import { useState } from "preact/hooks";
import { type CoinProof, NoProof, type Step } from "../../../skills/wallet/api/check.ts";
import { FailureLine } from "../../customer-page/failure-line.tsx";
import { Icon } from "../../customer-page/icon.tsx";
import { saveBlob } from "../../customer-page/save-blob.ts";
import { isStatus } from "../client.ts";
import { checkMyself, type SelfCheck } from "../state/self-check.ts";
import { usePage } from "./context.ts";
import { Part } from "./parts.tsx";

const SIGNS = { good: circleCheck, bad: octagonAlert, open: circleMinus } as const;
/** Figures that are amounts of the coin. */
const IN_COINS: readonly Step["name"][] = ["balance", "total", "supply"];

/** Step by step what this browser found, and what it would mean if it were otherwise. */
export function Check() {
  const { words, session } = usePage();
  const say = words.check;
  const [isBusy, setBusy] = useState(false);
  const [result, setResult] = useState<SelfCheck | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const run = async () => {
    setBusy(true);
    setFailure(null);
    try {
      setResult(await checkMyself(session));
    } catch (error) {
      setResult(null);
      if (error instanceof NoProof) setFailure(say.malformed);
      else setFailure(isStatus(error, 404, 409) ? say.none : words.failures.offline);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Part title={say.title}>
      <p class="lead">{say.lead}</p>
      <p>
        <button
          type="button"
          class="button primary large"
          aria-busy={isBusy}
          onClick={() => isBusy || void run()}
        >
          {say.run}
        </button>
      </p>
      <p class="small" role="status">
        {isBusy ? say.running : ""}
      </p>
      <FailureLine text={failure} />
      {result && <Result result={result} />}
      <p class="small quiet">{say.limits}</p>
    </Part>
  );
}

function Result({ result }: { result: SelfCheck }) {
  const { words, format } = usePage();
  const say = words.check;
  const { checked, proof, took } = result;
  return (
    <>
      <section class={checked.isGood ? "wallet-card verdict" : "wallet-card verdict refused"} role="status">
        <div class="row said-state">
          <span class={checked.isGood ? "mark" : "mark bad"}>
            <Icon of={checked.isGood ? circleCheck : octagonAlert} size={32} />
          </span>
          <div>
            <h2>{checked.isGood ? say.good : say.bad}</h2>
            <p>{checked.isGood ? say.goodText(format.coins(proof.total)) : say.badText}</p>
          </div>
        </div>
      </section>
      <ol class="steps">
        {checked.steps.map((step) => (
          <StepLine key={step.name} step={step} proof={proof} />
        ))}
      </ol>
      <p class="small quiet">{say.took(format.count(Math.ceil(took)))}</p>
      <button
        type="button"
        class="button"
        onClick={() =>
          saveBlob(
            "proof.json",
            new Blob([`${JSON.stringify(proof, null, 1)}\n`], { type: "application/json" }),
          )
        }
      >
        <Icon of={download} /> {say.save}
      </button>
      <p class="small quiet">{say.saveText}</p>
    </>
  );
}

function StepLine({ step, proof }: { step: Step; proof: CoinProof }) {
  const { words, format } = usePage();
  const say = words.check;
  const { title, ...texts } = say.steps[step.name];
  const figures = figuresOf(step, proof, format);
  return (
    <li class="step">
      <span class={`mark ${step.state}`}>
        <Icon of={SIGNS[step.state]} />
      </span>
      <div>
        <h3>
          {title} <span class={`state ${step.state}`}>{say.states[step.state]}</span>
        </h3>
        <p class="small">{texts[step.state]}</p>
        {figures.length > 0 && (
          <details>
            <summary>{say.figures}</summary>
            <dl class="codes">
              {figures.map(([term, text]) => (
                <div key={term}>
                  <dt>{term === "found" || term === "expected" ? say[term] : say.statedAt(term)}</dt>
                  <dd>
                    <code>{text}</code>
                  </dd>
                </div>
              ))}
            </dl>
          </details>
        )}
      </div>
    </li>
  );
}

function figuresOf(
  { name, found, expected }: Step,
  proof: CoinProof,
  format: ReturnType<typeof usePage>["format"],
): [string, string][] {
  if (name === "fresh" || name === "reserve") {
    const statements = proof.attested.map(({ asset, amount, statedAt, statement }): [string, string] => [
      format.day(statedAt),
      `${asset === "EUR" ? format.money(amount) : `${amount} ${asset}`}  ${statement}`,
    ]);
    if (name === "fresh") return statements;
    const needed: [string, string][] =
      typeof expected === "number" ? [["expected", format.money(expected)]] : [];
    return [...statements, ...needed];
  }
  const text = (value: number | string) =>
    typeof value === "number" && IN_COINS.includes(name) ? format.coins(value) : String(value);
  const all: [string, string][] = [];
  if (found !== null) all.push(["found", text(found)]);
  if (expected !== null) all.push(["expected", text(expected)]);
  return all;
}
