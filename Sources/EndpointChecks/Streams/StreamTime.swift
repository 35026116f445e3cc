/// A time that was taken of a stream.
struct StreamTime: Sendable, Equatable {
  var nanoseconds: Double
  /// The choice that it is of; nil where an answer has but one, and for a time of all of them.
  var choice: Int?
}
