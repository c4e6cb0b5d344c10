import { expect, test } from "vitest";
import { blankParcel, faultsOf, phoneOf } from "./parcel-draft.ts";

test("numbers are read as people write them", () => {
  const typed = ["0176 040690-12", "0049 (176) 04069012", "+49 (0)40 123456", "+43 1 234567", ""];
  expect(typed.map(phoneOf)).toEqual(["+4917604069012", "+4917604069012", "+4940123456", "+431234567", ""]);
});

test("who agreed to be told must be reachable, and where they said so must stand there", () => {
  const agreed = { ...blankParcel, agreed: true };
  expect([...faultsOf(agreed, false)]).toEqual(["evidence", "nobody"]);
  expect([...faultsOf({ ...agreed, evidence: "Theke", phone: "0176 04069012" }, false)]).toEqual([]);
  expect([...faultsOf({ ...agreed, evidence: "Theke" }, true)]).toEqual([]);
  expect([...faultsOf({ ...blankParcel, parcels: "0", phone: "12", email: "x@y" }, false)]).toEqual([
    "parcels",
    "phone",
    "email",
  ]);
});
