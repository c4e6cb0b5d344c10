import type { Catalogue } from "#kernel";

/** What this skill says to customers. */
export const de: Catalogue["de"] = {
  today: "heute",
  tomorrow: "morgen",
  onDay: "am {day}",
  atTime: "{day} um {time} Uhr",
  betweenTimes: "{day} zwischen {from} und {to} Uhr",
  tried: {
    sie: "Wir haben versucht, Sie unter {phone} anzurufen, und Sie nicht erreicht. Wann passt es Ihnen besser? Oder schreiben Sie hier, was Sie brauchen.",
    du: "Wir haben versucht, dich unter {phone} anzurufen, und dich nicht erreicht. Wann passt es dir besser? Oder schreib hier, was du brauchst.",
  },
  promised: {
    sie: "Ihr Rückruf steht: Wir rufen Sie {time} unter {phone} an.",
    du: "Dein Rückruf steht: Wir rufen dich {time} unter {phone} an.",
  },
  promisedOver: {
    sie: "Ihr Rückruf unter {phone} ist noch offen, und er ist überfällig. Das Team sieht es.",
    du: "Dein Rückruf unter {phone} ist noch offen, und er ist überfällig. Das Team sieht es.",
  },
  optionTime: "Andere Zeit",
  optionWithdraw: "Absagen",
  askTime: {
    sie: "Wann passt Ihnen der Anruf besser? Zum Beispiel: morgen zwischen 10 und 12 Uhr.",
    du: "Wann passt dir der Anruf besser? Zum Beispiel: morgen zwischen 10 und 12 Uhr.",
  },
  askTimeAgain: {
    sie: "Darin habe ich keine Zeit erkannt. Schreiben Sie Tag und Uhrzeit, zum Beispiel: Montag um 15 Uhr.",
    du: "Darin habe ich keine Zeit erkannt. Schreib Tag und Uhrzeit, zum Beispiel: Montag um 15 Uhr.",
  },
  moved: {
    sie: "Verschoben: Wir rufen Sie {time} unter {phone} an.",
    du: "Verschoben: Wir rufen dich {time} unter {phone} an.",
  },
  movedToOpening: {
    sie: "Zu dieser Zeit ist niemand da. Wir rufen Sie {time} unter {phone} an.",
    du: "Zu dieser Zeit ist niemand da. Wir rufen dich {time} unter {phone} an.",
  },
  left: {
    sie: "Es bleibt dabei: Wir rufen Sie {time} unter {phone} an.",
    du: "Es bleibt dabei: Wir rufen dich {time} unter {phone} an.",
  },
  withdrawn: {
    sie: "Der Rückruf ist abgesagt. Wenn noch etwas ist, schreiben Sie hier.",
    du: "Der Rückruf ist abgesagt. Wenn noch etwas ist, schreib hier.",
  },
  nothingPromised: {
    sie: "Es steht kein Rückruf mehr aus. Wenn Sie einen möchten, schreiben Sie es hier.",
    du: "Es steht kein Rückruf mehr aus. Wenn du einen möchtest, schreib es hier.",
  },
};
