/**
 * The bench's companies: unequal in size, each with as many WhatsApp numbers as its share of the traffic needs
 * (Meta lets a number send 80 messages a second), some with a Telegram bot. Customers are numbers from 0; which
 * company and number a customer writes to follows from it, here and in the preload's SQL alike.
 */

export const APP = { id: "bench-whatsapp", secret: "bench-app-secret" };

export const COMPANIES = 1_600;
/** Zipf's exponent: the largest company has a tenth of all customers. */
const EXPONENT = 0.94;
export const CUSTOMERS = 1_000_000;
/** Share of all traffic that one number may carry: 40/s at the 1,500/s of a sustained peak. */
const SHARE_PER_NUMBER = 0.025;
/** Every 16th company has a bot. */
const BOT_EVERY = 16;

export interface Company {
  /** From 1; also its place by size. */
  rank: number;
  /** Its customers: first number, and how many. */
  firstCustomer: number;
  customers: number;
  numbers: number;
  hasBot: boolean;
}

/** @returns companies by falling size, whose customers add up to `customers` */
export function makeCompanies(count = COMPANIES, customers = CUSTOMERS): Company[] {
  const weights = Array.from({ length: count }, (_, n) => (n + 1) ** -EXPONENT);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const companies: Company[] = [];
  let first = 0;
  let reached = 0;
  for (const [n, weight] of weights.entries()) {
    reached += weight;
    // Rounding the running total, not each size, keeps the sum exact.
    const until = n === count - 1 ? customers : Math.round((reached / whole) * customers);
    companies.push({
      rank: n + 1,
      firstCustomer: first,
      customers: until - first,
      numbers: Math.max(1, Math.ceil(weight / whole / SHARE_PER_NUMBER)),
      hasBot: n % BOT_EVERY === 0,
    });
    first = until;
  }
  return companies;
}

/** @param customer 0 to the number of all customers */
export function companyOf(companies: readonly Company[], customer: number): Company {
  let low = 0;
  let high = companies.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((companies[middle] as Company).firstCustomer <= customer) low = middle;
    else high = middle - 1;
  }
  return companies[low] as Company;
}

export function phoneNumberId(company: Pick<Company, "rank">, number: number): string {
  return `10${String(company.rank).padStart(6, "0")}${String(number).padStart(4, "0")}`;
}

/** The number a customer writes to. */
export function numberOf(companies: readonly Company[], customer: number): string {
  const company = companyOf(companies, customer);
  return phoneNumberId(company, customer % company.numbers);
}

export function waIdOf(customer: number): string {
  return `49151${String(customer).padStart(8, "0")}`;
}

/**
 * Somebody who never wrote before. @param run tells runs on one kept folder apart, below a million
 * @param n below 100,000
 */
export function newWaIdOf(run: number, n: number): string {
  return `4917${String(run).padStart(6, "0")}${String(n).padStart(5, "0")}`;
}

export function botOf(company: Pick<Company, "rank">): { id: string; secret: string; token: string } {
  const id = String(7_000_000_000 + company.rank);
  return { id, secret: `bench-bot-${company.rank}`, token: `${id}:bench` };
}
