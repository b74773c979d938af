import { Headers } from "./headers";

/** The status code that a response's headers hold; 0 where they hold none. */
export function statusOf(headers: Headers): i32 {
  const bytes = headers.getBytes(":status");
  if (bytes === null) return 0;
  let status = 0;
  for (let i = 0; i < bytes.length; ++i) status = status * 10 + <i32>(bytes.at(i) - 0x30);
  return status;
}
