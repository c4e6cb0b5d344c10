import { useMutation, useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useRef, useState } from "react";
import { type Courier, createCourier, deleteCourier, putCourier } from "../../../../skills/delivery/api.ts";
import { call } from "../../../client/call.ts";
import { Button } from "../../../ui/button.tsx";
import { Waiting } from "../../../ui/card.tsx";
import { Answers, Dialog } from "../../../ui/dialog.tsx";
import { LighthouseDrawing } from "../../../ui/drawings.tsx";
import { Statement } from "../../../ui/statement.tsx";
import { showToast } from "../../../ui/toast.tsx";
import { isManager, useMe } from "../../session/session.ts";
import { Failure } from "../../shell/failure.tsx";
import { useText } from "../../text/use-text.ts";
import { blankCourier, CourierForm, type TypedCourier } from "./courier-form.tsx";
import { CourierLink } from "./courier-link.tsx";
import { OtherWork } from "./other-work.tsx";
import { couriersQuery, useSetupChange } from "./queries.ts";
import { Refusal } from "./refusal.tsx";
import { SetupFrame } from "./setup-frame.tsx";

type Shown = { kind: "form" | "link" | "work" | "end"; courier: Courier } | { kind: "new" } | null;

/** Who drives, with what, and what else they work. */
export function CouriersPage() {
  const { t } = useText();
  const session = useMe();
  const couriers = useQuery(couriersQuery);
  const [shown, setShown] = useState<Shown>(null);
  const items = couriers.data?.items ?? [];
  const add = isManager(session) && (
    <Button variant="primary" icon={Plus} onClick={() => setShown({ kind: "new" })}>
      {t("deliverySetup.couriers.add")}
    </Button>
  );
  return (
    <SetupFrame
      title={t("deliverySetup.couriers.title")}
      subtitle={t("deliverySetup.couriers.subtitle")}
      actions={items.length > 0 && add}
    >
      {couriers.isPending && <Waiting rows={4} label={t("deliverySetup.loading")} />}
      {couriers.error && (
        <Failure
          error={couriers.error}
          title={t("deliverySetup.notLoaded")}
          retry={() => void couriers.refetch()}
        />
      )}
      {couriers.isSuccess && items.length === 0 && (
        <Statement
          drawing={<LighthouseDrawing className="w-[270px] max-w-full" />}
          title={t("deliverySetup.couriers.none")}
          actions={add}
        >
          {t("deliverySetup.couriers.noneText")}
        </Statement>
      )}
      {items.length > 0 && (
        <ul className="divide-y divide-line rounded-2 border border-line bg-sheet px-4 sm:px-6">
          {items.map((courier) => (
            <Row key={courier.id} courier={courier} onShow={(kind) => setShown({ kind, courier })} />
          ))}
        </ul>
      )}
      <CourierDialog shown={shown} onClose={() => setShown(null)} />
    </SetupFrame>
  );
}

function Row({
  courier,
  onShow,
}: {
  courier: Courier;
  onShow(kind: "form" | "link" | "work" | "end"): void;
}) {
  const { t } = useText();
  const session = useMe();
  const { name, vehicle, capacity, skills, phone } = courier;
  const facts = [
    t(`deliverySetup.vehicle.${vehicle}`),
    t("deliverySetup.parcels", { count: capacity }),
    ...skills.map((skill) => t(`deliverySetup.skill.${skill}`)),
    phone,
  ];
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
      <div className="mr-auto min-w-0">
        <p className="font-strong wrap-anywhere">{name}</p>
        <p className="text-small text-ink-2">{facts.filter(Boolean).join(" · ")}</p>
      </div>
      {isManager(session) && (
        <div className="flex flex-wrap gap-1">
          {(["form", "work", "link", "end"] as const).map((kind) => (
            <Button key={kind} variant="quiet" onClick={() => onShow(kind)}>
              {t(`deliverySetup.couriers.${kind}`)}
              <span className="ear-only">{`: ${name}`}</span>
            </Button>
          ))}
        </div>
      )}
    </li>
  );
}

function CourierDialog({ shown, onClose }: { shown: Shown; onClose(): void }) {
  const { t } = useText();
  const name = shown && "courier" in shown ? shown.courier.name : "";
  return (
    <Dialog
      isOpen={shown !== null}
      onClose={onClose}
      title={shown ? t(`deliverySetup.couriers.${shown.kind}Title`, { name }) : ""}
      closeLabel={t("close")}
    >
      {shown?.kind === "new" && <Edit start={blankCourier} id={null} onClose={onClose} />}
      {shown?.kind === "form" && <Edit start={shown.courier} id={shown.courier.id} onClose={onClose} />}
      {shown?.kind === "link" && <CourierLink courier={shown.courier} />}
      {shown?.kind === "work" && <OtherWork courierId={shown.courier.id} onClose={onClose} />}
      {shown?.kind === "end" && <End courier={shown.courier} onClose={onClose} />}
    </Dialog>
  );
}

function Edit({ start, id, onClose }: { start: TypedCourier; id: number | null; onClose(): void }) {
  const refresh = useSetupChange();
  const { t } = useText();
  const saving = useMutation({
    mutationFn: (body: TypedCourier) =>
      id === null ? call(createCourier, { body }) : call(putCourier, { params: { id }, body }),
    onSuccess: async ({ name }) => {
      showToast({ text: t("deliverySetup.couriers.saved", { name }) });
      onClose();
      await refresh();
    },
  });
  return (
    <CourierForm
      start={start}
      isBusy={saving.isPending}
      error={saving.error}
      onSave={saving.mutate}
      onCancel={onClose}
    />
  );
}

function End({ courier, onClose }: { courier: Courier; onClose(): void }) {
  const { t } = useText();
  const safe = useRef<HTMLButtonElement>(null);
  const refresh = useSetupChange();
  const ending = useMutation({
    mutationFn: () => call(deleteCourier, { params: { id: courier.id } }),
    onSuccess: async () => {
      onClose();
      await refresh();
    },
  });
  return (
    <>
      <p>{t("deliverySetup.couriers.endText")}</p>
      <Refusal error={ending.error} />
      <Answers
        safe={{ label: t("deliverySetup.couriers.keep"), onClick: onClose, ref: safe }}
        act={{
          label: t("deliverySetup.couriers.end"),
          onClick: () => ending.mutate(),
          busy: ending.isPending,
          danger: true,
        }}
      />
    </>
  );
}
