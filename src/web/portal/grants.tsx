/** @jsxImportSource preact */
import bell from "lucide-react/icons/bell";
import { useId } from "preact/hooks";
import { FailureLine } from "../customer-page/failure-line.tsx";
import { Icon } from "../customer-page/icon.tsx";
import { usePortal } from "./context.ts";
import type { PortalGrant } from "./contract.ts";
import { useCall } from "./use-call.ts";

interface GrantsProps {
  grants: readonly PortalGrant[];
  onChange(grants: PortalGrant[]): void;
}

/** Every permission with its switch: on and off are the same distance away. */
export function GrantList({ grants, onChange }: GrantsProps) {
  const { words } = usePortal();
  const open = grants.filter(({ isOn }) => isOn).length;
  return (
    <section class="grants" aria-labelledby="grants-title">
      <h2 id="grants-title">{words.grants.title}</h2>
      {grants.length === 0 ? (
        <p class="empty">{words.grants.none}</p>
      ) : (
        <ul>
          {grants.map((grant) => (
            <GrantRow
              key={`${grant.purpose} ${grant.topic} ${grant.channel.id}`}
              grant={grant}
              onChange={onChange}
            />
          ))}
        </ul>
      )}
      <p class="quiet small">{words.grants.promise}</p>
      {open > 1 && <WithdrawAll onChange={onChange} />}
    </section>
  );
}

function GrantRow({ grant, onChange }: { grant: PortalGrant; onChange: GrantsProps["onChange"] }) {
  const { client, language, say, words } = usePortal();
  const { failure, isBusy, run } = useCall();
  const id = useId();
  const toggle = () =>
    run(
      () => client.switchGrant(grant, !grant.isOn, language),
      (result) => {
        onChange(result.grants);
        say(grant.isOn ? words.grants.taken : words.grants.given);
      },
    );
  return (
    <li class="grant">
      <Icon of={bell} />
      <div class="grant-text">
        <h3 id={id}>{grant.title[language]}</h3>
        {grant.topic &&
          (grant.topicName ? (
            <p class="topic" id={`${id}-topic`}>
              {grant.topicName[language]}
            </p>
          ) : (
            <p class="topic" id={`${id}-topic`} lang={grant.wording.language}>
              {grant.wording.text}
            </p>
          ))}
        <p class="quiet small">
          <State grant={grant} />
        </p>
        {grant.grantedAt && <Wording grant={grant} />}
        <FailureLine text={failure} />
      </div>
      <button
        type="button"
        role="switch"
        class="switch"
        aria-checked={grant.isOn}
        aria-labelledby={grant.topic ? `${id} ${id}-topic` : id}
        aria-busy={isBusy}
        onClick={toggle}
      >
        <span class="track" aria-hidden="true">
          <i />
        </span>
        <span>{grant.isOn ? words.on : words.off}</span>
      </button>
    </li>
  );
}

function State({ grant }: { grant: PortalGrant }) {
  const { format, words } = usePortal();
  const { channel, grantedAt, withdrawnAt, expiresAt, isOn } = grant;
  const parts = [channel.kind === "web" ? words.grants.chat : channel.name];
  if (!grantedAt) parts.push(words.grants.never);
  else if (isOn) {
    parts.push(words.grants.since(format.day(grantedAt)));
    if (expiresAt) parts.push(words.grants.until(format.day(expiresAt)));
  } else if (withdrawnAt) parts.push(words.grants.withdrawn(format.day(withdrawnAt)));
  else if (expiresAt) parts.push(words.grants.ranOut(format.day(expiresAt)));
  return parts.filter(Boolean).join(", ");
}

function Wording({ grant }: { grant: PortalGrant }) {
  const { format, words } = usePortal();
  const how = grant.how ? words.grants.how[grant.how] : undefined;
  const proof = [how, grant.grantedAt && format.time(grant.grantedAt)].filter(Boolean).join(", ");
  return (
    <details>
      <summary>{words.grants.wording}</summary>
      <blockquote lang={grant.wording.language}>{grant.wording.text}</blockquote>
      <p class="quiet small">{proof}</p>
    </details>
  );
}

function WithdrawAll({ onChange }: Pick<GrantsProps, "onChange">) {
  const { client, say, words } = usePortal();
  const { failure, isBusy, run } = useCall();
  const withdraw = () =>
    run(client.withdrawAll, (result) => {
      onChange(result.grants);
      say(words.grants.allTaken);
    });
  return (
    <div class="actions">
      <button type="button" class="button" aria-busy={isBusy} onClick={withdraw}>
        {words.grants.all}
      </button>
      <FailureLine text={failure} />
    </div>
  );
}
