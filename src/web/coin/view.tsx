/** @jsxImportSource preact */
import clock from "lucide-react/icons/clock";
import fileCheck from "lucide-react/icons/file-check";
import listChecks from "lucide-react/icons/list-checks";
import store from "lucide-react/icons/store";
import { Icon } from "../customer-page/icon.tsx";
import { Bars } from "./bars.tsx";
import type { PublicCoin } from "./contract.ts";
import { type Format, formatOf } from "./format.ts";
import { Series } from "./series.tsx";
import type { Language, Words } from "./words.ts";

export interface PartProps {
  coin: PublicCoin;
  words: Words;
  format: Format;
}

/** One question, its answer, and everything that the answer stands on. */
export function Shown({ coin, words, language }: { coin: PublicCoin; words: Words; language: Language }) {
  const format = formatOf(language, coin);
  const part = { coin, words, format };
  const { name, legal } = coin.coin;
  return (
    <div class="wrap coin">
      <div class="coin-columns">
        <div class="aside">
          <section>
            {legal === "play" && <p class="play">{words.play}</p>}
            <p class="quiet">{words.question(name)}</p>
            <h1>{words.answer[answerOf(coin)]}</h1>
          </section>
          <Bars {...part} />
          <Sentence {...part} />
          <Rows {...part} />
          <p>
            <a class="button" href="/wallet">
              {words.check}
            </a>
          </p>
          <p class="small quiet">{words.checkText}</p>
        </div>
        <div class="aside">
          <Series {...part} />
          <Proofs {...part} />
          <Acceptors {...part} />
          <section>
            <h2>{words.rules}</h2>
            <ul class="lines-of-text">
              {words.ruleLines.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </section>
          <section>
            <h2>{words.legal}</h2>
            <div class="stack small quiet">
              {words.legalLines[legal].map((line) => (
                <p key={line}>{line}</p>
              ))}
            </div>
          </section>
        </div>
      </div>
    </div>
  );
}

export type Answer = "none" | "yes" | "stale" | "no";

/** Not covered is said before too old. */
export function answerOf({ supply, isCovered, isStale }: PublicCoin): Answer {
  if (supply === 0) return "none";
  if (!isCovered) return "no";
  return isStale ? "stale" : "yes";
}

function Sentence({ coin, words, format }: PartProps) {
  const [euro] = coin.reserve;
  if (!euro || coin.coverage === null) return <p>{words.nothingYet}</p>;
  return <p>{words.sentence(coin.coin.name, format.percent(coin.coverage))}</p>;
}

function Rows({ coin, words, format }: PartProps) {
  const [euro] = coin.reserve;
  const { attestors, governors } = coin.councils;
  const rows = [
    [fileCheck, words.statement, euro ? format.day(euro.statedAt) : words.none],
    [listChecks, words.attestors, words.kOfN(attestors.needed, attestors.members)],
    [store, words.governors, words.kOfN(governors.needed, governors.members)],
    [clock, words.asOf, format.moment(coin.time)],
  ] as const;
  return (
    <dl class="coin-rows">
      {rows.map(([icon, label, value]) => (
        <div key={label}>
          <dt class="row">
            <Icon of={icon} /> {label}
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Proofs({ coin, words, format }: PartProps) {
  const [euro] = coin.reserve;
  const { sealed } = coin;
  return (
    <section>
      <h2>{words.proofs}</h2>
      <dl class="proofs small">
        <div>
          <dt>{words.statementHash}</dt>
          <dd>{euro ? <code>{euro.statement}</code> : words.none}</dd>
        </div>
        <div>
          <dt>{words.sealed}</dt>
          <dd>
            {sealed ? (
              <>
                {words.sealedAt(format.moment(sealed.at), format.coins(sealed.total))}
                <code>{sealed.root}</code>
              </>
            ) : (
              words.notSealed
            )}
          </dd>
        </div>
        <div>
          <dt>{words.block(format.number(coin.height))}</dt>
          <dd>
            <code>{coin.chainHash}</code>
          </dd>
        </div>
      </dl>
    </section>
  );
}

function Acceptors({ coin, words }: PartProps) {
  return (
    <section>
      <h2>{words.acceptors}</h2>
      {coin.merchants.length === 0 && <p class="quiet">{words.noAcceptors}</p>}
      <ul class="acceptors">
        {coin.merchants.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </section>
  );
}
