import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { onPath } from "../../../../../tools/envoy/program.js";
import { Missing } from "./parts.js";

/** Paths of a new key and of a certificate for 127.0.0.1 that it has signed itself. */
export function newCertificate(folder: string): { certificate: string; key: string } {
  if (onPath("openssl", process.env).length === 0) throw new Missing("there is no openssl on PATH");
  const [certificate, key] = [join(folder, "certificate.pem"), join(folder, "key.pem")];
  const about = ["-days", "1", "-subj", "/CN=tests", "-addext", "subjectAltName=IP:127.0.0.1"];
  const made = [
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    ...about,
    "-keyout",
    key,
    "-out",
    certificate,
  ];
  execFileSync("openssl", made, { stdio: "ignore" });
  return { certificate, key };
}
