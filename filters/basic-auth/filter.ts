import {
  Action,
  BasicCredentials,
  Exchange,
  Forwarding,
  HttpFilter,
  Passwords,
  Refusal,
  Verdicts,
  config,
  register,
} from "meshscript/assembly";

class BasicAuth extends HttpFilter {
  /** Users and hashes of their passwords in lines as htpasswd writes them: `user:{SHA}…` or `user:$pbkdf2-sha256$…`. */
  users: Passwords = config.passwords("users");
  /** Request header that tells the upstream who the user is. What a client sends in it never gets through. */
  forward_username_header: string = config.headerName("forward_username_header", "");
  /** Request header that holds the credentials. */
  authentication_header: string = config.headerName("authentication_header", "authorization");
  /** Whether the credentials are taken out of the request before it goes on. */
  hide_credentials: bool = config.flag("hide_credentials", true);
  /** What the password is for, as browsers show it. */
  realm: string = config.text("realm", "Restricted");
  /** What a refused client gets. */
  refusal: Refusal = config.group<Refusal>("refusal");

  private forwarding: Forwarding = Forwarding.of(this.forward_username_header, this.hide_credentials);
  private verdicts: Verdicts = new Verdicts("basic_auth");
  private challenge: string = 'Basic realm="' + this.realm + '", charset="UTF-8"';

  override onConfigure(): void {
    if (this.authentication_header == "") config.problem("authentication_header", "must not be empty");
    if (!isQuotable(this.realm))
      config.problem("realm", "must be printable ASCII without quotes and backslashes");
  }

  override onRequest(x: Exchange): Action {
    const name = this.authentication_header;
    const lines = x.request.headers.count(name);
    if (lines == 0) return this.refuse(x, "basic_auth_missing_credentials");
    const shown = BasicCredentials.read(lines == 1 ? x.request.headers.getBytes(name) : null);
    if (shown === null) return this.refuse(x, "basic_auth_malformed_credentials");
    const user = this.users.verify(shown.user, shown.password);
    if (user < 0) return this.refuse(x, "basic_auth_wrong_credentials");
    if (this.hide_credentials) x.request.headers.remove(name);
    this.forwarding.admit(x, this.users.nameOf(user));
    this.verdicts.allowed();
    return Action.Continue;
  }

  /** The client does not get to know the reason. */
  private refuse(x: Exchange, reason: string): Action {
    this.verdicts.denied(reason);
    return this.refusal.answer(x, 401, "User authentication failed.", reason, this.challenge);
  }
}

/** Whether a text can stand between quotes in a header as it is. */
function isQuotable(text: string): bool {
  for (let i = 0; i < text.length; ++i) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code > 0x7e || code == 0x22 || code == 0x5c) return false;
  }
  return true;
}

register<BasicAuth>();
