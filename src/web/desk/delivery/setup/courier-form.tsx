import { type FormEvent, useState } from "react";
import type { CourierInput } from "../../../../skills/delivery/api.ts";
import { Button } from "../../../ui/button.tsx";
import { Choice } from "../../../ui/choice.tsx";
import { TextField } from "../../../ui/field.tsx";
import { useText } from "../../text/use-text.ts";
import { Refusal } from "./refusal.tsx";
import { SkillChoice } from "./skill-choice.tsx";

export type TypedCourier = CourierInput;

export const blankCourier: TypedCourier = {
  name: "",
  phone: "",
  vehicle: "bicycle",
  capacity: 40,
  skills: [],
  contactId: null,
};

const vehicles = ["foot", "bicycle", "cargo_bike", "car", "van"] as const;

interface CourierFormProps {
  start: TypedCourier;
  isBusy: boolean;
  error: unknown;
  onSave(courier: TypedCourier): void;
  onCancel(): void;
}

/** Name, number, vehicle, and what may be carried. */
export function CourierForm({ start, isBusy, error, onSave, onCancel }: CourierFormProps) {
  const { t } = useText();
  const [typed, setTyped] = useState({ ...start, capacity: String(start.capacity) });
  const [isChecked, setChecked] = useState(false);
  const capacity = Number(typed.capacity);
  const phone = typed.phone
    .replace(/[\s()/-]/g, "")
    .replace(/^00/, "+")
    .replace(/^0/, "+49");
  const wrong = {
    name: typed.name.trim() === "",
    phone: phone !== "" && !/^\+[1-9]\d{4,14}$/.test(phone),
    capacity: !(Number.isInteger(capacity) && capacity >= 1 && capacity <= 10_000),
  };
  const said = (name: keyof typeof wrong) =>
    isChecked && wrong[name] ? t(`deliverySetup.couriers.fault.${name}`) : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (Object.values(wrong).some(Boolean)) return;
    const { name, vehicle, skills, contactId } = typed;
    onSave({ name: name.trim(), phone, vehicle, capacity, skills, contactId });
  };
  return (
    <form onSubmit={submit} noValidate className="grid gap-4">
      <TextField
        label={t("deliverySetup.couriers.name")}
        maxLength={80}
        value={typed.name}
        error={said("name")}
        onChange={(event) => setTyped({ ...typed, name: event.target.value })}
      />
      <TextField
        label={t("deliverySetup.couriers.phone")}
        help={t("deliverySetup.couriers.phoneHelp")}
        type="tel"
        value={typed.phone}
        error={said("phone")}
        onChange={(event) => setTyped({ ...typed, phone: event.target.value })}
      />
      <Choice
        label={t("deliverySetup.couriers.vehicle")}
        value={typed.vehicle}
        options={vehicles.map((value) => ({ value, label: t(`deliverySetup.vehicle.${value}`) }))}
        onChange={(vehicle) => setTyped({ ...typed, vehicle })}
      />
      <TextField
        label={t("deliverySetup.couriers.capacity")}
        help={t("deliverySetup.couriers.capacityHelp")}
        inputMode="numeric"
        value={typed.capacity}
        error={said("capacity")}
        onChange={(event) => setTyped({ ...typed, capacity: event.target.value })}
      />
      <SkillChoice
        label={t("deliverySetup.couriers.skills")}
        value={typed.skills}
        onChange={(skills) => setTyped({ ...typed, skills })}
      />
      <Refusal error={error} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={isBusy}>
          {t("save")}
        </Button>
        <Button onClick={onCancel}>{t("cancel")}</Button>
      </div>
    </form>
  );
}
