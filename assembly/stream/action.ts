/** What should happen to a message or to data after a handler. */
export enum Action {
  /** It goes on, to the next filter or to the upstream or client. */
  Continue = 0,
  /** It waits here: a reply was sent, or something else will let it go on. */
  Pause = 1,
}
