import { createPrivateKey, createPublicKey, sign } from "node:crypto";

/**
 * A certificate signing request (PKCS #10, RFC 2986) for one host: empty subject, the name as subjectAltName
 * (RFC 8555 7.4 reads names from there). Only this one shape is ever needed, so it is written in DER by hand.
 */

const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OBJECT = 0x06;
/** [0] constructed: the attributes. */
const ATTRIBUTES = 0xa0;
/** [2] primitive: dNSName of GeneralName (RFC 5280 4.2.1.6). */
const DNS_NAME = 0x82;

/** 1.2.840.113549.1.9.14 */
const EXTENSION_REQUEST = Buffer.from("2a864886f70d01090e", "hex");
/** 2.5.29.17 */
const SUBJECT_ALT_NAME = Buffer.from("551d11", "hex");
/** 1.2.840.10045.4.3.2 */
const ECDSA_WITH_SHA256 = Buffer.from("2a8648ce3d040302", "hex");

/**
 * @param keyPem the certificate's private key on P-256; another one than the account's (RFC 8555 11.1)
 * @param domain in ASCII
 * @returns DER
 */
export function signingRequest(keyPem: string, domain: string): Buffer {
  const privateKey = createPrivateKey(keyPem);
  const publicKey = createPublicKey(privateKey).export({ type: "spki", format: "der" });
  const names = der(SEQUENCE, der(DNS_NAME, Buffer.from(domain, "ascii")));
  const extension = der(SEQUENCE, der(OBJECT, SUBJECT_ALT_NAME), der(OCTET_STRING, names));
  const attribute = der(SEQUENCE, der(OBJECT, EXTENSION_REQUEST), der(SET, der(SEQUENCE, extension)));
  const version = der(INTEGER, Buffer.from([0]));
  const request = der(SEQUENCE, version, der(SEQUENCE), publicKey, der(ATTRIBUTES, attribute));
  const algorithm = der(SEQUENCE, der(OBJECT, ECDSA_WITH_SHA256));
  const signature = sign("sha256", request, privateKey);
  return der(SEQUENCE, request, algorithm, der(BIT_STRING, Buffer.from([0]), signature));
}

/** Tag, length, value (X.690 8.1.3). */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const value = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(value.length), value]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  if (length < 0x100) return Buffer.from([0x81, length]);
  return Buffer.from([0x82, length >> 8, length & 0xff]);
}
