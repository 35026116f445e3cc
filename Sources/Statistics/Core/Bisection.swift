/// Finds where a condition ceases to hold, between a point where it holds and one where it does not. It never leaves its
/// bracket, and it ends: it needs no derivative, no starting guess and no finite values.
enum Bisection {
  /// The last double on the way from `inside`, where the condition holds, to `outside` where it still holds; `outside`
  /// itself when it holds there too.
  static func border<Failure: Error>(
    inside: Double, outside: Double, _ holds: (Double) throws(Failure) -> Bool
  ) throws(Failure) -> Double {
    if try holds(outside) { return outside }
    var (good, bad) = (inside, outside)
    // 2200 halvings lead from the largest double to the smallest; a usual search takes sixty.
    for _ in 0..<2200 {
      let middle = good + (bad - good) / 2
      if middle == good || middle == bad { break }
      if try holds(middle) { good = middle } else { bad = middle }
    }
    return good
  }

  /// The smallest count of at least `first` for which a condition holds that stays true once it is; nil when it does not
  /// hold for `cap`. O(log cap) calls.
  static func firstCount<Failure: Error>(
    from first: Int, upTo cap: Int, where holds: (Int) throws(Failure) -> Bool
  ) throws(Failure) -> Int? {
    guard first <= cap else { return nil }
    if try holds(first) { return first }
    var (below, above) = (first, first)
    repeat {
      if above == cap { return nil }
      below = above
      above = above > cap / 2 ? cap : max(above * 2, above + 1)
    } while try !holds(above)
    while above - below > 1 {
      let middle = below + (above - below) / 2
      if try holds(middle) { above = middle } else { below = middle }
    }
    return above
  }
}
