/** Why nobody should offer a suite any more; the first three let others read or change what is sent. */
export type SuiteFault =
  | "no encryption"
  | "nobody is proven"
  | "broken cipher"
  | "no forward secrecy"
  | "CBC";

export interface Suite {
  readonly id: number;
  /** As in the registry of the IANA, without "TLS_" and "_WITH". */
  readonly name: string;
  readonly fault: SuiteFault;
}

/** "2 RSA_NULL_SHA": number in hexadecimal, name (IANA, "TLS Cipher Suites"). Suites with a pre-shared key need one. */
const REGISTRY: Readonly<Record<SuiteFault, string>> = {
  "no encryption": `
    1 RSA_NULL_MD5, 2 RSA_NULL_SHA, 3b RSA_NULL_SHA256, c001 ECDH_ECDSA_NULL_SHA, c006 ECDHE_ECDSA_NULL_SHA,
    c00b ECDH_RSA_NULL_SHA, c010 ECDHE_RSA_NULL_SHA, c015 ECDH_anon_NULL_SHA`,
  "nobody is proven": `
    17 DH_anon_EXPORT_RC4_40_MD5, 18 DH_anon_RC4_128_MD5, 19 DH_anon_EXPORT_DES40_CBC_SHA, 1a DH_anon_DES_CBC_SHA,
    1b DH_anon_3DES_EDE_CBC_SHA, 34 DH_anon_AES_128_CBC_SHA, 3a DH_anon_AES_256_CBC_SHA,
    46 DH_anon_CAMELLIA_128_CBC_SHA, 6c DH_anon_AES_128_CBC_SHA256, 6d DH_anon_AES_256_CBC_SHA256,
    89 DH_anon_CAMELLIA_256_CBC_SHA, 9b DH_anon_SEED_CBC_SHA, a6 DH_anon_AES_128_GCM_SHA256,
    a7 DH_anon_AES_256_GCM_SHA384, bf DH_anon_CAMELLIA_128_CBC_SHA256, c5 DH_anon_CAMELLIA_256_CBC_SHA256, c016 ECDH_anon_RC4_128_SHA, c017 ECDH_anon_3DES_EDE_CBC_SHA,
    c018 ECDH_anon_AES_128_CBC_SHA, c019 ECDH_anon_AES_256_CBC_SHA`,
  "broken cipher": `
    3 RSA_EXPORT_RC4_40_MD5, 4 RSA_RC4_128_MD5, 5 RSA_RC4_128_SHA, 6 RSA_EXPORT_RC2_CBC_40_MD5, 7 RSA_IDEA_CBC_SHA,
    8 RSA_EXPORT_DES40_CBC_SHA, 9 RSA_DES_CBC_SHA, a RSA_3DES_EDE_CBC_SHA, e DH_RSA_EXPORT_DES40_CBC_SHA,
    11 DHE_DSS_EXPORT_DES40_CBC_SHA, 12 DHE_DSS_DES_CBC_SHA, 13 DHE_DSS_3DES_EDE_CBC_SHA,
    14 DHE_RSA_EXPORT_DES40_CBC_SHA, 15 DHE_RSA_DES_CBC_SHA, 16 DHE_RSA_3DES_EDE_CBC_SHA, 96 RSA_SEED_CBC_SHA,
    9a DHE_RSA_SEED_CBC_SHA, c002 ECDH_ECDSA_RC4_128_SHA, c003 ECDH_ECDSA_3DES_EDE_CBC_SHA,
    c007 ECDHE_ECDSA_RC4_128_SHA, c008 ECDHE_ECDSA_3DES_EDE_CBC_SHA, c00c ECDH_RSA_RC4_128_SHA,
    c00d ECDH_RSA_3DES_EDE_CBC_SHA, c011 ECDHE_RSA_RC4_128_SHA, c012 ECDHE_RSA_3DES_EDE_CBC_SHA`,
  "no forward secrecy": `
    2f RSA_AES_128_CBC_SHA, 35 RSA_AES_256_CBC_SHA, 3c RSA_AES_128_CBC_SHA256, 3d RSA_AES_256_CBC_SHA256,
    41 RSA_CAMELLIA_128_CBC_SHA, 84 RSA_CAMELLIA_256_CBC_SHA, 9c RSA_AES_128_GCM_SHA256, 9d RSA_AES_256_GCM_SHA384,
    ba RSA_CAMELLIA_128_CBC_SHA256, c0 RSA_CAMELLIA_256_CBC_SHA256, c050 RSA_ARIA_128_GCM_SHA256,
    c051 RSA_ARIA_256_GCM_SHA384, c09c RSA_AES_128_CCM, c09d RSA_AES_256_CCM, c0a0 RSA_AES_128_CCM_8,
    c0a1 RSA_AES_256_CCM_8`,
  CBC: `
    33 DHE_RSA_AES_128_CBC_SHA, 39 DHE_RSA_AES_256_CBC_SHA, 45 DHE_RSA_CAMELLIA_128_CBC_SHA,
    67 DHE_RSA_AES_128_CBC_SHA256, 6b DHE_RSA_AES_256_CBC_SHA256, 88 DHE_RSA_CAMELLIA_256_CBC_SHA,
    be DHE_RSA_CAMELLIA_128_CBC_SHA256, c4 DHE_RSA_CAMELLIA_256_CBC_SHA256, c009 ECDHE_ECDSA_AES_128_CBC_SHA,
    c00a ECDHE_ECDSA_AES_256_CBC_SHA, c013 ECDHE_RSA_AES_128_CBC_SHA, c014 ECDHE_RSA_AES_256_CBC_SHA,
    c023 ECDHE_ECDSA_AES_128_CBC_SHA256, c024 ECDHE_ECDSA_AES_256_CBC_SHA384, c027 ECDHE_RSA_AES_128_CBC_SHA256,
    c028 ECDHE_RSA_AES_256_CBC_SHA384, c072 ECDHE_ECDSA_CAMELLIA_128_CBC_SHA256,
    c073 ECDHE_ECDSA_CAMELLIA_256_CBC_SHA384, c076 ECDHE_RSA_CAMELLIA_128_CBC_SHA256,
    c077 ECDHE_RSA_CAMELLIA_256_CBC_SHA384`,
};

export const WEAK_SUITES: readonly Suite[] = Object.entries(REGISTRY).flatMap(([fault, text]) =>
  text.split(",").map((each) => {
    const [id = "", name = ""] = each.trim().split(" ");
    return { id: Number.parseInt(id, 16), name, fault: fault as SuiteFault };
  }),
);

/** AEAD with forward secrecy: what Mozilla's "intermediate" and RFC 9325 section 4.2 recommend for TLS 1.2. */
export const STRONG_SUITES: readonly number[] = [
  0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8, 0x009e, 0x009f, 0xccaa,
];
