import { Bytes } from "../abi/bytes";
import { utf8 } from "../abi/wire";
import { list, texts } from "../config/reader";
import { Request } from "../http/message";
import { HeaderMatch } from "./header-match";
import { PathMatch } from "./path-match";

/** Which requests are meant: all that is given has to fit. As Envoy's `RouteMatch`, with methods. */
export class RequestMatch extends PathMatch {
  /** Methods, in capitals; any of them fits, and all do when the list is empty. */
  methods: string[] = texts(utf8("methods"), false);
  /** What headers have to be, all of them. */
  headers: HeaderMatch[] = list<HeaderMatch>(utf8("headers"), false);

  /** In `onRequest`; `path` is what `normalPath` returned. Allocates nothing. */
  matches(request: Request, path: Bytes): bool {
    if (!this.matchesPath(path) || !this.matchesMethod(request)) return false;
    for (let i = 0; i < this.headers.length; ++i)
      if (!unchecked(this.headers[i]).matches(request)) return false;
    return true;
  }

  /** Whether nothing is given. */
  get isEmpty(): bool {
    return !this.isGiven && this.methods.length == 0 && this.headers.length == 0;
  }

  matchesMethod(request: Request): bool {
    if (this.methods.length == 0) return true;
    for (let i = 0; i < this.methods.length; ++i)
      if (request.headers.is(":method", unchecked(this.methods[i]))) return true;
    return false;
  }
}
