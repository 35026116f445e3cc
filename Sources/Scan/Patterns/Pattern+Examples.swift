extension Pattern {
  /// The shortest text of printable ASCII characters that matches as a whole, or that does not; nil when there is none,
  /// or when the pattern has no automaton that would tell. Of equally short ones one of letters, before digits and others.
  package func shortestExample(matching: Bool) -> String? { automaton?.shortestText(accepted: matching) }

  /// Whether it is known of every text if it matches, so that an example that is not there does not exist.
  package var tellsExamples: Bool { automaton != nil }
}

extension PatternAutomaton {
  private static let printable: [UInt8] =
    Array(UInt8(ascii: "a")...UInt8(ascii: "z")) + Array(UInt8(ascii: "A")...UInt8(ascii: "Z"))
    + Array(UInt8(ascii: "0")...UInt8(ascii: "9"))
    + (UInt8(ascii: " ")...UInt8(ascii: "~")).filter { byte in
      !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        && !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

  /// Breadth first from where a text begins. O(states).
  fileprivate func shortestText(accepted: Bool) -> String? {
    let wanted: UInt8 = accepted ? 1 : 0
    var seen: Set<Int> = [1]
    var queue: [(state: Int, text: [UInt8])] = [(1, [])]
    var next = 0
    while next < queue.count {
      let (state, text) = queue[next]
      if accepts[state] == wanted { return String(decoding: text, as: UTF8.self) }
      for byte in Self.printable {
        let target = Int(self.next[state * 256 + Int(byte)])
        if seen.insert(target).inserted { queue.append((target, text + [byte])) }
      }
      next += 1
    }
    return nil
  }
}
