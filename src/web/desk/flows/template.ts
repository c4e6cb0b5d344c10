/** What a new flow begins with: short, sound, and changed at once. */
export const TEMPLATE = `# Jede Zeile beginnt mit einem Wort; # ist eine Bemerkung. / Every line begins with a word; # is a comment.
flow my_flow
  title
    de: Mein Ablauf
    en: My flow
  start
    de: Mein Ablauf
    en: My flow

slot order: order

step begin
  ask order
    de: Wie lautet Ihre Bestellnummer?
    en: What is your order number?
  choose
    de: Bestellung {order}. Stimmt das?
    en: Order {order}. Is that right?
    option yes -> pass_on
      de: Ja
      en: Yes
    option no -> change
      de: Nein
      en: No

step change
  forget order
  -> begin

step pass_on
  hand over
    de: Ein Mensch aus unserem Team hat jetzt Bestellung {order} vor sich.
    en: A person from our team has order {order} in front of them now.
    summary: Bestellung {order}

example Mit Nummer
  language de
  customer: Mein Ablauf
  bot: Wie lautet Ihre Bestellnummer?
  customer: 20417
  bot: Stimmt das?
  customer: ja
  ends: person
`;
