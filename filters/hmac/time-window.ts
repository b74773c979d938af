import { Bytes, clock, config, secondsIn } from "meshscript/assembly";

export class PresignedUrls {
  /** Seconds for which a URL may still be good when it is used. */
  max_lifetime: i64 = config.integer("max_lifetime", 3600, 1, 604800);
  /** Whether each may be used once only. */
  single_use: bool = config.flag("single_use");
}

/** Whether a request comes in time. */
export class TimeWindow {
  constructor(
    private skew: i64,
    private urls: PresignedUrls | null,
  ) {}

  /** The second in which a signature of this date ends, 0 where it has ended or its time has not come yet. */
  end(date: Bytes | null): u64 {
    const signedAt = date === null ? 0 : secondsIn(date);
    const now = clock.seconds();
    const skew = <u64>this.skew;
    return signedAt + skew < now || signedAt > now + skew ? 0 : signedAt + skew;
  }

  /** The second in which a URL ends, 0 where it has ended or would be good for too long. */
  endOfUrl(expires: Bytes): u64 {
    const end = secondsIn(expires);
    const now = clock.seconds();
    return end < now || end > now + <u64>this.urls!.max_lifetime ? 0 : end;
  }
}
