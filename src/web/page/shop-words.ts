import type { Language } from "../widget/seam.ts";

interface CardWords {
  title: string;
  text: string;
  from: string;
}

export interface ShopWords {
  nav: string;
  sections: readonly string[];
  tonight: string;
  category: string;
  roaster: string;
  vat: string;
  tale: string;
  delivery: string;
  basket: string;
  demo: string;
  facts: readonly [string, string][];
  cards: Record<"jug" | "lamp" | "knob", CardWords>;
}

const de: ShopWords = {
  nav: "Sortiment",
  sections: ["Küche", "Tisch", "Licht", "Werkstatt"],
  tonight: "Heute Abend geliefert",
  category: "Küche · Gusseisen",
  roaster: "Bräter „Elbe“, 28 cm",
  vat: "inkl. MwSt.",
  tale: "Emailliert in Hamburg-Ottensen. 5,4 kg schwer, für alle Herde und bis 250 °C im Ofen.",
  delivery: "Heute Abend lieferbar bei Bestellung bis 15 Uhr",
  basket: "In den Warenkorb",
  demo: "Das ist ein Vorführladen: Hier wird nichts verkauft. Das Gespräch rechts unten ist echt.",
  facts: [
    ["Innen", "28 × 11 cm, 6,2 l"],
    ["Pflege", "Spülmaschine ja, besser von Hand"],
    ["Ersatzteile", "Deckel, Knopf, Griffe – einzeln"],
  ],
  cards: {
    jug: { title: "Kanne „Bille“", text: "Steinzeug, 1,2 l, tropft nicht.", from: "" },
    lamp: { title: "Leuchte „Fleet“", text: "Stahl, pulverbeschichtet, Kabel 2 m.", from: "" },
    knob: {
      title: "Ersatzteile und Reparatur",
      text: "Knöpfe, Griffe, neues Email aus der Werkstatt.",
      from: "ab",
    },
  },
};

const en: ShopWords = {
  nav: "Range",
  sections: ["Kitchen", "Table", "Light", "Workshop"],
  tonight: "Delivered tonight",
  category: "Kitchen · Cast iron",
  roaster: "Casserole “Elbe”, 28 cm",
  vat: "incl. VAT",
  tale: "Enamelled in Hamburg-Ottensen. It weighs 5.4 kg, fits every hob and stands 250 °C in the oven.",
  delivery: "Delivered tonight if ordered by 3 pm",
  basket: "Add to basket",
  demo: "This is a show shop: nothing is sold here. The conversation at the lower right is real.",
  facts: [
    ["Inside", "28 × 11 cm, 6.2 l"],
    ["Care", "Dishwasher yes, better by hand"],
    ["Spare parts", "Lid, knob, handles – one by one"],
  ],
  cards: {
    jug: { title: "Jug “Bille”", text: "Stoneware, 1.2 l, does not drip.", from: "" },
    lamp: { title: "Lamp “Fleet”", text: "Powder-coated steel, 2 m of cable.", from: "" },
    knob: {
      title: "Spare parts and repair",
      text: "Knobs, handles, new enamel from our workshop.",
      from: "from",
    },
  },
};

export const SHOP_WORDS: Record<Language, ShopWords> = { de, en };
