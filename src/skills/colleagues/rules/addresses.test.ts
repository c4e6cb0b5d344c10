import { expect, test } from "vitest";
import { addressFault, type Door, domainFault, plainAddress } from "./addresses.ts";

const door: Door = {
  listed: ["oezdemir@werkstatt.example"],
  domains: ["kontor.example"],
  mailboxes: ["service@kontor.example"],
  customer: ["anna@kontor.example"],
};

test.each([
  ["oezdemir@werkstatt.example", null],
  ["buchhaltung@kontor.example", null],
  ["buchhaltung@sub.kontor.example", "not_allowed"],
  ["buchhaltung@kontor.example.evil.example", "not_allowed"],
  ["oezdemir@werkstat.example", "not_allowed"],
  ["service@kontor.example", "own_mailbox"],
  ["service+r-x@kontor.example", "own_mailbox"],
  ["anna@kontor.example", "is_customer"],
  ["kontor.example", "no_address"],
  ["a b@kontor.example", "no_address"],
  ["a@kontor.example, b@fremd.example", "no_address"],
  ["Özdemir <oezdemir@werkstatt.example>", "no_address"],
  ["x@kontor.example\r\nBcc: y@fremd.example", "no_address"],
])("whether %j may be asked: %j", (address, fault) => {
  expect(addressFault(address, door)).toBe(fault);
});

test("addresses are compared without blanks and capitals", () => {
  expect(plainAddress("  Oezdemir@Werkstatt.Example ")).toBe("oezdemir@werkstatt.example");
});

test("a domain where everybody has an address is not opened", () => {
  expect(domainFault("gmx.de")).toBe("everybodys");
  expect(domainFault("kontor.example")).toBeNull();
  expect(domainFault("kontor")).toBe("no_domain");
  expect(domainFault("*.kontor.example")).toBe("no_domain");
});
