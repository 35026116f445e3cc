/// When a piece of a response's body came: one of those in which the network handed it over, which need not be those in
/// which it was written.
package struct BodyArrival: Sendable, Equatable {
  /// Where the piece ends: so many bytes of the body had come by then.
  package var end: Int
  /// Nanoseconds since the request was handed over to be sent, the way to the server included.
  package var time: Int64

  package init(end: Int, time: Int64) {
    self.end = end
    self.time = time
  }
}
