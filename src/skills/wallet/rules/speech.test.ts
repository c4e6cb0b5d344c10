import { expect, test } from "vitest";
import { asksForWallet } from "./speech.ts";

test.each([
  "Guthaben",
  "Mein Guthaben, bitte?",
  "wallet",
  "Ich möchte eine Wallet einrichten",
  "show me my wallet",
  "Voucher",
])("%s asks for the wallet", (text) => expect(asksForWallet(text)).toBe(true));
test.each([
  "Ich habe meine Geldbörse verloren",
  "Kann ich mit dem Gutschein auch Getränke kaufen?",
  "Mein Guthaben auf der Prepaidkarte ist seit gestern weg, was soll ich tun?",
  "",
  "Wallet für Damen, Leder, braun: haben Sie die?",
])("%s is for others", (text) => expect(asksForWallet(text)).toBe(false));
