/**
 * Files that are run. No vector of theirs is relabelled; "acceptable" ones, which are PKCS#1 v1.5 with the NULL of the hash
 * function's parameters left out, are refused. Of rsa_pss_misc, groups with hash functions that are not offered are not run.
 */
export const inScope = {
  ecdsa: [
    "ecdsa_secp256r1_sha256_test.json",
    "ecdsa_secp256r1_sha256_p1363_test.json",
    "ecdsa_secp256r1_sha512_test.json",
    "ecdsa_secp256r1_sha512_p1363_test.json",
    "ecdsa_secp384r1_sha256_test.json",
    "ecdsa_secp384r1_sha384_test.json",
    "ecdsa_secp384r1_sha384_p1363_test.json",
    "ecdsa_secp384r1_sha512_test.json",
    "ecdsa_secp384r1_sha512_p1363_test.json",
  ],
  ed25519: ["ed25519_test.json"],
  hmac: ["hmac_sha256_test.json", "hmac_sha384_test.json", "hmac_sha512_test.json"],
  pkcs1: [
    "rsa_signature_2048_sha256_test.json",
    "rsa_signature_2048_sha384_test.json",
    "rsa_signature_2048_sha512_test.json",
    "rsa_signature_3072_sha256_test.json",
    "rsa_signature_3072_sha384_test.json",
    "rsa_signature_3072_sha512_test.json",
    "rsa_signature_4096_sha256_test.json",
    "rsa_signature_4096_sha384_test.json",
    "rsa_signature_4096_sha512_test.json",
  ],
  pss: [
    "rsa_pss_2048_sha256_mgf1_0_test.json",
    "rsa_pss_2048_sha256_mgf1_0_params_test.json",
    "rsa_pss_2048_sha256_mgf1_32_test.json",
    "rsa_pss_2048_sha256_mgf1_32_params_test.json",
    "rsa_pss_2048_sha384_mgf1_48_test.json",
    "rsa_pss_3072_sha256_mgf1_32_test.json",
    "rsa_pss_3072_sha256_mgf1_32_params_test.json",
    "rsa_pss_4096_sha256_mgf1_32_test.json",
    "rsa_pss_4096_sha384_mgf1_48_test.json",
    "rsa_pss_4096_sha512_mgf1_32_test.json",
    "rsa_pss_4096_sha512_mgf1_32_params_test.json",
    "rsa_pss_4096_sha512_mgf1_64_test.json",
    "rsa_pss_4096_sha512_mgf1_64_params_test.json",
    "rsa_pss_misc_test.json",
    "rsa_pss_misc_params_test.json",
  ],
} as const;

/** Why other files are left out: the first reason whose pattern a name matches. */
export const leftOut: readonly [RegExp, string][] = [
  [/sha3_|shake/, "SHA-3 is in no algorithm of JOSE that is offered"],
  [/sha224|sha512_224|sha512_256/, "SHA-224 and shortened SHA-512 are in no algorithm of JOSE"],
  [/sha1_/, "SHA-1 is broken, and in no algorithm of JOSE"],
  [/mgf1sha1|mgf1sha256/, "RFC 7518 section 3.5 has the mask's hash be the message's"],
  [/_8192_/, "keys of more than 4096 bits are refused, which a test of their own says"],
];
